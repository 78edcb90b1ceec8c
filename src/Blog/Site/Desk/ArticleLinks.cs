using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Preview;

namespace Blog.Site.Desk;

/// <summary>Where the desk's links to articles lead: to the page that readers see, or to the preview of what they don't.</summary>
public sealed class ArticleLinks(PreviewLinks previews)
{
    /// <summary>The escaped address at which an editor sees the article; null when there is none.</summary>
    public string? For(Article article, DateTimeOffset now) =>
        article.StateAt(now) == ArticleState.Live && article.BrokenSince is null ? Permalinks.Escape(article.Permalink) : previews.For(article);
}
