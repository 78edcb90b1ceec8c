using Blog.Content;
using Microsoft.EntityFrameworkCore;

namespace Blog.Catalogue;

/// <summary>The vocabulary in which the desk asks the catalogue: of all articles, whoever may see them, and of what is wrong with them.</summary>
public static class DeskQueries
{
    /// <summary>For how long an article that is to leave counts as one that leaves soon.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    /// <summary>Articles in that state at that moment, as <see cref="Article.StateAt"/> has it.</summary>
    public static IQueryable<Article> InState(this IQueryable<Article> articles, ArticleState state, DateTimeOffset now)
    {
        var moment = now.ToUnixTimeMilliseconds();
        return state switch
        {
            ArticleState.Live => articles.Published(now),
            ArticleState.Draft => articles.Where(article => article.IsDraft),
            ArticleState.Expired => articles.Where(article => !article.IsDraft && article.ExpiresAt <= moment),
            _ => articles.Where(article => !article.IsDraft && article.PublishedAt > moment && (article.ExpiresAt == null || article.ExpiresAt > moment)),
        };
    }

    /// <summary>Live articles that leave <see cref="Soon"/>.</summary>
    public static IQueryable<Article> Expiring(this IQueryable<Article> articles, DateTimeOffset now)
    {
        var until = (now + Soon).ToUnixTimeMilliseconds();
        return articles.Published(now).Where(article => article.ExpiresAt <= until);
    }

    /// <summary>Articles whose file is broken, so that readers have its last good version.</summary>
    public static IQueryable<Article> KeptLastGood(this IQueryable<Article> articles) => articles.Where(article => article.BrokenSince != null);

    /// <summary>Articles whose title, path or address has the text in it.</summary>
    public static IQueryable<Article> Matching(this IQueryable<Article> articles, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return articles;
        var pattern = Pattern(text);
        return articles.Where(article => EF.Functions.Like(article.Title, pattern, "\\") || EF.Functions.Like(article.Path, pattern, "\\") || EF.Functions.Like(article.Permalink, pattern, "\\"));
    }

    /// <summary>Problems whose path, message or suggestion has the text in it.</summary>
    public static IQueryable<ProblemRow> Matching(this IQueryable<ProblemRow> problems, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return problems;
        var pattern = Pattern(text);
        return problems.Where(problem => EF.Functions.Like(problem.Path, pattern, "\\") || EF.Functions.Like(problem.Message, pattern, "\\") || EF.Functions.Like(problem.Suggestion!, pattern, "\\"));
    }

    /// <summary>Redirects that readers meet, not those by which articles find files that were renamed.</summary>
    public static IQueryable<Redirect> OfReaders(this IQueryable<Redirect> redirects) => redirects.Where(redirect => !redirect.Address.StartsWith(LinkTarget.ContentScheme));

    /// <summary>Redirects one of whose addresses, or whose path, has the text in it.</summary>
    public static IQueryable<Redirect> Matching(this IQueryable<Redirect> redirects, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return redirects;
        var pattern = Pattern(text);
        return redirects.Where(redirect => EF.Functions.Like(redirect.Address, pattern, "\\") || EF.Functions.Like(redirect.Target!, pattern, "\\") || EF.Functions.Like(redirect.Path, pattern, "\\"));
    }

    public static IQueryable<ProblemRow> OfSeverity(this IQueryable<ProblemRow> problems, Severity? severity) => severity is null ? problems : problems.Where(problem => problem.Severity == severity);

    public static IQueryable<ProblemRow> WithCode(this IQueryable<ProblemRow> problems, string? code) => string.IsNullOrEmpty(code) ? problems : problems.Where(problem => problem.Code == code);

    /// <summary>Newest first; those of one sync by place.</summary>
    public static IQueryable<ProblemRow> NewestFirst(this IQueryable<ProblemRow> problems) =>
        problems.OrderByDescending(problem => problem.FoundAt).ThenByDescending(problem => problem.Severity).ThenBy(problem => problem.Path).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column).ThenBy(problem => problem.Id);

    /// <summary>The files that have the problems, the one with the newest first.</summary>
    public static IQueryable<ProblemFile> ByFile(this IQueryable<ProblemRow> problems) => problems
        .GroupBy(problem => problem.Path)
        .Select(file => new ProblemFile
        {
            Path = file.Key,
            Count = file.Count(),
            Errors = file.Count(problem => problem.Severity == Severity.Error),
            FoundAt = file.Max(problem => problem.FoundAt),
        })
        .OrderByDescending(file => file.FoundAt).ThenByDescending(file => file.Errors).ThenBy(file => file.Path);

    /// <summary>What is linked to and is not there, with how many links lead to it; the most wanted first.</summary>
    public static IQueryable<MissingTarget> MissingTargets(this IQueryable<ProblemRow> problems) => problems
        .Where(problem => problem.Target != null)
        .GroupBy(problem => problem.Target!)
        .Select(missing => new MissingTarget { Target = missing.Key, Count = missing.Count() })
        .OrderByDescending(missing => missing.Count).ThenBy(missing => missing.Target);

    /// <summary>Live articles and courses to which no other live article links, be it by path, address or former address.</summary>
    public static IQueryable<Article> Orphans(this CatalogueContext db, DateTimeOffset now)
    {
        // Each comparison of a link's address is one look into its index.
        var links = db.Links.Where(link => db.Articles.Published(now).Any(source => source.Id == link.ArticleId));
        return db.Articles.Published(now).Listed().Where(article => !links.Any(link => link.ArticleId != article.Id && (
            link.Address == article.Path
            || link.Address == article.Permalink
            || (article.Path.EndsWith(".md") && link.Address == article.Path.Substring(0, article.Path.Length - 3))
            || (article.Path.EndsWith(".mdx") && link.Address == article.Path.Substring(0, article.Path.Length - 4))
            || (article.Path.EndsWith(".markdown") && link.Address == article.Path.Substring(0, article.Path.Length - 9))
            || (article.Path.EndsWith("/index.md") && link.Address == article.Path.Substring(0, article.Path.Length - 9))
            || (article.Path.EndsWith("/index.mdx") && link.Address == article.Path.Substring(0, article.Path.Length - 10))
            || (article.Path.EndsWith("/post.md") && link.Address == article.Path.Substring(0, article.Path.Length - 8))))
            && !db.Aliases.Any(alias => alias.ArticleId == article.Id && links.Any(link => link.ArticleId != article.Id && link.Address == alias.Address)));
    }

    /// <summary>How many articles are in which state.</summary>
    public static async Task<StateCounts> CountStates(this IQueryable<Article> articles, DateTimeOffset now, CancellationToken cancelled) => new(
        await articles.InState(ArticleState.Live, now).CountAsync(cancelled),
        await articles.InState(ArticleState.Draft, now).CountAsync(cancelled),
        await articles.InState(ArticleState.Scheduled, now).CountAsync(cancelled),
        await articles.Expiring(now).CountAsync(cancelled),
        await articles.InState(ArticleState.Expired, now).CountAsync(cancelled),
        await articles.KeptLastGood().CountAsync(cancelled));

    /// <summary>All terms of a taxonomy, used or not, with how many articles name each; in no order.</summary>
    public static async Task<IReadOnlyList<TermUse>> TermUses(this CatalogueContext db, Taxonomy taxonomy, DateTimeOffset now, CancellationToken cancelled)
    {
        var named = db.ArticleTerms.Where(term => term.Taxonomy == taxonomy);
        var all = await named.GroupBy(term => term.Key).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancelled);
        var live = await (
            from term in named
            join article in db.Articles.Published(now) on term.ArticleId equals article.Id
            group term by term.Key into grouped
            select new { grouped.Key, Count = grouped.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancelled);
        var terms = await db.Terms.Where(term => term.Taxonomy == taxonomy).ToListAsync(cancelled);
        return terms.Select(term => new TermUse(term, live.GetValueOrDefault(term.Key), all.GetValueOrDefault(term.Key))).ToList();
    }

    private static string Pattern(string text) =>
        "%" + text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
}

/// <summary>How many articles are in which state; an article may count among several.</summary>
/// <param name="Live">Readers see them.</param>
/// <param name="Drafts">Kept from readers by their authors.</param>
/// <param name="Scheduled">Their date is still to come.</param>
/// <param name="Expiring">Live ones that leave soon.</param>
/// <param name="Expired">Their expiry date is past.</param>
/// <param name="Kept">Their file is broken and its last good version is shown.</param>
public sealed record StateCounts(int Live, int Drafts, int Scheduled, int Expiring, int Expired, int Kept);

/// <summary>A file with problems.</summary>
public sealed record ProblemFile
{
    public required string Path { get; init; }

    public int Count { get; init; }

    public int Errors { get; init; }

    /// <summary>Unix milliseconds at which the newest was found.</summary>
    public long FoundAt { get; init; }
}

/// <summary>What links lead to and is not there.</summary>
public sealed record MissingTarget
{
    public required string Target { get; init; }

    public int Count { get; init; }
}

/// <summary>A term with how many articles name it.</summary>
/// <param name="Term">The term.</param>
/// <param name="Live">Those that readers see.</param>
/// <param name="All">Those in whatever state.</param>
public sealed record TermUse(Term Term, int Live, int All);
