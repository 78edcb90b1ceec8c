using System.Globalization;
using Blog.Catalogue;
using Blog.Content;
using Blog.Images;
using Blog.Site.Images;
using Blog.Site.Preview;

namespace Blog.Site.Shared;

/// <summary>What every view is given.</summary>
/// <param name="Site">The site as of the request.</param>
/// <param name="Head">Everything in <c>&lt;head&gt;</c>.</param>
public abstract record Page(SiteState Site, PageHead Head)
{
    public SiteSettings Settings => Site.Settings;

    /// <summary>Escaped addresses of the lists that the page is in, the widest first, with their titles; empty for one at the top.</summary>
    public IReadOnlyList<PageLink> Parents { get; init; } = [];

    /// <summary>The escaped address of the page itself, of the first page for a list; null for one that has none of its own.</summary>
    public string? Path { get; init; }

    /// <summary>The content file that the page shows, which only its author is told; null for a list.</summary>
    public string? Source { get; init; }

    /// <summary>Null for what everybody may see.</summary>
    public PreviewNotice? Preview { get; init; }

    /// <summary>True when the page shows diagrams.</summary>
    public virtual bool HasDiagrams => false;

    /// <summary>True when the page shows what becomes a player from elsewhere when the reader asks for it.</summary>
    public virtual bool HasPlayers => false;

    /// <summary>True when the page shows more than an article without components: it needs the second style sheet.</summary>
    public virtual bool HasParts => true;

    /// <summary>The addresses of the pictures that the view shows, but for the logo; null for those that are not there.</summary>
    public virtual IEnumerable<string?> PictureAddresses => [];

    /// <summary>What is known of the pictures, by address; of those elsewhere nothing.</summary>
    public IReadOnlyDictionary<string, Picture> Pictures { get; init; } = new Dictionary<string, Picture>();

    /// <summary>An avatar or logo of so many CSS pixels a side.</summary>
    public PictureView SmallPicture(string url, int side, string className, bool isFirst = false) => PictureView.Small(url, Pictures.GetValueOrDefault(url), side, className, isFirst);

    /// <summary>The culture for dates and numbers.</summary>
    public CultureInfo Culture => LanguageTag.Culture(Settings.Language);

    /// <summary>What a link in the navigation is to this page: <c>page</c> for itself, <c>true</c> for one that it is in, else null, for <c>aria-current</c>.</summary>
    public string? Current(string url) => url == Path ? "page" : Parents.Any(parent => parent.Url == url) ? "true" : null;

    /// <summary>A moment as a day in the site's zone and language.</summary>
    public string Day(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Settings.Zone);
        return local.ToString(Settings.Language.StartsWith("en", StringComparison.Ordinal) ? "d MMMM yyyy" : Culture.DateTimeFormat.LongDatePattern.Replace("dddd, ", "", StringComparison.Ordinal).Replace("dddd", "", StringComparison.Ordinal).Trim(' ', ',', '،'), Culture);
    }

    /// <summary>A moment as a day of its month, where month and year are said already.</summary>
    public string DayOfMonth(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Settings.Zone).ToString(Settings.Language.StartsWith("en", StringComparison.Ordinal) ? "d MMMM" : Culture.DateTimeFormat.MonthDayPattern, Culture);

    /// <summary>A moment to the minute, in the site's zone and language.</summary>
    public string Minute(DateTimeOffset moment) => $"{Day(moment)}, {TimeZoneInfo.ConvertTime(moment, Settings.Zone).ToString("HH:mm", CultureInfo.InvariantCulture)}";

    /// <summary>A moment in the form of HTML's <c>datetime</c>: ISO 8601 in the site's zone.</summary>
    public string Machine(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Settings.Zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
