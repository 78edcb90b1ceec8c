using System.Globalization;
using Blog.Content;
using Microsoft.EntityFrameworkCore;

namespace Blog.Catalogue;

/// <summary>The vocabulary in which pages ask the catalogue.</summary>
public static class ArticleQueries
{
    private const int MostForTermsNear = 200;
    private const int TermsNearShown = 8;

    /// <summary>What readers may see at that moment: no drafts, nothing from the future, nothing expired.</summary>
    public static IQueryable<Article> Published(this IQueryable<Article> articles, DateTimeOffset now)
    {
        var moment = now.ToUnixTimeMilliseconds();
        return articles.Where(article => !article.IsDraft && (article.PublishedAt == null || article.PublishedAt <= moment) && (article.ExpiresAt == null || article.ExpiresAt > moment));
    }

    /// <summary>Only what lists and feeds show: articles and courses, not pages or lessons.</summary>
    public static IQueryable<Article> Listed(this IQueryable<Article> articles) => articles.Where(article => article.IsListed);

    public static IQueryable<Article> InSection(this IQueryable<Article> articles, string section) => articles.Where(article => article.Section == section);

    public static IQueryable<Article> InYear(this IQueryable<Article> articles, int year) => articles.Where(article => article.Year == year);

    /// <summary>Articles, courses and lessons that name the term and that readers may see at that moment, newest first. What is taken costs, not how many there are.</summary>
    public static IQueryable<Article> NewestWithTerm(this CatalogueContext db, Taxonomy taxonomy, string key, DateTimeOffset now)
    {
        var moment = now.ToUnixTimeMilliseconds();
        return
            from term in db.ArticleTerms
            where term.Taxonomy == taxonomy && term.Key == key && !term.IsDraft && (term.PublishedAt == null || term.PublishedAt <= moment) && (term.ExpiresAt == null || term.ExpiresAt > moment)
            join article in db.Articles on term.ArticleId equals article.Id
            orderby term.PublishedAt descending, article.Title, article.Path
            select article;
    }

    /// <summary>How many articles readers see that name the term.</summary>
    public static Task<int> CountWithTerm(this CatalogueContext db, Taxonomy taxonomy, string key, CancellationToken cancelled) =>
        db.Counts.Where(count => count.Counted == (Counted)taxonomy && count.Key == key).Select(count => count.Articles).FirstOrDefaultAsync(cancelled);

    /// <summary>How many articles and courses readers see in a section; in all for null.</summary>
    public static Task<int> CountListed(this CatalogueContext db, string? section, CancellationToken cancelled) =>
        db.Counts.Where(count => count.Counted == Counted.Section && (section == null || count.Key == section)).SumAsync(count => count.Articles, cancelled);

    /// <summary>The years in which what readers see was published, the newest first, with how many articles and courses were.</summary>
    public static async Task<IReadOnlyList<(int Year, int Count)>> Years(this CatalogueContext db, CancellationToken cancelled) =>
        (await db.Counts.Where(count => count.Counted == Counted.Year).ToListAsync(cancelled)).Select(count => (int.Parse(count.Key, CultureInfo.InvariantCulture), count.Articles)).OrderByDescending(year => year.Item1).ToList();

    /// <summary>By date of publication; what has none comes last, by title.</summary>
    public static IQueryable<Article> NewestFirst(this IQueryable<Article> articles) =>
        articles.OrderByDescending(article => article.PublishedAt).ThenBy(article => article.Title).ThenBy(article => article.Path);

    /// <summary>One page of a list as cards, with authors and categories by one further query.</summary>
    public static async Task<IReadOnlyList<ArticleCard>> AsCards(this IQueryable<Article> articles, CatalogueContext db, SiteState site, CancellationToken cancelled)
    {
        var rows = await articles.ToListAsync(cancelled);
        var terms = await db.TermsOf(rows, site, cancelled);
        return rows.Select(row => ArticleCard.From(row, terms[row.Id], site)).ToList();
    }

    /// <summary>The escaped addresses of the articles that links to files may mean, by content path.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> AddressesOf(this CatalogueContext db, IReadOnlyCollection<string> targets, CancellationToken cancelled)
    {
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        // In parts: a query with thousands of parameters takes seconds.
        foreach (var paths in targets.SelectMany(FileLinks.Candidates).Distinct().Chunk(500))
            foreach (var article in await db.Articles.Where(article => paths.Contains(article.Path)).Select(article => new { article.Path, article.Permalink }).ToListAsync(cancelled))
                addresses[article.Path] = Permalinks.Escape(article.Permalink);
        // Files that were renamed while others link to them.
        foreach (var moved in targets.SelectMany(FileLinks.Candidates).Where(path => !addresses.ContainsKey(path)).Select(path => LinkTarget.ContentScheme + path).Distinct().Chunk(500))
            foreach (var redirect in await db.Redirects.Where(redirect => moved.Contains(redirect.Address) && redirect.Target != null).ToListAsync(cancelled))
                addresses[redirect.Address[LinkTarget.ContentScheme.Length..]] = Permalinks.Escape(redirect.Target!);
        return addresses;
    }

    /// <summary>The terms of articles, in the order in which each names them.</summary>
    public static Task<ILookup<int, TermLink>> TermsOf(this CatalogueContext db, IReadOnlyCollection<Article> articles, SiteState site, CancellationToken cancelled)
    {
        cancelled.ThrowIfCancellationRequested();
        // Every list asks this; to translate it costs more than to answer it.
        return Task.FromResult(CatalogueReader.TermsOf(db, articles.Select(article => article.Id), term => TermLink.From(term, site)));
    }

    /// <summary>The categories and tags that the newest articles of a term name besides it, the most frequent first: those that at least two share, or all of an author's.</summary>
    public static async Task<IReadOnlyList<TermLink>> TermsNear(this CatalogueContext db, Term term, DateTimeOffset now, SiteState site, CancellationToken cancelled)
    {
        // So many tell what somebody writes about, and cost the same on a big site.
        var newest = db.NewestWithTerm(term.Taxonomy, term.Key, now).Take(MostForTermsNear).Select(article => article.Id);
        var least = term.Taxonomy == Taxonomy.Author ? 1 : 2;
        var rows = await (
            from named in db.ArticleTerms
            where newest.Contains(named.ArticleId) && named.Taxonomy != Taxonomy.Author && named.Key != term.Key
            group named by new { named.Taxonomy, named.Key } into shared
            where shared.Count() >= least
            orderby shared.Count() descending, shared.Key.Taxonomy, shared.Key.Key
            select new { shared.Key.Taxonomy, shared.Key.Key }).Take(2 * TermsNearShown).ToListAsync(cancelled);
        // A category and a tag of one name are one thing to readers.
        rows = rows.DistinctBy(row => row.Key).Take(TermsNearShown).ToList();
        var keys = rows.Select(row => row.Key).ToList();
        var terms = await db.Terms.Where(other => keys.Contains(other.Key) && other.Taxonomy != Taxonomy.Author).ToDictionaryAsync(other => (other.Taxonomy, other.Key), cancelled);
        return rows.Where(row => terms.ContainsKey((row.Taxonomy, row.Key))).Select(row => TermLink.From(terms[(row.Taxonomy, row.Key)], site)).ToList();
    }

    /// <summary>The terms of a taxonomy that published articles name, with how many do, by name.</summary>
    public static async Task<IReadOnlyList<TermCount>> TermCounts(this CatalogueContext db, Taxonomy taxonomy, SiteState site, CancellationToken cancelled)
    {
        var counts = await db.Counts.Where(count => count.Counted == (Counted)taxonomy).ToDictionaryAsync(count => count.Key, count => count.Articles, cancelled);
        var terms = await db.Terms.Where(term => term.Taxonomy == taxonomy).ToListAsync(cancelled);
        return terms.Where(term => counts.ContainsKey(term.Key) || (term.IsDeclared && taxonomy == Taxonomy.Author))
            .Select(term => new TermCount(TermLink.From(term, site), term.Description, counts.GetValueOrDefault(term.Key)) { Key = term.Key })
            .OrderBy(term => term.Term.Name, StringComparer.Create(LanguageTag.Culture(site.Settings.Language), true)).ToList();
    }
}
