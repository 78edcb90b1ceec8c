using System.Text;
using Blog.Content;

namespace Blog.Catalogue;

/// <summary>Links from article to article by file, which stand in the stored HTML until the other's address is known.</summary>
internal static class FileLinks
{
    private static readonly string[] Endings = [".md", "/index.md", "/post.md", ".mdx", "/index.mdx", ".markdown"];

    private const string Marker = "href=\"" + LinkTarget.ContentScheme;

    /// <summary>The content paths that a link without an extension, or to a folder, may mean.</summary>
    public static IEnumerable<string> Candidates(string target)
    {
        yield return target;
        if (ContentLayout.IsMarkdown(target)) yield break;
        foreach (var ending in Endings) yield return target.TrimEnd('/') + ending;
    }

    /// <summary>What links may say to mean the file: the other way round than <see cref="Candidates"/>.</summary>
    public static IEnumerable<string> TargetsOf(string path)
    {
        yield return path;
        foreach (var ending in Endings)
            if (path.EndsWith(ending, StringComparison.Ordinal) && path.Length > ending.Length) yield return path[..^ending.Length];
    }

    /// <summary>The content paths that are linked to in the HTML.</summary>
    public static IReadOnlyList<string> In(string html)
    {
        var targets = new List<string>();
        Walk(html, (path, _) =>
        {
            targets.Add(path);
            return null;
        });
        return targets;
    }

    /// <summary>The HTML with each link leading to the address of its file; to the home page where there is none any more.</summary>
    /// <param name="html">As stored.</param>
    /// <param name="addressOf">The escaped address of a content path, or null.</param>
    public static string Resolve(string html, Func<string, string?> addressOf) => Walk(html, (path, fragment) => (addressOf(path) ?? "/") + fragment);

    private static string Walk(string html, Func<string, string, string?> replace)
    {
        var result = new StringBuilder(html.Length);
        var from = 0;
        for (var i = html.IndexOf(Marker, StringComparison.Ordinal); i >= 0; i = html.IndexOf(Marker, from, StringComparison.Ordinal))
        {
            var start = i + Marker.Length;
            var end = html.IndexOf('"', start);
            if (end < 0) break;
            var hash = html.IndexOf('#', start, end - start);
            var path = Uri.UnescapeDataString(System.Net.WebUtility.HtmlDecode(html[start..(hash < 0 ? end : hash)]));
            result.Append(html, from, i + 6 - from).Append(replace(path, hash < 0 ? "" : html[hash..end]));
            from = end;
        }

        return from == 0 ? html : result.Append(html, from, html.Length - from).ToString();
    }
}
