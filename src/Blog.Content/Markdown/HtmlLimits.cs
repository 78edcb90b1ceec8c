namespace Blog.Content.Markdown;

/// <summary>Finds HTML that would cost its parser seconds, or the process its stack: elements that nest deep, or are opened and never closed.</summary>
internal static class HtmlLimits
{
    private const int MaxDepth = 200;
    private const int MaxElements = 60_000;
    private const int MaxReopened = 500_000;

    private static readonly HashSet<string> NeverOpen = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "option", "rt", "rp",
    };

    // An HTML parser opens these again in each block that begins before they are closed.
    private static readonly HashSet<string> Formatting = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
    };

    /// <summary>What is too much; null for HTML that may be parsed.</summary>
    public static string? Exceeded(string html)
    {
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var names = open.GetAlternateLookup<ReadOnlySpan<char>>();
        var (depth, formatting, elements, reopened) = (0, 0, 0, 0);
        for (var i = html.IndexOf('<'); i >= 0; i = i + 1 < html.Length ? html.IndexOf('<', i + 1) : -1)
        {
            var isClose = i + 1 < html.Length && html[i + 1] == '/';
            var start = isClose ? i + 2 : i + 1;
            var end = start;
            while (end < html.Length && char.IsAsciiLetterOrDigit(html[end])) end++;
            var name = html.AsSpan(start, end - start);
            if (name.IsEmpty || name.Length > 30) continue;
            var isFormatting = Formatting.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
            if (isClose)
            {
                if (!names.TryGetValue(name, out var count) || count == 0) continue;
                names[name] = count - 1;
                depth--;
                if (isFormatting) formatting--;
                continue;
            }

            if (++elements > MaxElements) return $"more than {MaxElements} HTML elements";
            if ((reopened += formatting) > MaxReopened) return "HTML elements that are opened again and again and never closed";
            if (NeverOpen.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name)) continue;
            names[name] = names.TryGetValue(name, out var opened) ? opened + 1 : 1;
            if (isFormatting) formatting++;
            if (++depth > MaxDepth) return $"more than {MaxDepth} HTML elements within each other";
        }

        return null;
    }
}
