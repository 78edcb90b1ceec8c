namespace Blog.Content;

/// <summary>Where links in content may lead, and what they mean there.</summary>
public static class LinkTarget
{
    /// <summary>The scheme under which a link to another content file stays in an article's HTML until the file's permalink is known.</summary>
    public const string ContentScheme = "content:";

    private static readonly HashSet<string> SafeSchemes = new(StringComparer.OrdinalIgnoreCase)
    {
        "http", "https", "mailto", "tel", "sms", "ftp", "xmpp", "irc", "ircs", "matrix", "geo", "magnet", "webcal", "feed",
    };

    /// <summary>True for relative addresses and for those of a scheme that can do no harm in a link (never <c>javascript:</c>, <c>data:</c>, <c>vbscript:</c>, <c>file:</c>).</summary>
    public static bool IsSafe(string url)
    {
        // Browsers ignore control characters and space in front of and within a scheme.
        var clean = new string(url.Where(c => c > ' ').ToArray());
        var colon = clean.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return true;
        var end = clean.AsSpan().IndexOfAny('/', '?', '#');
        return (end >= 0 && end < colon) || SafeSchemes.Contains(clean[..colon]);
    }

    /// <summary>True when the address has a scheme or names a host.</summary>
    public static bool IsExternal(string url) =>
        url.StartsWith("//", StringComparison.Ordinal) || (url.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && url.AsSpan(0, colon).IndexOfAny('/', '?', '#') < 0);

    /// <summary>
    /// The content path that a relative address in the file <paramref name="from"/> means; null when it leads out of the content folder.
    /// Percent escapes are decoded.
    /// </summary>
    public static string? ResolvePath(string relative, string from)
    {
        var parts = relative.StartsWith('/') ? [] : from.Split('/')[..^1].ToList();
        foreach (var part in Decode(relative).Split('/'))
        {
            if (part is "" or ".") continue;
            if (part != "..") parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else return null;
        }

        return string.Join('/', parts);
    }

    /// <summary>The address under which a picture or other file named in <paramref name="from"/> is served: external and site-wide addresses as they are, others by <see cref="Permalinks.ForAsset"/>.</summary>
    public static string? ResolveAsset(string url, string from)
    {
        if (url.StartsWith('/') || IsExternal(url)) return url;
        var end = url.IndexOfAny(['?', '#']);
        return ResolvePath(end < 0 ? url : url[..end], from) is { Length: > 0 } path ? Permalinks.ForAsset(path) : null;
    }

    private static string Decode(string text)
    {
        try { return Uri.UnescapeDataString(text); }
        catch (FormatException) { return text; }
    }
}
