using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Shared;

namespace Blog.Site.Archive;

/// <summary>The archive, whole or of a year.</summary>
public sealed record ArchivePage(SiteState Site, PageHead Head, int? Year, IReadOnlyList<(int Year, int Count)> Years, IReadOnlyList<ArchiveEntry> Articles) : Page(Site, Head)
{
    /// <summary>The articles by month, newest first; each month's title is in the site's language.</summary>
    public IEnumerable<(string Month, List<ArchiveEntry> Articles)> Months => Articles
        .GroupBy(article => TimeZoneInfo.ConvertTime(article.Published, Settings.Zone) is var local ? (local.Year, local.Month) : default)
        .Select(month => (new DateTime(month.Key.Year, month.Key.Month, 1).ToString("MMMM yyyy", Culture), month.ToList()));
}

/// <summary>An article as the archive lists it.</summary>
public sealed record ArchiveEntry(string Title, string Permalink, long PublishedAt, string? Language)
{
    public string Url => Permalinks.Escape(Permalink);

    public DateTimeOffset Published => DateTimeOffset.FromUnixTimeMilliseconds(PublishedAt);
}
