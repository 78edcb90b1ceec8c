using Blog.Catalogue;

namespace Blog.Site.Desk.Overview;

/// <summary>The first page of the desk. Its lists hold the first few of each kind.</summary>
public sealed record OverviewPage(DeskFrame Frame) : DeskPage(Frame, DeskRoom.Overview)
{
    public required StateCounts Counts { get; init; }

    public required IReadOnlyList<DeskArticle> Scheduled { get; init; }

    public required IReadOnlyList<DeskArticle> Drafts { get; init; }

    public required IReadOnlyList<DeskArticle> Expiring { get; init; }

    /// <summary>Articles whose file is broken, shown as they last were good.</summary>
    public required IReadOnlyList<DeskArticle> Kept { get; init; }

    /// <summary>The newest.</summary>
    public required IReadOnlyList<ProblemRow> Problems { get; init; }

    /// <summary>All of them.</summary>
    public required int ProblemCount { get; init; }

    public required IReadOnlyList<SyncReport> Syncs { get; init; }

    public HeldDeletions? Held { get; init; }

    /// <summary>Why the last sync failed; null when it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>Why the data folder is not used; null when it is.</summary>
    public string? DataTrouble { get; init; }

    /// <summary>How changes are noticed; null while it isn't known.</summary>
    public Watching? Watching { get; init; }

    /// <summary>The lists of articles that have any: what is wrong, what comes, what goes.</summary>
    public IEnumerable<ArticlePanel> Panels => new ArticlePanel[]
    {
        new(this, Frame.Words["BrokenShown"], Articles.ArticleFilterState.Kept, Counts.Kept, Kept, article => article.BrokenSince),
        new(this, Frame.Words["Scheduled"], Articles.ArticleFilterState.Scheduled, Counts.Scheduled, Scheduled, article => article.PublishedAt),
        new(this, Frame.Words["Drafts"], Articles.ArticleFilterState.Draft, Counts.Drafts, Drafts, _ => null),
        new(this, Frame.Words["LeavingSoon"], Articles.ArticleFilterState.Expiring, Counts.Expiring, Expiring, article => article.ExpiresAt),
    }.Where(panel => panel.Count > 0);
}

/// <summary>A short list of articles.</summary>
/// <param name="Page">The page that shows it.</param>
/// <param name="Title">Its heading.</param>
/// <param name="State">The filter that shows it whole.</param>
/// <param name="Count">All of its articles.</param>
/// <param name="Articles">The first few.</param>
/// <param name="Moment">The moment of an article that matters here, in Unix milliseconds; null for none.</param>
public sealed record ArticlePanel(DeskPage Page, string Title, Articles.ArticleFilterState State, int Count, IReadOnlyList<DeskArticle> Articles, Func<Article, long?> Moment)
{
    public string Url => new Articles.ArticleFilter { State = State }.Url(1);
}
