using System.Net;
using Blog.Content;

namespace Blog.Export;

/// <summary>Tells which links stay on the site, and where they lead there.</summary>
/// <param name="baseUrl">Scheme and host of the site, without a slash at the end.</param>
internal sealed class LinkResolver(string baseUrl)
{
    // Behind it stands what a browser is to mark on a page, which is no id.
    private const string TextDirective = ":~:";

    /// <summary>The path that a link leads to and the id there, neither escaped, the latter empty for none; null for a link to elsewhere.</summary>
    /// <param name="link">As written in HTML.</param>
    /// <param name="page">Path of the page that it stands on.</param>
    public (string Path, string Fragment)? Resolve(string link, string page)
    {
        var url = (link.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(link) : link).Trim();
        if (url.StartsWith(baseUrl, StringComparison.OrdinalIgnoreCase) && (url.Length == baseUrl.Length || url[baseUrl.Length] is '/' or '?' or '#')) url = "/" + url[baseUrl.Length..].TrimStart('/');
        else if (LinkTarget.IsExternal(url)) return null;

        var hash = url.IndexOf('#', StringComparison.Ordinal);
        var fragment = hash < 0 ? "" : url[(hash + 1)..];
        var path = hash < 0 ? url : url[..hash];
        if (path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query) path = path[..query];
        if (fragment.IndexOf(TextDirective, StringComparison.Ordinal) is >= 0 and var directive) fragment = fragment[..directive];
        if (path.Length == 0) path = page;
        else if (path[0] != '/' || path.Contains("/.", StringComparison.Ordinal))
        {
            // As a browser would, from the page on.
            if (!Uri.TryCreate(new Uri("http://site" + Permalinks.Escape(page)), path, out var absolute)) return null;
            path = Uri.UnescapeDataString(absolute.AbsolutePath);
        }
        else if (path.Contains('%', StringComparison.Ordinal)) path = Uri.UnescapeDataString(path);
        return (path, fragment.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(fragment) : fragment);
    }
}
