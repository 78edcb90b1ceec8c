using Blog.Catalogue;
using Blog.Site.Shared;

namespace Blog.Site.Preview;

/// <summary>What the bar above a preview says.</summary>
/// <param name="Label">What the article is, in a word or a date.</param>
/// <param name="Words">What readers see meanwhile.</param>
/// <param name="Until">When the link ends; null where none is needed.</param>
/// <param name="LiveUrl">Escaped address of what readers see; null when they see nothing.</param>
public sealed record PreviewNotice(string Label, string Words, DateTimeOffset? Until, string? LiveUrl)
{
    /// <summary>The notice for a file.</summary>
    /// <param name="file">What is shown.</param>
    /// <param name="page">For dates as the site writes them.</param>
    /// <param name="now">The moment of the request.</param>
    public static PreviewNotice For(PreviewedFile file, Page page, DateTimeOffset now)
    {
        var state = file.Article?.StateAt(now);
        var (label, words) = file.Article switch
        {
            null => ("Broken", "it was never readable, and readers see nothing of it"),
            { BrokenSince: { } since } when state == ArticleState.Live => ("Broken", $"readers see the version from before {page.Minute(DateTimeOffset.FromUnixTimeMilliseconds(since))}"),
            { BrokenSince: not null } => ("Broken", "readers see nothing of it"),
            { Published: { } published } when state == ArticleState.Scheduled => ($"Scheduled for {page.Minute(published)}", "readers see nothing of it before"),
            { ExpiresAt: { } expired } when state == ArticleState.Expired => ($"Expired on {page.Minute(DateTimeOffset.FromUnixTimeMilliseconds(expired))}", "readers see nothing of it any more"),
            _ => state == ArticleState.Live ? ("Published", "readers see the same") : ("Draft", "readers see nothing of it"),
        };
        return new PreviewNotice(label, words, file.Token?.Until, state == ArticleState.Live ? Content.Permalinks.Escape(file.Permalink) : null);
    }
}
