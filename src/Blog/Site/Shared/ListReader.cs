using Blog.Catalogue;
using Blog.Content;

namespace Blog.Site.Shared;

/// <summary>Reads one page of a list of articles.</summary>
public static class ListReader
{
    /// <summary>The cards of page <paramref name="number"/> and its pager; null when the list has no such page.</summary>
    /// <param name="reader">Where it is from.</param>
    /// <param name="list">Which list.</param>
    /// <param name="path">Its unescaped address.</param>
    /// <param name="number">From 1.</param>
    /// <param name="site">The site as of the request.</param>
    /// <param name="now">When.</param>
    public static (IReadOnlyList<ArticleCard> Cards, Pager Pager)? PageOf(this CatalogueReader reader, ArticleList list, string path, int number, SiteState site, DateTimeOffset now)
    {
        var perPage = site.Settings.ArticlesPerPage;
        if (Pager.Of(Permalinks.Escape(path), number, reader.CountOf(list), perPage) is not { } pager) return null;
        return (reader.CardsOf(reader.Newest(list, (number - 1) * perPage, perPage, now), site), pager);
    }
}
