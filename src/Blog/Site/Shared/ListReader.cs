using Blog.Catalogue;
using Blog.Content;

namespace Blog.Site.Shared;

/// <summary>Reads one page of a list of articles.</summary>
public static class ListReader
{
    /// <summary>The cards of page <paramref name="number"/> and its pager; null when the list has no such page.</summary>
    /// <param name="articles">The whole list, in its order.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="db">Where it is from.</param>
    /// <param name="site">The site as of the request.</param>
    /// <param name="list">Unescaped address of the list.</param>
    /// <param name="number">From 1.</param>
    /// <param name="cancelled">Of the request.</param>
    public static async Task<(IReadOnlyList<ArticleCard> Cards, Pager Pager)?> PageOf(
        this IQueryable<Article> articles, int total, CatalogueContext db, SiteState site, string list, int number, CancellationToken cancelled)
    {
        var perPage = site.Settings.ArticlesPerPage;
        if (Pager.Of(Permalinks.Escape(list), number, total, perPage) is not { } pager) return null;
        return (await articles.Skip((number - 1) * perPage).Take(perPage).AsCards(db, site, cancelled), pager);
    }
}
