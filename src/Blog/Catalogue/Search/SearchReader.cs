using Blog.Content;
using Blog.Content.Search;
using Microsoft.EntityFrameworkCore;

namespace Blog.Catalogue.Search;

/// <summary>Answers what readers ask: only with what they may see at that moment.</summary>
public sealed class SearchReader(CatalogueContext db, SiteCatalogue catalogue, TimeProvider clock)
{
    /// <summary>The most matches that are counted, and ranked by all that they hold.</summary>
    public const int MaxRanked = 1000;

    /// <summary>The most that can be paged through.</summary>
    public const int MaxListed = 500;

    private const int MaxFacets = 8;

    // With fewer results than these, a word that nearly is another may have been meant.
    private const int FewResults = 3;
    private const int CommonerBy = 20;

    /// <summary>Answers a request; without words and filters, with nothing.</summary>
    public async Task<SearchResults> Search(SearchRequest request, CancellationToken cancelled)
    {
        var (query, site, index) = (request.Query, catalogue.State, SearchIndex.Of(db));
        var (filters, unknown) = await Resolve(query.Filters, cancelled);
        var results = new SearchResults { Query = query, Filters = filters, Unknown = unknown };
        if (unknown.Count > 0 || (query.Parts.Count == 0 && filters.Count == 0)) return results;

        var ranking = new SearchRanking(index, site.Settings.Language, clock.GetUtcNow());
        var facets = string.Join(" AND ", filters.Select(filter => QueryUnit.Any([SearchEntry.Facet(filter.Taxonomy, filter.Key)])));
        var expressions = new MatchExpression(index, site.Settings.Language);
        var units = expressions.Units(query.Parts, true);
        if (units.Count == 0 && query.Parts.Count > 0) return results;
        var found = ranking.Find(units, facets);
        if (!request.IsExact && found.Hits.Count <= FewResults && Mended(index, units, found.Hits.Count == 0) is { } mended)
        {
            var corrected = expressions.Units(mended, false);
            if (found.Hits.Count > 0) results = results with { Suggested = TextOf(mended) };
            else if (ranking.Find(corrected, facets) is { Hits.Count: > 0 } better)
            {
                (found, units, results) = (better, corrected, results with { Corrected = TextOf(mended) });
            }
        }

        if (found.Hits.Count == 0 && units.Count > 1 && !request.IsExact)
        {
            found = ranking.FindAny(units, facets);
            results = results with { IsPartial = found.Hits.Count > 0 };
        }

        var page = found.Hits.Skip((request.Page - 1) * request.PerPage).Take(request.PerPage).Select(hit => hit.Id).ToList();
        return results with
        {
            Total = found.Total,
            IsAtLeast = found.IsAtLeast,
            Listed = found.Hits.Count,
            Articles = await Results(index, page, units, site, cancelled),
            Facets = await Facets(index, found.Hits, filters, cancelled),
        };
    }

    /// <summary>The articles that a query which is still being typed may mean, best first.</summary>
    /// <param name="query">As typed so far.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancelled">Of the request.</param>
    public async Task<IReadOnlyList<ArticleCard>> Suggest(SearchQuery query, int most, CancellationToken cancelled)
    {
        var (site, index) = (catalogue.State, SearchIndex.Of(db));
        var (filters, unknown) = await Resolve(query.Filters, cancelled);
        var expressions = new MatchExpression(index, site.Settings.Language);
        var units = expressions.Units(query.Parts, true);
        if (unknown.Count > 0 || (units.Count == 0 && (filters.Count == 0 || query.Parts.Count > 0))) return [];
        var ranking = new SearchRanking(index, site.Settings.Language, clock.GetUtcNow());
        var facets = string.Join(" AND ", filters.Select(filter => QueryUnit.Any([SearchEntry.Facet(filter.Taxonomy, filter.Key)])));
        var hits = ranking.Find(units, facets).Hits;
        if (hits.Count == 0 && Mended(index, units, true) is { } mended) hits = ranking.Find(expressions.Units(mended, true), facets).Hits;
        return [.. (await Cards(hits.Take(most).Select(hit => hit.Id).ToList(), site, cancelled)).Select(found => found.Card)];
    }

    /// <summary>Articles that have any of the words, best first: for readers who took a wrong address.</summary>
    public async Task<IReadOnlyList<ArticleCard>> Nearest(string words, int most, CancellationToken cancelled)
    {
        var (site, index) = (catalogue.State, SearchIndex.Of(db));
        var expressions = new MatchExpression(index, site.Settings.Language);
        var units = expressions.Units(SearchQuery.Parse(words).Parts, false);
        var ranking = new SearchRanking(index, site.Settings.Language, clock.GetUtcNow());
        var mended = Mended(index, units, true);
        var hits = ranking.FindAny(mended is null ? units : expressions.Units(mended, false), "").Hits.Take(most).Select(hit => hit.Id).ToList();
        return [.. (await Cards(hits, site, cancelled)).Select(found => found.Card)];
    }

    /// <summary>The query with its unknown words mended; null when none can be.</summary>
    private static List<QueryPart>? Mended(SearchIndex index, IReadOnlyList<QueryUnit> units, bool isEmpty)
    {
        var (spelling, isMended) = (new Spelling(index), false);
        var parts = units.Select(unit =>
        {
            if (unit.Folded is null || (unit.Count > 0 && isEmpty)) return new QueryPart(unit.Text, unit.Folded is null);
            // A word in code only is known, too.
            if (unit.Count == 0 && (unit.Longer.Count > 0 || index.CountUpTo(unit.Expression, 1) > 0)) return new QueryPart(unit.Text, false);
            if (spelling.Mended(unit.Folded, unit.Count == 0 ? 1 : unit.Count * CommonerBy) is not { } mended) return new QueryPart(unit.Text, false);
            isMended = true;
            return new QueryPart(mended, false);
        }).ToList();
        return isMended ? [.. parts.SelectMany(part => part.IsPhrase ? [part] : part.Text.Split(' ').Select(word => new QueryPart(word, false)))] : null;
    }

    private static string TextOf(IEnumerable<QueryPart> parts) => string.Join(' ', parts.Select(part => part.IsPhrase ? $"\"{part.Text}\"" : part.Text));

    /// <summary>The terms that filters mean: by key or slug, or else by name.</summary>
    private async Task<(IReadOnlyList<Term> Found, IReadOnlyList<QueryFilter> Unknown)> Resolve(IReadOnlyList<QueryFilter> filters, CancellationToken cancelled)
    {
        var (found, unknown) = (new List<Term>(), new List<QueryFilter>());
        foreach (var filter in filters.Distinct())
        {
            var (key, slug, name) = (Slug.Fold(filter.Value), Slug.From(filter.Value), filter.Value);
            var term = await db.Terms.Where(term => term.Taxonomy == filter.Taxonomy && (term.Key == key || term.Slug == slug)).OrderBy(term => term.Key).FirstOrDefaultAsync(cancelled)
                ?? await db.Terms.Where(term => term.Taxonomy == filter.Taxonomy && EF.Functions.Collate(term.Name, "NOCASE") == name).OrderBy(term => term.Key).FirstOrDefaultAsync(cancelled);
            if (term is null) unknown.Add(filter);
            else if (found.All(other => (other.Taxonomy, other.Key) != (term.Taxonomy, term.Key))) found.Add(term);
        }

        return (found, unknown);
    }

    private async Task<IReadOnlyList<(long Id, ArticleCard Card)>> Cards(List<long> found, SiteState site, CancellationToken cancelled)
    {
        // Of the type that the column has: a conversion in the query would have all articles looked at.
        var ids = found.Select(id => (int)id).ToList();
        var rows = await db.Articles.Where(article => ids.Contains(article.Id)).ToListAsync(cancelled);
        var terms = await db.TermsOf(rows, site, cancelled);
        return rows.OrderBy(row => ids.IndexOf(row.Id)).Select(row => ((long)row.Id, ArticleCard.From(row, terms[row.Id], site))).ToList();
    }

    private async Task<IReadOnlyList<SearchResult>> Results(SearchIndex index, List<long> ids, IReadOnlyList<QueryUnit> units, SiteState site, CancellationToken cancelled)
    {
        if (ids.Count == 0) return [];
        var cards = await Cards(ids, site, cancelled);
        var bodies = index.Bodies(ids);
        var highlighter = Highlighter(units);
        return cards.Select(found =>
        {
            var (id, card) = found;
            var language = card.Language ?? site.Settings.Language;
            var snippet = bodies.TryGetValue(id, out var html) ? highlighter.Best(PageText.Of(html), language) : null;
            return new SearchResult(card, highlighter.Mark(card.Title, language), snippet ?? new Snippet("", "", highlighter.Mark(card.Description, language)));
        }).ToList();
    }

    private static Highlighter Highlighter(IReadOnlyList<QueryUnit> units)
    {
        var tokens = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < units.Count; i++)
            foreach (var token in units[i].Alternatives.SelectMany(alternative => alternative.Split(' ')).Concat(units[i].Longer.Select(word => word.Token))) tokens.TryAdd(token, i);
        var runs = new List<string>();
        foreach (var unit in units)
            for (var position = 0; WordBreaker.Next(unit.Text, ref position, out var word);)
                if (word.IsUnspaced) runs.Add(unit.Text.Substring(word.Start, word.Length));
        return new Highlighter(tokens, runs);
    }

    private async Task<IReadOnlyList<SearchFacet>> Facets(SearchIndex index, List<Hit> hits, IReadOnlyList<Term> filters, CancellationToken cancelled)
    {
        if (hits.Count < 2) return [];
        var counts = index.Facets(hits.Select(hit => hit.Id)).Where(facet => filters.All(filter => (filter.Taxonomy, filter.Key) != (facet.Taxonomy, facet.Key)))
            .GroupBy(facet => facet.Taxonomy).SelectMany(group => group.Take(MaxFacets)).ToList();
        var keys = counts.Select(facet => facet.Key).ToList();
        var terms = (await db.Terms.Where(term => keys.Contains(term.Key)).ToListAsync(cancelled)).ToDictionary(term => (term.Taxonomy, term.Key));
        return counts.Where(facet => terms.ContainsKey((facet.Taxonomy, facet.Key))).Select(facet => new SearchFacet(terms[(facet.Taxonomy, facet.Key)], facet.Count)).ToList();
    }
}
