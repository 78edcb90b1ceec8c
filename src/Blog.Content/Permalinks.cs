using System.Buffers;

namespace Blog.Content;

/// <summary>The only maker and reader of addresses on the site, so that links, routes, feeds and sitemap can't disagree.</summary>
/// <param name="settings">Whose permalink patterns apply.</param>
public sealed class Permalinks(SiteSettings settings)
{
    /// <summary>Where files beside articles are served.</summary>
    public const string AssetPrefix = "/media/";

    // What is the same escaped (RFC 3986, 2.3), and the mark between parts.
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/");

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "page", "archive", "search", "desk", "preview", "health", "media", "assets", "feed.xml", "atom.xml", "sitemap.xml", "robots.txt", "favicon.ico",
        "feed", "atom", "sitemap", "robots", "authors", "categories", "tags", "opensearch.xml", "error",
    };

    private readonly Dictionary<Taxonomy, string> _taxonomies = Taxonomies.All.ToDictionary(taxonomy => taxonomy, taxonomy => IndexOf(taxonomy, settings));

    public const string Home = "/";
    public const string Archive = "/archive";
    public const string Sitemap = "/sitemap.xml";
    public const string Robots = "/robots.txt";
    public const string Search = "/search";

    /// <summary>What a reader may mean while typing.</summary>
    public const string SearchSuggestions = "/search/suggest";

    /// <summary>By which browsers search here.</summary>
    public const string OpenSearch = "/opensearch.xml";

    /// <summary>Where pages hear of changes while somebody writes.</summary>
    public const string Changes = "/preview/changes";

    /// <summary>What is wrong with content files, for pages to show while somebody writes.</summary>
    public const string Problems = "/preview/problems";

    /// <summary>A part of the sitemap of a site that has too many pages for one.</summary>
    /// <param name="number">From 1.</param>
    public static string ForSitemapPart(string number) => $"/sitemap-{number}.xml";

    /// <summary>The address of a file beside an article, by its content path.</summary>
    public static string ForAsset(string path) => AssetPrefix + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>The address of a picture in one size and format, which changes with its content, so that it can be cached for ever.</summary>
    /// <param name="hash">Of the content.</param>
    /// <param name="width">In pixels; null for the picture as a whole.</param>
    /// <param name="extension">Of the format, without a dot.</param>
    public static string ForPicture(string hash, int? width, string extension) => width is { } pixels ? $"{AssetPrefix}{hash}-{pixels}.{extension}" : $"{AssetPrefix}{hash}.{extension}";

    /// <summary>The content path of a picture or other file by its address on this site; null for an address elsewhere. The other way round than <see cref="ForAsset"/>.</summary>
    public static string? PathOfAsset(string url)
    {
        if (!url.StartsWith('/') || url.StartsWith("//", StringComparison.Ordinal)) return null;
        var end = url.IndexOfAny(['?', '#']);
        var path = Uri.UnescapeDataString(end < 0 ? url : url[..end]);
        return path.StartsWith(AssetPrefix, StringComparison.Ordinal) ? path[AssetPrefix.Length..] : "static" + path;
    }

    /// <summary>The address that an article asks for; another article may have it already.</summary>
    public string ForArticle(string section, string slug, DateTimeOffset? publishedAt) =>
        PermalinkPattern.Fill(
            settings.Permalinks.GetValueOrDefault(section, "/:section/:slug"), section, slug,
            publishedAt is { } date ? TimeZoneInfo.ConvertTime(date, settings.Zone) : null);

    /// <summary>The address that a page under <c>pages/</c> asks for.</summary>
    public string ForPage(string slug) => PermalinkPattern.Fill(settings.Permalinks.GetValueOrDefault("pages", "/:slug"), "pages", slug, null);

    /// <summary>The index of a section.</summary>
    public static string ForSection(string section) => "/" + section;

    /// <summary>The index of a taxonomy.</summary>
    public string ForTaxonomy(Taxonomy taxonomy) => _taxonomies[taxonomy];

    /// <summary>The page of a term.</summary>
    public string ForTerm(Taxonomy taxonomy, string id) => $"{_taxonomies[taxonomy]}/{id}";

    /// <summary>The archive of a year.</summary>
    public static string ForYear(int year) => $"{Archive}/{year:0000}";

    /// <summary>Page <paramref name="number"/> of a list, from 1.</summary>
    public static string ForPageOf(string list, int number) => number <= 1 ? list : $"{list.TrimEnd('/')}/page/{number}";

    /// <summary>The RSS feed of a list.</summary>
    public static string ForRss(string list) => $"{list.TrimEnd('/')}/feed.xml";

    /// <summary>The Atom feed of a list.</summary>
    public static string ForAtom(string list) => $"{list.TrimEnd('/')}/atom.xml";

    /// <summary>The address with every part escaped as RFC 3986 asks, for links and headers.</summary>
    public static string Escape(string permalink) => permalink.AsSpan().ContainsAnyExcept(Plain) ? string.Join('/', permalink.Split('/').Select(Uri.EscapeDataString)) : permalink;

    /// <summary>True when an article must not have this address, because the site itself answers there.</summary>
    public bool IsReserved(string permalink)
    {
        var parts = permalink.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 || (parts.Length == 1 && Reserved.Contains(parts[0])) || parts[0] is "health" or "media" or "assets" or "desk" or "preview" or "archive"
            || parts[^1] is "feed.xml" or "atom.xml" || Canonical(permalink) != permalink || Match(permalink).Kind != AddressKind.Content || Match(permalink).Page > 1;
    }

    /// <summary>True for the first part of addresses that the site itself answers to.</summary>
    public static bool IsReservedName(string name) => Reserved.Contains(name);

    /// <summary>The one canonical spelling of a path: lower case, no doubled slashes, none at the end.</summary>
    public static string Canonical(string path)
    {
        var canonical = "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
        return canonical.EndsWith("/page/1", StringComparison.Ordinal) ? canonical[..^6] is { Length: > 1 } list ? list.TrimEnd('/') : "/" : canonical;
    }

    /// <summary>What a canonical path asks for.</summary>
    public Address Match(string path)
    {
        var format = AddressFormat.Html;
        if (path.EndsWith("/feed.xml", StringComparison.Ordinal)) (format, path) = (AddressFormat.Rss, path[..^9]);
        else if (path.EndsWith("/atom.xml", StringComparison.Ordinal)) (format, path) = (AddressFormat.Atom, path[..^9]);

        var page = 1;
        var marker = path.LastIndexOf("/page/", StringComparison.Ordinal);
        if (format == AddressFormat.Html && marker >= 0 && int.TryParse(path.AsSpan(marker + 6), System.Globalization.NumberStyles.None, null, out var number) && number is > 1 and < 1_000_000 && path[marker + 6] != '0')
            (page, path) = (number, path[..marker]);

        if (path.Length <= 1) return new Address(AddressKind.Home, format, page);
        if (path == Archive) return new Address(AddressKind.Archive, format, page);
        if (path is Search or SearchSuggestions && format == AddressFormat.Html) return new Address(AddressKind.Search, format, page);
        if (path.StartsWith(Archive + "/", StringComparison.Ordinal) && path.Length == Archive.Length + 5 && int.TryParse(path.AsSpan(Archive.Length + 1), System.Globalization.NumberStyles.None, null, out var year))
            return new Address(AddressKind.Archive, format, page) { Year = year };
        foreach (var taxonomy in Taxonomies.All)
        {
            var index = ForTaxonomy(taxonomy);
            if (index.Length == 0) continue;
            if (path == index) return new Address(AddressKind.Taxonomy, format, page) { Taxonomy = taxonomy };
            if (path.StartsWith(index + "/", StringComparison.Ordinal) && path.IndexOf('/', index.Length + 1) < 0)
                return new Address(AddressKind.Term, format, page) { Taxonomy = taxonomy, Name = path[(index.Length + 1)..] };
        }

        return new Address(AddressKind.Content, format, page) { Name = path };
    }

    private static string IndexOf(Taxonomy taxonomy, SiteSettings settings) =>
        settings.Permalinks.TryGetValue(taxonomy.Plural(), out var pattern) && PermalinkPattern.ProblemForTerms(pattern) is null
            ? pattern[..pattern.LastIndexOf("/:slug", StringComparison.Ordinal)].Replace(":section", taxonomy.Plural(), StringComparison.Ordinal)
            : $"/{taxonomy.Plural()}";
}

/// <summary>The things that an address may ask for.</summary>
public enum AddressKind { Home, Archive, Search, Taxonomy, Term, Content }

/// <summary>The forms in which a list is served.</summary>
public enum AddressFormat { Html, Rss, Atom }

/// <summary>A path on the site, taken apart.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Format">Page or feed.</param>
/// <param name="Page">Page of a list, from 1.</param>
public sealed record Address(AddressKind Kind, AddressFormat Format, int Page)
{
    /// <summary>For <see cref="AddressKind.Taxonomy"/> and <see cref="AddressKind.Term"/>.</summary>
    public Taxonomy Taxonomy { get; init; }

    /// <summary>For <see cref="AddressKind.Term"/> its id as asked for; for <see cref="AddressKind.Content"/> the path without feed or page.</summary>
    public string Name { get; init; } = "";

    /// <summary>For <see cref="AddressKind.Archive"/>; null for all years.</summary>
    public int? Year { get; init; }
}
