using System.Text;
using Blog.Content;

namespace Blog.Catalogue;

/// <summary>Links from article to article by file, which stand in the stored HTML until the other's address is known.</summary>
internal static class FileLinks
{
    private static readonly string[] Endings = [".md", "/index.md", "/post.md", ".mdx", "/index.mdx", ".markdown"];

    private const string Attribute = "href=\"";
    private const string Marker = Attribute + LinkTarget.ContentScheme;

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
    public static IReadOnlyList<string> In(string html) => [.. LinksIn(html).Select(link => link.Path)];

    /// <summary>The HTML with each link leading to the address of its file; to the home page where there is none any more.</summary>
    /// <param name="html">As stored.</param>
    /// <param name="addressOf">The escaped address of a content path, or null.</param>
    public static string Resolve(string html, Func<string, string?> addressOf)
    {
        var (result, from) = ((StringBuilder?)null, 0);
        foreach (var link in LinksIn(html))
        {
            (result ??= TextBuilders.Rent()).Append(html, from, link.Start - from).Append(addressOf(link.Path) ?? "/");
            from = link.Hash;
        }

        return result is null ? html : TextBuilders.Finish(result.Append(html, from, html.Length - from));
    }

    private static IEnumerable<Link> LinksIn(string html)
    {
        for (var i = html.IndexOf(Marker, StringComparison.Ordinal); i >= 0; i = html.IndexOf(Marker, i, StringComparison.Ordinal))
        {
            var start = i + Marker.Length;
            var end = html.IndexOf('"', start);
            if (end < 0) break;
            var hash = html.IndexOf('#', start, end - start) is >= 0 and var found ? found : end;
            yield return new Link(i + Attribute.Length, hash, Uri.UnescapeDataString(System.Net.WebUtility.HtmlDecode(html[start..hash])));
            i = end;
        }
    }

    /// <summary>A link of the HTML.</summary>
    /// <param name="Start">Offset of its address.</param>
    /// <param name="Hash">Offset behind its path, where a fragment may follow.</param>
    /// <param name="Path">The content path.</param>
    private readonly record struct Link(int Start, int Hash, string Path);
}
