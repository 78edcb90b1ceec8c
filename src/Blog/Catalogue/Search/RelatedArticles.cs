using Blog.Content;
using Blog.Content.Search;
using Microsoft.EntityFrameworkCore;

namespace Blog.Catalogue.Search;

/// <summary>Finds the articles that are about the same: that share the rarest of an article's words and terms. The same for the same content, on every machine.</summary>
public sealed class RelatedArticles(CatalogueContext db, SiteCatalogue catalogue, TimeProvider clock)
{
    /// <summary>How many are shown at most.</summary>
    public const int Most = 4;

    // Words that find, and the articles that these may have in all: what it costs, whatever the size of the site.
    private const int MaxWords = 10;
    private const int MaxArticles = 600;
    private const double WeightOfTerm = 3;

    /// <summary>The articles most like one, best first; empty when none is.</summary>
    /// <param name="article">The article.</param>
    /// <param name="without">Escaped addresses of articles that the page links to already.</param>
    /// <param name="cancelled">Of the request.</param>
    public async Task<IReadOnlyList<ArticleCard>> To(Article article, IReadOnlySet<string> without, CancellationToken cancelled)
    {
        var (site, index) = (catalogue.State, new SearchIndex(db));
        if (await db.KeyWords.Where(words => words.ArticleId == article.Id).Select(words => words.Words).FirstOrDefaultAsync(cancelled) is not { } words) return [];
        var named = await (
            from term in db.ArticleTerms
            where term.ArticleId == article.Id && term.Taxonomy != Taxonomy.Author
            join count in db.Counts on new { Counted = (Counted)term.Taxonomy, term.Key } equals new { count.Counted, count.Key }
            select new { term.Taxonomy, term.Key, count.Articles }).ToListAsync(cancelled);
        var keyWords = words.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(KeyWord.Parse).ToList();
        // What has no word in the vocabulary is looked for in the index.
        var counts = index.CountsOf(keyWords, MaxArticles + 1);
        var rarity = named.Select(term => (Token: SearchEntry.Facet(term.Taxonomy, term.Key), Count: term.Articles, Weight: WeightOfTerm))
            .Concat(keyWords.Zip(counts, (word, count) => (word.Token, Count: count, word.Weight)))
            // A word that no other article has relates to nothing.
            .Where(word => word.Count is > 1 and <= MaxArticles)
            .OrderByDescending(word => word.Weight / Math.Log(2 + word.Count)).ThenBy(word => word.Token, StringComparer.Ordinal);
        var (chosen, sum) = (new List<string>(), 0);
        foreach (var (token, count, _) in rarity)
        {
            if (chosen.Count == MaxWords) break;
            if (sum + count > MaxArticles) continue;
            chosen.Add(token);
            sum += count;
        }

        if (chosen.Count == 0) return [];
        var hits = index.Similar(QueryUnit.Any(chosen), clock.GetUtcNow().ToUnixTimeMilliseconds(), article.Id, Most + without.Count);
        var ids = hits.Where(hit => !without.Contains(Permalinks.Escape(hit.Permalink))).Take(Most).Select(hit => (int)hit.Id).ToList();
        var rows = await db.Articles.Where(other => ids.Contains(other.Id)).ToListAsync(cancelled);
        var terms = await db.TermsOf(rows, site, cancelled);
        return rows.OrderBy(row => ids.IndexOf(row.Id)).Select(row => ArticleCard.From(row, terms[row.Id], site)).ToList();
    }
}
