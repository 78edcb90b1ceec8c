using System.Text.RegularExpressions;

namespace Blog.Content;

/// <summary>What the place and name of a file say: its kind, section, slug, and date. Nothing here looks into a file.</summary>
public static partial class ContentLayout
{
    private static readonly HashSet<string> MarkdownExtensions = new(StringComparer.OrdinalIgnoreCase) { ".md", ".mdx", ".markdown" };

    private static readonly HashSet<string> AssetExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".bmp", ".mp4", ".webm", ".ogv", ".mp3", ".ogg", ".wav", ".m4a", ".flac",
        ".vtt", ".pdf", ".zip", ".gz", ".csv", ".txt", ".woff", ".woff2", ".epub",
    };

    private static readonly HashSet<string> IgnoredNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "node_modules", "bower_components", "__pycache__", "Thumbs.db", "desktop.ini", "lost+found",
    };

    private static readonly HashSet<string> TermFolders = new(StringComparer.Ordinal) { "authors", "categories", "tags" };

    // Folders that editors use to hold the articles of a section; they say nothing about an article.
    private static readonly HashSet<string> HoldingFolders = new(StringComparer.OrdinalIgnoreCase) { "posts", "_posts", "_drafts", "articles", "content" };

    private static readonly HashSet<string> RepositoryFiles = new(StringComparer.OrdinalIgnoreCase)
    {
        "readme", "license", "licence", "contributing", "changelog", "code_of_conduct", "security", "support", "authors", "maintainers", "governance", "history", "todo",
    };

    /// <summary>True for dot-files, editors' backup files and folders that are never content.</summary>
    public static bool IsIgnored(string name) =>
        name.StartsWith('.') || name.EndsWith('~') || name.StartsWith('#') || IgnoredNames.Contains(name)
        || name.EndsWith(".swp", StringComparison.Ordinal) || name.EndsWith(".tmp", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for <c>.md</c>, <c>.mdx</c> and <c>.markdown</c>, in any case.</summary>
    public static bool IsMarkdown(string path) => MarkdownExtensions.Contains(Path.GetExtension(path));

    /// <summary>True for readme.md, licence.md and their like, which are articles only if they carry front matter.</summary>
    public static bool IsRepositoryFile(string path) => RepositoryFiles.Contains(Path.GetFileNameWithoutExtension(path));

    /// <summary>What the file at <paramref name="path"/> is; <see cref="ContentKind.Other"/> for what the site has no use for.</summary>
    public static ContentKind KindOf(string path)
    {
        var parts = path.Split('/');
        var name = parts[^1];
        var stem = Path.GetFileNameWithoutExtension(name);
        var extension = Path.GetExtension(name).ToLowerInvariant();
        var top = parts.Length == 1 ? "" : parts[0];
        if (top == "static") return ContentKind.Static;
        if (parts.Length == 1 && stem == "site" && extension is ".yml" or ".yaml") return ContentKind.Settings;
        if (parts.Length == 1 && extension == ".css") return ContentKind.Style;
        if (parts.Length == 1 && TermFolders.Contains(stem) && IsData(extension)) return ContentKind.TermData;
        if (TermFolders.Contains(top))
            return parts.Length == 2 && IsData(extension) ? ContentKind.TermData
                : IsMarkdown(name) && !IsRepositoryFile(name) ? ContentKind.TermProfile
                : AssetExtensions.Contains(extension) ? ContentKind.Asset : ContentKind.Other;
        if (top == "components") return parts.Length == 2 && extension == ".liquid" ? ContentKind.Component : ContentKind.Other;
        if (IsMarkdown(name))
            return top == "pages" ? ContentKind.Page
                : stem is "index" or "_index" && (parts.Length == 2 || (parts.Length == 3 && HoldingFolders.Contains(parts[1]))) ? ContentKind.SectionIndex
                : stem == "_index" ? ContentKind.Other
                : parts.Length == 1 && stem is "index" ? ContentKind.Page
                : ContentKind.Article;
        if (parts.Length >= 2 && name is "config.json" && top.Length > 0 && parts.Length == 2) return ContentKind.SectionSettings;
        return parts.Length > 1 && AssetExtensions.Contains(extension) ? ContentKind.Asset : ContentKind.Other;
    }

    /// <summary>The section of an article: the slug of its top folder; <c>articles</c> for a file at the top or under <c>_posts</c>.</summary>
    public static string SectionOf(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) return "articles";
        var top = path[..slash];
        return HoldingFolders.Contains(top) ? "articles" : Slug.From(top) is { Length: > 0 } slug && !Permalinks.IsReservedName(slug) ? slug : "articles";
    }

    /// <summary>True for a file below a folder that Jekyll and Hexo keep drafts in.</summary>
    public static bool IsDraft(string path) => path.StartsWith("_drafts/", StringComparison.Ordinal) || path.Contains("/_drafts/", StringComparison.Ordinal);

    /// <summary>True when the top folder has a name that the site itself answers to, so that it can be no section.</summary>
    public static bool IsInReservedFolder(string path) => path.Contains('/', StringComparison.Ordinal) && Permalinks.IsReservedName(Slug.From(path[..path.IndexOf('/', StringComparison.Ordinal)]));

    /// <summary>True for <c>index.md</c> and <c>post.md</c>: the article is its folder.</summary>
    public static bool IsBundle(string path) =>
        Path.GetFileNameWithoutExtension(path) is "index" or "post" && path.Contains('/', StringComparison.Ordinal);

    /// <summary>The name that an article has by its file, or by its folder for a bundle, without a leading date.</summary>
    public static string NameOf(string path)
    {
        var name = IsBundle(path) && Path.GetDirectoryName(path) is { Length: > 0 } folder && folder.Contains('/', StringComparison.Ordinal)
            ? Path.GetFileName(folder)
            : Path.GetFileNameWithoutExtension(path);
        var dated = DatedName().Match(name);
        return dated.Groups["name"] is { Success: true } rest ? rest.Value : name;
    }

    /// <summary>The date that a file name such as <c>2024-05-01-title.md</c> begins with, or that its folders or its address tell, as in <c>2024/05/01/title</c>; null without one.</summary>
    public static string? DateOf(string path, string? permalink) =>
        DateOf(path) ?? (DatedFolders().Match(path) is { Success: true } folders || (folders = DatedFolders().Match(permalink ?? "")).Success
            ? $"{folders.Groups["year"].Value}-{folders.Groups["month"].Value}-{folders.Groups["day"].Value}"
            : null);

    /// <summary>The date that a file name such as <c>2024-05-01-title.md</c> begins with, or null.</summary>
    public static string? DateOf(string path)
    {
        var name = IsBundle(path) ? Path.GetFileName(Path.GetDirectoryName(path)) : Path.GetFileNameWithoutExtension(path);
        var dated = DatedName().Match(name ?? "");
        return dated.Success ? dated.Groups["date"].Value : null;
    }

    /// <summary>The slugs of the folders between the section and the article that say something: those of an address that must be told apart.</summary>
    public static IReadOnlyList<string> FoldersOf(string path)
    {
        var parts = path.Split('/');
        var last = IsBundle(path) && parts.Length > 2 ? parts.Length - 2 : parts.Length - 1;
        return parts.Take(last).Skip(1).Where(part => !HoldingFolders.Contains(part)).Select(Slug.From).Where(part => part.Length > 0).ToList();
    }

    /// <summary>The files that would make this file a part of theirs, such as the course of a lesson: the bundles of its folder. None for a bundle itself or a file right in its section.</summary>
    public static IEnumerable<string> ParentsOf(string path)
    {
        if (IsBundle(path) || FoldersOf(path).Count == 0) return [];
        var folder = path[..path.LastIndexOf('/')];
        return HoldingFolders.Contains(folder[(folder.LastIndexOf('/') + 1)..]) ? [] : from name in new[] { "index", "post" } from extension in MarkdownExtensions select $"{folder}/{name}{extension}";
    }

    private static bool IsData(string extension) => extension is ".yml" or ".yaml" or ".json";

    [GeneratedRegex(@"(?:^|/)(?<year>\d{4})/(?<month>\d{2})/(?<day>\d{2})/", RegexOptions.CultureInvariant)]
    private static partial Regex DatedFolders();

    [GeneratedRegex(@"^(?<date>\d{4}-\d{2}-\d{2})(?:[-_ ](?<name>.+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex DatedName();
}
