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
    public static ScannedPage Html(string html)
    {
        var (links, anchors) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0; at = at < html.Length ? html.IndexOf('<', at) : -1)
        {
            if (html.AsSpan(at).StartsWith("<!--")) at = Behind(html, "-->", at + 4);
            // In a feed, HTML stands in a section of its own.
            else if (html.AsSpan(at).StartsWith("<![CDATA[")) at += 9;
            else if (at + 1 < html.Length && char.IsAsciiLetter(html[at + 1]))
            {
                var end = at + 1;
                while (end < html.Length && html[end] is not ('>' or '/') && !char.IsWhiteSpace(html[end])) end++;
                var name = html.AsMemory(at + 1, end - at - 1);
                at = ReadTag(html, end, name.Span, links, anchors);
                foreach (var raw in Raw)
                    if (name.Span.Equals(raw, StringComparison.OrdinalIgnoreCase)) at = Math.Max(at, html.IndexOf($"</{raw}", at, StringComparison.OrdinalIgnoreCase));
            }
            else at++;
        }

        return new ScannedPage(links, anchors);
    }

    /// <summary>What a style sheet needs.</summary>
    public static ScannedPage Css(string css)
    {
        var links = new HashSet<string>(StringComparer.Ordinal);
        for (var at = css.IndexOf("url(", StringComparison.OrdinalIgnoreCase); at >= 0; at = css.IndexOf("url(", at, StringComparison.OrdinalIgnoreCase))
        {
            var start = at + 4;
            at = Behind(css, ")", start);
            links.Add(css[start..(at - (at < css.Length || css[^1] == ')' ? 1 : 0))].Trim(' ', '"', '\'', '\t', '\n'));
        }

        return new ScannedPage(links, []);
    }

    /// <summary>Reads the attributes of a tag; returns the index behind it.</summary>
    private static int ReadTag(string html, int at, ReadOnlySpan<char> tag, HashSet<string> links, HashSet<string> anchors)
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
            var name = html.AsSpan(start, at - start);
            while (at < html.Length && char.IsWhiteSpace(html[at])) at++;
            if (at >= html.Length || html[at] != '=') continue;
            at++;
            while (at < html.Length && char.IsWhiteSpace(html[at])) at++;
            if (at >= html.Length) break;
            var quote = html[at];
            var isQuoted = quote is '"' or '\'';
            var from = isQuoted ? at + 1 : at;
            if (isQuoted) at = html.IndexOf(quote, from) is >= 0 and var close ? close : html.Length;
            else while (at < html.Length && html[at] != '>' && !char.IsWhiteSpace(html[at])) at++;
            Note(tag, name, html.AsSpan(from, at - from), links, anchors);
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

    private static int Behind(string text, string end, int from) => from < text.Length && text.IndexOf(end, from, StringComparison.Ordinal) is >= 0 and var at ? at + end.Length : text.Length;
}
