using Blog.Catalogue;

namespace Blog.Site.Desk;

/// <summary>What every page of the desk shows around its own matter, as of one request.</summary>
public sealed class DeskFrame(SiteCatalogue catalogue, DeskDoor door, ArticleLinks links, TimeProvider clock)
{
    public SiteState Site { get; } = catalogue.State;

    /// <summary>The desk's texts in the site's language.</summary>
    public DeskWords Words { get; } = DeskWords.In(catalogue.State.Settings.Language);

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    /// <summary>Changes whenever a page of the desk may have changed.</summary>
    public string Stamp { get; } = StampOf(catalogue);

    /// <summary>True where one can log out.</summary>
    public bool HasLogin => door.NeedsLogin;

    /// <summary>Errors in the content; null before the first sync since the start.</summary>
    public int? Errors { get; } = catalogue.LastSync?.Errors;

    /// <summary>Where to see an article: its page, or a preview of what readers don't see; null where there is none.</summary>
    public string? UrlOf(Article article) => links.For(article, Now);

    /// <summary>The stamp of what the catalogue has now.</summary>
    internal static string StampOf(SiteCatalogue catalogue)
    {
        var last = catalogue.RecentSyncs.Count > 0 ? catalogue.RecentSyncs[0] : null;
        return HashCode.Combine(catalogue.State.Version, last?.At, last?.Elapsed, catalogue.Held, catalogue.LastFailure, catalogue.DataTrouble, catalogue.Watching).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }
}
