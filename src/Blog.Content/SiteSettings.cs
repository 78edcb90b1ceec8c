using System.Text.Json.Serialization;
using Blog.Content.FrontMatter;

namespace Blog.Content;

/// <summary>What belongs to the publication as a whole: the contents of <c>site.yml</c>, with what is missing filled in.</summary>
public sealed record SiteSettings
{
    /// <summary>The most articles that a page of a list may hold.</summary>
    public const int MaxArticlesPerPage = 100;

    public string Title { get; init; } = "Blog";

    /// <summary>A few words under the title; null when not given.</summary>
    public string? Tagline { get; init; }

    /// <summary>A sentence or two on the publication; null when not given.</summary>
    public string? Description { get; init; }

    /// <summary>BCP 47 tag of the site's language.</summary>
    public string Language { get; init; } = "en";

    /// <summary>IANA name of the zone that dates without one are in, and in which days begin.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Scheme and host, perhaps with a path, without a slash at the end; null when only the operator may know.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Address of the logo; null for the title alone.</summary>
    public string? Logo { get; init; }

    /// <summary>The site's colour; null for ours.</summary>
    public AccentColour? Accent { get; init; }

    /// <summary>Style sheets of the site's own, by content path, in the order in which they apply.</summary>
    public IReadOnlyList<string> Styles { get; init; } = [];

    /// <summary>Names of <see cref="ShareTarget"/>s under an article; empty for none.</summary>
    public IReadOnlyList<string> Share { get; init; } = ShareTarget.Usual;

    public IReadOnlyList<SiteLink> Navigation { get; init; } = [];

    public IReadOnlyList<SiteLink> Social { get; init; } = [];

    /// <summary>Sections in the order in which they are shown, as far as the settings name them.</summary>
    public IReadOnlyList<SectionSettings> Sections { get; init; } = [];

    /// <summary>Permalink patterns by section, or by <c>pages</c>, <c>authors</c>, <c>categories</c>, <c>tags</c>.</summary>
    public IReadOnlyDictionary<string, string> Permalinks { get; init; } = new Dictionary<string, string>();

    public int ArticlesPerPage { get; init; } = 12;

    /// <summary>True when raw HTML in articles is served as written; else it is cleaned by an allow-list.</summary>
    public bool TrustsHtml { get; init; }

    /// <summary>True turns straight quotes, dashes and dots in prose into typographic ones.</summary>
    public bool SmartPunctuation { get; init; } = true;

    /// <summary>The zone of <see cref="TimeZone"/>.</summary>
    [JsonIgnore]
    public TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The settings in a <c>site.yml</c>. Unknown keys and unusable values are reported and their defaults kept.</summary>
    public static SiteSettings Read(string yaml, ProblemList problems) => SiteSettingsReader.Read(YamlText.Read(yaml, problems), problems);
}

/// <summary>A link in the navigation or among the social links.</summary>
/// <param name="Title">What readers see.</param>
/// <param name="Url">A path on this site or a whole address.</param>
public sealed record SiteLink(string Title, string Url);

/// <summary>How a section presents itself.</summary>
/// <param name="Name">Its slug, the first part of its articles' addresses.</param>
/// <param name="Title">Null for one made from the name.</param>
/// <param name="Description">Null when there is none.</param>
public sealed record SectionSettings(string Name, string? Title, string? Description);
