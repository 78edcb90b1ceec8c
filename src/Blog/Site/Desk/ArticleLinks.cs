using Blog.Catalogue;
using Blog.Content;

namespace Blog.Site.Desk;

/// <summary>Where the desk's links to articles lead. The one place that is to know of preview links.</summary>
public sealed class ArticleLinks(IWebHostEnvironment environment)
{
    /// <summary>The escaped address at which an editor sees the article; null when there is none.</summary>
    public string? For(Article article, DateTimeOffset now) =>
        article.StateAt(now) == ArticleState.Live || environment.IsDevelopment() ? Permalinks.Escape(article.Permalink) : null;
}
