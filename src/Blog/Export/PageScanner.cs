namespace Blog.Export;

/// <summary>The links in a page or style sheet, as they are written there, and the ids that links can lead to.</summary>
/// <param name="Links">Each once, with its character references.</param>
/// <param name="Anchors">Likewise.</param>
internal sealed record ScannedPage(IReadOnlyCollection<string> Links, IReadOnlyCollection<string> Anchors);

/// <summary>
/// Finds links and ids in HTML, in feeds with HTML in them, and in CSS: a reading in one go, as a browser's tokenizer would do it, since a tree of each of ten thousand pages would cost more than to render them.
/// </summary>
internal static class PageScanner
{
    // Of the attributes that matter.
    private const int LongestName = 11;

    // What is between their tags is text.
    private static readonly string[] Raw = ["script", "style"];

    /// <summary>What is linked to in a page or feed.</summary>
    public static ScannedPage Html(ReadOnlySpan<char> html)
    {
        var (links, anchors) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        for (var at = Find(html, '<', 0); at < html.Length; at = Find(html, '<', at))
        {
            if (html[at..].StartsWith("<!--")) at = Behind(html, "-->", at + 4);
            // In a feed, HTML stands in a section of its own.
            else if (html[at..].StartsWith("<![CDATA[")) at += 9;
            else if (at + 1 < html.Length && char.IsAsciiLetter(html[at + 1]))
            {
                var end = at + 1;
                while (end < html.Length && html[end] is not ('>' or '/') && !char.IsWhiteSpace(html[end])) end++;
                var name = html[(at + 1)..end];
                at = ReadTag(html, end, name, links, anchors);
                foreach (var raw in Raw)
                    if (name.Equals(raw, StringComparison.OrdinalIgnoreCase) && html[at..].IndexOf($"</{raw}", StringComparison.OrdinalIgnoreCase) is >= 0 and var close) at += close;
            }
            else at++;
        }

        return new ScannedPage(links, anchors);
    }

    /// <summary>What a style sheet needs.</summary>
    public static ScannedPage Css(ReadOnlySpan<char> css)
    {
        var links = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; css[at..].IndexOf("url(", StringComparison.OrdinalIgnoreCase) is >= 0 and var found;)
        {
            var start = at + found + 4;
            at = Behind(css, ")", start);
            links.Add(css[start..(at - (at < css.Length || css[^1] == ')' ? 1 : 0))].Trim(" \"'\t\n").ToString());
        }

        return new ScannedPage(links, []);
    }

    /// <summary>Reads the attributes of a tag; returns the index behind it.</summary>
    private static int ReadTag(ReadOnlySpan<char> html, int at, ReadOnlySpan<char> tag, HashSet<string> links, HashSet<string> anchors)
    {
        while (at < html.Length && html[at] != '>')
        {
            if (html[at] == '/' || char.IsWhiteSpace(html[at]))
            {
                at++;
                continue;
            }

            var start = at++;
            while (at < html.Length && html[at] is not ('=' or '>' or '/') && !char.IsWhiteSpace(html[at])) at++;
            var name = html[start..at];
            while (at < html.Length && char.IsWhiteSpace(html[at])) at++;
            if (at >= html.Length || html[at] != '=') continue;
            at++;
            while (at < html.Length && char.IsWhiteSpace(html[at])) at++;
            if (at >= html.Length) break;
            var quote = html[at];
            var isQuoted = quote is '"' or '\'';
            var from = isQuoted ? at + 1 : at;
            if (isQuoted) at = Find(html, quote, from);
            else while (at < html.Length && html[at] != '>' && !char.IsWhiteSpace(html[at])) at++;
            Note(tag, name, html[from..at], links, anchors);
            if (isQuoted && at < html.Length) at++;
        }

        return Math.Min(at + 1, html.Length);
    }

    private static void Note(ReadOnlySpan<char> tag, ReadOnlySpan<char> name, ReadOnlySpan<char> value, HashSet<string> links, HashSet<string> anchors)
    {
        if (value.IsEmpty || name.Length > LongestName) return;
        Span<char> lower = stackalloc char[LongestName];
        switch (lower[..name.ToLowerInvariant(lower)])
        {
            case "href" or "src" or "poster" or "action" or "data-frame":
                Add(links, value);
                break;
            case "srcset" or "imagesrcset" when !value.Contains("data:", StringComparison.OrdinalIgnoreCase):
                foreach (var candidate in value.Split(','))
                {
                    var url = value[candidate].Trim();
                    if (!url.IsEmpty) Add(links, url[..(url.IndexOf(' ') is >= 0 and var space ? space : url.Length)]);
                }

                break;
            // Of what a page says of itself, whole addresses: its picture, and itself.
            case "content" when value.StartsWith("http", StringComparison.OrdinalIgnoreCase):
                Add(links, value);
                break;
            case "id":
            case "name" when tag.Equals("a", StringComparison.OrdinalIgnoreCase):
                Add(anchors, value);
                break;
        }
    }

    // Most are there already: what every page has, and what it names twice.
    private static void Add(HashSet<string> set, ReadOnlySpan<char> value)
    {
        var spans = set.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!spans.Contains(value)) set.Add(value.ToString());
    }

    private static int Behind(ReadOnlySpan<char> text, string end, int from) => from < text.Length && text[from..].IndexOf(end) is >= 0 and var at ? from + at + end.Length : text.Length;

    /// <summary>Where a character stands from an index on; the length of the text where it doesn't.</summary>
    private static int Find(ReadOnlySpan<char> text, char what, int from) => text[from..].IndexOf(what) is >= 0 and var at ? from + at : text.Length;
}
