using Blog.Content;

namespace Blog.Export;

/// <summary>
/// In which file a static host finds an address. A page at <c>/articles/x</c> is <c>articles/x.html</c>: hosts serve that under the address as it is,
/// while for <c>articles/x/index.html</c> most first send the reader to <c>/articles/x/</c>, which is another address.
/// </summary>
internal static class FileLayout
{
    private static readonly string[] Live = ["health", "desk", "preview"];

    /// <summary>What hosts serve where there is no page.</summary>
    public const string NotFound = "404.html";

    /// <summary>The file of an address, relative to the output folder.</summary>
    /// <param name="path">Not escaped.</param>
    /// <param name="contentType">Of what is served there.</param>
    public static string FileOf(string path, string? contentType)
    {
        var file = path.TrimStart('/');
        if (file.Length == 0 || file.EndsWith('/')) return file + "index.html";
        return IsPage(contentType) && !IsPageName(file) ? file + ".html" : file;
    }

    /// <summary>True for HTML.</summary>
    public static bool IsPage(string? contentType) => contentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>True for what a server tells of itself and its editors see.</summary>
    public static bool IsLive(string path) => Live.Contains(path.Split('/', 3)[1]);

    /// <summary>True for addresses of files that are copied as they are, which may be as large as a film.</summary>
    public static bool IsFile(string path, IReadOnlySet<string> statics) => (path.StartsWith(Permalinks.AssetPrefix, StringComparison.Ordinal) || statics.Contains(path)) && !IsPageName(path) && !path.EndsWith(".css", StringComparison.OrdinalIgnoreCase);

    private static bool IsPageName(string path) => path.EndsWith(".html", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".htm", StringComparison.OrdinalIgnoreCase);
}
