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
        var words = Language.Words.In(page.Settings.Language);
        var (label, sentence) = file.Article switch
        {
            null => (words["PreviewBroken"], words["PreviewNeverReadable"]),
            { BrokenSince: { } since } when state == ArticleState.Live => (words["PreviewBroken"], words.Format("PreviewOldVersion", page.Minute(DateTimeOffset.FromUnixTimeMilliseconds(since)))),
            { BrokenSince: not null } => (words["PreviewBroken"], words["PreviewUnseen"]),
            { Published: { } published } when state == ArticleState.Scheduled => (words.Format("PreviewScheduled", page.Minute(published)), words["PreviewUnseenBefore"]),
            { ExpiresAt: { } expired } when state == ArticleState.Expired => (words.Format("PreviewExpired", page.Minute(DateTimeOffset.FromUnixTimeMilliseconds(expired))), words["PreviewUnseenAfter"]),
            _ => state == ArticleState.Live ? (words["PreviewPublished"], words["PreviewSame"]) : (words["PreviewDraft"], words["PreviewUnseen"]),
        };
        return new PreviewNotice(label, sentence, file.Token?.Until, state == ArticleState.Live ? Content.Permalinks.Escape(file.Permalink) : null);
    }
}
