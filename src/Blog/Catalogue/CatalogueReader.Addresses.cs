using Blog.Content;

namespace Blog.Catalogue;

/// <summary>What is at which address, and where it leads.</summary>
public sealed partial class CatalogueReader
{
    /// <summary>True when readers may see an article at a canonical path at that moment; the index of a section is none.</summary>
    public bool HasArticleAt(string permalink, DateTimeOffset now) =>
        Read($"SELECT 1 FROM Articles a WHERE a.Permalink = $permalink AND a.Kind <> $index AND {Visible} LIMIT 1", row => true, ("$permalink", permalink), ("$index", (int)ArticleKind.SectionIndex), Moment(now)).Count > 0;

    /// <summary>The text above a section's list, when readers may see it at that moment; null for none.</summary>
    public Article? IndexOf(string section, DateTimeOffset now) =>
        Read($"SELECT {Columns} FROM Articles a WHERE a.Kind = $index AND a.Section = $section AND {Visible} LIMIT 1", ReadArticle, ("$index", (int)ArticleKind.SectionIndex), ("$section", section), Moment(now)).FirstOrDefault();

    /// <summary>The address of the first of those articles that readers may see at that moment and that go by another path besides; null for none.</summary>
    public string? AliasAt(string path, DateTimeOffset now) =>
        Read($"SELECT a.Permalink FROM Aliases o JOIN Articles a ON a.Id = o.ArticleId WHERE o.Address = $path AND {Visible} ORDER BY a.Path LIMIT 1", row => row.Text(0), ("$path", path), Moment(now)).FirstOrDefault();

    /// <summary>Where an address leads that an article has left: null for one that is gone. Not known for an address that none has left, or that another has taken, whether readers may see that or not.</summary>
    public (string? Target, bool IsKnown) RedirectAt(string path) =>
        Read("SELECT r.Target FROM Redirects r WHERE r.Address = $path AND NOT EXISTS (SELECT 1 FROM Articles a WHERE a.Permalink = $path)", row => (row.TextOrNull(0), true), ("$path", path)).FirstOrDefault();

    /// <summary>The escaped addresses of the articles that links to files may mean, by content path.</summary>
    public IReadOnlyDictionary<string, string> AddressesOf(IReadOnlyCollection<string> targets)
    {
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        if (targets.Count == 0) return addresses;
        var paths = targets.SelectMany(FileLinks.Candidates).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, permalink) in Read("SELECT a.Path, a.Permalink FROM json_each($paths) CROSS JOIN Articles a ON a.Path = json_each.value", ReadPair, ("$paths", Json(paths)))) addresses[path] = Permalinks.Escape(permalink!);
        // Files that were renamed while others link to them.
        var moved = paths.Where(path => !addresses.ContainsKey(path)).Select(path => LinkTarget.ContentScheme + path).ToList();
        if (moved.Count == 0) return addresses;
        foreach (var (address, target) in Read("SELECT r.Address, r.Target FROM json_each($addresses) CROSS JOIN Redirects r ON r.Address = json_each.value WHERE r.Target IS NOT NULL", ReadPair, ("$addresses", Json(moved))))
            addresses[address[LinkTarget.ContentScheme.Length..]] = Permalinks.Escape(target!);
        return addresses;
    }

    /// <summary>The content paths of all articles, and of each whether readers may see it at that moment.</summary>
    public IReadOnlyList<(string Path, bool IsVisible)> Paths(DateTimeOffset now) => Read($"SELECT a.Path, {Visible} FROM Articles a", row => (row.Text(0), row.Flag(1)), Moment(now));

    /// <summary>The canonical paths of all articles that readers may see at that moment.</summary>
    public IReadOnlyList<string> Pages(DateTimeOffset now) => Read($"SELECT a.Permalink FROM Articles a WHERE {Visible} ORDER BY a.Id", row => row.Text(0), Moment(now));

    /// <summary>Files that are sent as they are: those beside articles, and those of <c>static/</c>.</summary>
    public IReadOnlyList<(string Path, ContentKind Kind, long Size, long ModifiedAt)> Files() =>
        Read("SELECT Path, Kind, Size, ModifiedAt FROM Sources WHERE Kind = $static OR Kind = $asset ORDER BY Path", row => (row.Text(0), (ContentKind)row.Int(1), row.Long(2), row.Long(3)), ("$static", (int)ContentKind.Static), ("$asset", (int)ContentKind.Asset));

    /// <summary>The paths that articles go by besides their own, or have left.</summary>
    public IReadOnlyList<string> OldPaths() => Read("SELECT DISTINCT Address FROM Aliases UNION ALL SELECT Address FROM Redirects WHERE Address LIKE '/%'", row => row.Text(0));

    /// <summary>Where articles link to one of two addresses.</summary>
    /// <param name="address">One.</param>
    /// <param name="other">The other.</param>
    /// <param name="fragment">Only links with that fragment; empty for all.</param>
    public IReadOnlyList<(string Path, string Permalink, int Line, int Column)> LinksTo(string address, string other, string fragment) =>
        Read("SELECT a.Path, a.Permalink, l.Line, l.\"Column\" FROM Links l JOIN Articles a ON a.Id = l.ArticleId WHERE l.Address IN ($address, $other) AND ($fragment = '' OR l.Fragment = $fragment) ORDER BY l.Id",
            row => (row.Text(0), row.Text(1), row.Int(2), row.Int(3)), ("$address", address), ("$other", other), ("$fragment", fragment));

    /// <summary>How many articles, courses, lessons and pages readers may see at that moment and search engines are to find.</summary>
    public int CountForSitemap(DateTimeOffset now) => Read($"SELECT COUNT(*) FROM Articles a WHERE {ForSitemap}", row => row.Int(0), ("$index", (int)ArticleKind.SectionIndex), Moment(now))[0];

    /// <summary>The canonical paths of those, in their order, with when each was changed in Unix milliseconds; null where that is not known.</summary>
    public IReadOnlyList<(string Permalink, long? ChangedAt)> Sitemap(int skip, int take, DateTimeOffset now) =>
        Read($"SELECT a.Permalink, COALESCE(a.ModifiedAt, a.PublishedAt) FROM Articles a WHERE {ForSitemap} ORDER BY a.Permalink LIMIT $take OFFSET $skip", row => (row.Text(0), row.LongOrNull(1)), ("$index", (int)ArticleKind.SectionIndex), ("$take", take), ("$skip", skip), Moment(now));

    private const string ForSitemap = $"a.NoIndex = 0 AND a.CanonicalUrl IS NULL AND a.Kind <> $index AND {Visible}";

    private static (string, string?) ReadPair(CatalogueRow row) => (row.Text(0), row.TextOrNull(1));
}
