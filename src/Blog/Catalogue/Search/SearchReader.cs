using Blog.Content;
using Blog.Content.Search;

namespace Blog.Catalogue.Search;

/// <summary>Answers what readers ask: only with what they may see at that moment.</summary>
public sealed class SearchReader(CatalogueReaders readers, SiteCatalogue catalogue, TimeProvider clock)
{
    /// <summary>The most matches that are counted, and ranked by all that they hold.</summary>
    public const int MaxRanked = 1000;

    /// <summary>The most that can be paged through.</summary>
    public const int MaxListed = 300;

    private const int MaxFacets = 8;

    // With fewer results than these, a word that nearly is another may have been meant.
    private const int FewResults = 3;
    private const int CommonerBy = 20;

    /// <summary>Answers a request; without words and filters, with nothing.</summary>
    public SearchResults Search(SearchRequest request)
    {
        using var lease = readers.Rent();
        var (query, site, reader, index) = (request.Query, catalogue.State, lease.Reader, lease.Reader.Index);
        var (filters, unknown) = Resolve(reader, query.Filters);
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
            Articles = Results(reader, page, units, site),
            Facets = Facets(reader, found.Hits, filters),
        };
    }

    /// <summary>The articles that a query which is still being typed may mean, best first.</summary>
    /// <param name="query">As typed so far.</param>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<ArticleCard> Suggest(SearchQuery query, int most)
    {
        using var lease = readers.Rent();
        var (site, reader, index) = (catalogue.State, lease.Reader, lease.Reader.Index);
        var (filters, unknown) = Resolve(reader, query.Filters);
        var expressions = new MatchExpression(index, site.Settings.Language);
        var units = expressions.Units(query.Parts, true);
        if (unknown.Count > 0 || (units.Count == 0 && (filters.Count == 0 || query.Parts.Count > 0))) return [];
        var ranking = new SearchRanking(index, site.Settings.Language, clock.GetUtcNow());
        var facets = string.Join(" AND ", filters.Select(filter => QueryUnit.Any([SearchEntry.Facet(filter.Taxonomy, filter.Key)])));
        var hits = ranking.Find(units, facets).Hits;
        if (hits.Count == 0 && Mended(index, units, true) is { } mended) hits = ranking.Find(expressions.Units(mended, true), facets).Hits;
        return Cards(reader, hits.Take(most).Select(hit => hit.Id), site);
    }

    /// <summary>Articles that have any of the words, best first: for readers who took a wrong address.</summary>
    public IReadOnlyList<ArticleCard> Nearest(string words, int most)
    {
        using var lease = readers.Rent();
        var (site, reader, index) = (catalogue.State, lease.Reader, lease.Reader.Index);
        var expressions = new MatchExpression(index, site.Settings.Language);
        var units = expressions.Units(SearchQuery.Parse(words).Parts, false);
        var ranking = new SearchRanking(index, site.Settings.Language, clock.GetUtcNow());
        var mended = Mended(index, units, true);
        var hits = ranking.FindAny(mended is null ? units : expressions.Units(mended, false), "").Hits.Take(most).Select(hit => hit.Id);
        return Cards(reader, hits, site);
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
    private static (IReadOnlyList<Term> Found, IReadOnlyList<QueryFilter> Unknown) Resolve(CatalogueReader reader, IReadOnlyList<QueryFilter> filters)
    {
        var (found, unknown) = (new List<Term>(), new List<QueryFilter>());
        foreach (var filter in filters.Distinct())
        {
            if (reader.TermCalled(filter.Taxonomy, Slug.Fold(filter.Value), Slug.From(filter.Value), filter.Value) is not { } term) unknown.Add(filter);
            else if (found.All(other => (other.Taxonomy, other.Key) != (term.Taxonomy, term.Key))) found.Add(term);
        }

        return (found, unknown);
    }

    private static IReadOnlyList<ArticleCard> Cards(CatalogueReader reader, IEnumerable<long> found, SiteState site)
    {
        var rows = reader.Articles(found.Select(id => (int)id));
        var terms = reader.TermsOf(rows.Select(row => row.Id));
        return [.. rows.Select(row => ArticleCard.From(row, terms[row.Id].Select(term => TermLink.From(term, site)), site))];
    }

    private static IReadOnlyList<SearchResult> Results(CatalogueReader reader, List<long> ids, IReadOnlyList<QueryUnit> units, SiteState site)
    {
        if (ids.Count == 0) return [];
        var bodies = reader.Index.Bodies(ids);
        var highlighter = Highlighter(units);
        return [.. Cards(reader, ids, site).Zip(ids, (card, id) =>
        {
            var language = card.Language ?? site.Settings.Language;
            var snippet = bodies.TryGetValue(id, out var html) ? highlighter.Best(PageText.Of(html), language) : null;
            return new SearchResult(card, highlighter.Mark(card.Title, language), snippet ?? new Snippet("", "", highlighter.Mark(card.Description, language)));
        })];
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

    private static IReadOnlyList<SearchFacet> Facets(CatalogueReader reader, List<Hit> hits, IReadOnlyList<Term> filters)
    {
        if (hits.Count < 2) return [];
        var counts = reader.Index.Facets(hits.Select(hit => hit.Id)).Where(facet => filters.All(filter => (filter.Taxonomy, filter.Key) != (facet.Taxonomy, facet.Key)))
            .GroupBy(facet => facet.Taxonomy).SelectMany(group => group.Take(MaxFacets)).ToList();
        var terms = reader.Terms(counts.Select(facet => facet.Key)).ToDictionary(term => (term.Taxonomy, term.Key));
        return counts.Where(facet => terms.ContainsKey((facet.Taxonomy, facet.Key))).Select(facet => new SearchFacet(terms[(facet.Taxonomy, facet.Key)], facet.Count)).ToList();
    }
}
