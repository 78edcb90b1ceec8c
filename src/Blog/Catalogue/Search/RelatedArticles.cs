using Blog.Content;
using Blog.Content.Search;
using Microsoft.EntityFrameworkCore;

namespace Blog.Catalogue.Search;

/// <summary>Finds the articles that are about the same: that share the rarest of an article's words and terms. The same for the same content, on every machine.</summary>
public sealed class RelatedArticles(CatalogueContext db, SiteCatalogue catalogue, TimeProvider clock)
{
    /// <summary>How many are shown at most.</summary>
    public const int Most = 4;

    // Words whose rarity is asked for, those that find, and the articles that these may have in all: what it costs, whatever the size of the site.
    private const int Candidates = 24;
    private const int MaxWords = 10;
    private const int MaxArticles = 1500;

    /// <summary>The articles most like one, best first; empty when none is.</summary>
    /// <param name="article">The article.</param>
    /// <param name="html">Its body.</param>
    /// <param name="without">Escaped addresses of articles that the page links to already.</param>
    /// <param name="cancelled">Of the request.</param>
    public async Task<IReadOnlyList<ArticleCard>> To(Article article, string html, IReadOnlySet<string> without, CancellationToken cancelled)
    {
        var (site, index) = (catalogue.State, new SearchIndex(db));
        var terms = await db.ArticleTerms.Where(term => term.ArticleId == article.Id && term.Taxonomy != Taxonomy.Author).Select(term => new { term.Taxonomy, term.Key, term.Label }).ToListAsync(cancelled);
        var facets = terms.Select(term => SearchEntry.Facet(term.Taxonomy, term.Key)).ToHashSet(StringComparer.Ordinal);
        var words = KeyWords(article, html, terms.Select(term => term.Label), site);
        var asked = facets.Select(facet => (Token: facet, Weight: 3.0)).Concat(words).ToList();
        var rarity = asked.Zip(index.CountsUpTo(asked.Select(word => QueryUnit.Any([word.Token])), MaxArticles + 1), (word, count) => (word.Token, Count: count, word.Weight))
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
        var ids = hits.Where(hit => !without.Contains(Permalinks.Escape(hit.Permalink))).Take(Most).Select(hit => hit.Id).ToList();
        var rows = await db.Articles.Where(other => ids.Contains(other.Id)).ToListAsync(cancelled);
        var named = await db.TermsOf(rows, site, cancelled);
        return rows.OrderBy(row => ids.IndexOf(row.Id)).Select(row => ArticleCard.From(row, named[row.Id], site)).ToList();
    }

    /// <summary>The words that an article uses most, with those of its title, headings and terms weighing more.</summary>
    private static List<(string Token, double Weight)> KeyWords(Article article, string html, IEnumerable<string> labels, SiteState site)
    {
        var analysis = WordAnalysis.In(article.Language ?? site.Settings.Language);
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        Add(article.Title, 6);
        Add(article.Description, 2);
        foreach (var label in labels) Add(label, 4);
        foreach (var section in PageText.Of(html))
        {
            Add(section.Heading, 2);
            Add(section.Text, 1);
        }

        return weights.OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(Candidates).Select(word => (word.Key, Math.Sqrt(word.Value))).ToList();

        void Add(string text, double weight)
        {
            var position = 0;
            while (WordBreaker.Next(text, ref position, out var word))
            {
                if (word.IsUnspaced)
                    foreach (var pair in WordAnalysis.Pairs(text.Substring(word.Start, word.Length)).SkipLast(1)) Count(pair, weight / 2);
                else if (analysis.Term(text.AsSpan(word.Start, word.Length)) is { Token.Length: > 2 } term) Count(term.Token, weight);
            }
        }

        void Count(string token, double weight) => weights[token] = weights.GetValueOrDefault(token) + weight;
    }
}
