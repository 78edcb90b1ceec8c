using Blog.Catalogue;
using Blog.Content;

namespace Blog.Site.Shared;

/// <summary>A link to another page.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Url">Its escaped address.</param>
/// <param name="IsHere">True when it is the page that is shown.</param>
public sealed record PageLink(string Title, string Url, bool IsHere = false)
{
    public static PageLink? To(Article? article) => article is null ? null : new PageLink(article.Title, Permalinks.Escape(article.Permalink));
}
