namespace Blog.Catalogue;

/// <summary>The vocabulary in which the desk asks the catalogue what readers see. Pages ask <see cref="CatalogueReader"/>.</summary>
public static class ArticleQueries
{
    /// <summary>What readers may see at that moment: no drafts, nothing from the future, nothing expired.</summary>
    public static IQueryable<Article> Published(this IQueryable<Article> articles, DateTimeOffset now)
    {
        var moment = now.ToUnixTimeMilliseconds();
        return articles.Where(article => !article.IsDraft && (article.PublishedAt == null || article.PublishedAt <= moment) && (article.ExpiresAt == null || article.ExpiresAt > moment));
    }

    /// <summary>Only what lists and feeds show: articles and courses, not pages or lessons.</summary>
    public static IQueryable<Article> Listed(this IQueryable<Article> articles) => articles.Where(article => article.IsListed);

    public static IQueryable<Article> InSection(this IQueryable<Article> articles, string section) => articles.Where(article => article.Section == section);

    /// <summary>By date of publication; what has none comes last, by title.</summary>
    public static IQueryable<Article> NewestFirst(this IQueryable<Article> articles) =>
        articles.OrderByDescending(article => article.PublishedAt).ThenBy(article => article.Title).ThenBy(article => article.Path);
}
