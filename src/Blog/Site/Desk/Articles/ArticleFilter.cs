using Blog.Catalogue;

namespace Blog.Site.Desk.Articles;

/// <summary>The kinds of articles that the desk tells apart.</summary>
public enum ArticleFilterState { Live, Draft, Scheduled, Expiring, Expired, Kept }

/// <summary>The orders of the list.</summary>
public enum ArticleOrder { Newest, Oldest, Title, Longest }

/// <summary>Which articles are listed, as the query string says.</summary>
public sealed record ArticleFilter
{
    /// <summary>Null for all.</summary>
    public ArticleFilterState? State { get; init; }

    /// <summary>Text in title, path or address; null for any.</summary>
    public string? Q { get; init; }

    /// <summary>Slug of a section; null for all.</summary>
    public string? Section { get; init; }

    public ArticleOrder Order { get; init; }

    /// <summary>The address of a page of the list.</summary>
    public string Url(int page) => DeskPager.Address(DeskRoom.Articles.Path,
        ("state", State?.ToString().ToLowerInvariant()), ("q", Q), ("section", Section), ("order", Order == ArticleOrder.Newest ? null : Order.ToString().ToLowerInvariant()), ("page", DeskPager.Part(page)));

    /// <summary>Those articles, in no order.</summary>
    public IQueryable<Article> Apply(IQueryable<Article> articles, DateTimeOffset now)
    {
        var found = State switch
        {
            null => articles,
            ArticleFilterState.Expiring => articles.Expiring(now),
            ArticleFilterState.Kept => articles.KeptLastGood(),
            ArticleFilterState.Live => articles.InState(ArticleState.Live, now),
            ArticleFilterState.Draft => articles.InState(ArticleState.Draft, now),
            ArticleFilterState.Scheduled => articles.InState(ArticleState.Scheduled, now),
            _ => articles.InState(ArticleState.Expired, now),
        };
        return (string.IsNullOrEmpty(Section) ? found : found.InSection(Section)).Matching(Q);
    }

    /// <summary>Those articles in the chosen order.</summary>
    public IQueryable<Article> Sort(IQueryable<Article> articles) => Order switch
    {
        ArticleOrder.Oldest => articles.OrderBy(article => article.PublishedAt).ThenBy(article => article.Path),
        ArticleOrder.Title => articles.OrderBy(article => article.Title).ThenBy(article => article.Path),
        ArticleOrder.Longest => articles.OrderByDescending(article => article.WordCount).ThenBy(article => article.Path),
        _ => articles.NewestFirst(),
    };
}
