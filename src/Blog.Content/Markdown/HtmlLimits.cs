namespace Blog.Content.Markdown;

/// <summary>Finds HTML that would cost its parser seconds, or the process its stack: elements that nest deep, stand side by side in thousands, or are opened and never closed.</summary>
internal static class HtmlLimits
{
    private const int MaxDepth = 200;
    private const int MaxElements = 60_000;
    private const int MaxChildren = 12_000;
    private const int MaxReopened = 500_000;

    private static readonly HashSet<string> Void = Names("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr");

    // A sibling closes them.
    private static readonly HashSet<string> Implied = Names("p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "option", "rt", "rp");

    // An HTML parser opens these again in each block that begins before they are closed.
    private static readonly HashSet<string> Formatting = Names("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u");

    /// <summary>What is too much; null for HTML that may be parsed.</summary>
    public static string? Exceeded(string html)
    {
        var open = new List<(string Name, int Children)> { ("", 0) };
        var (formatting, elements, reopened) = (0, 0, 0);
        for (var i = html.IndexOf('<'); i >= 0; i = i + 1 < html.Length ? html.IndexOf('<', i + 1) : -1)
        {
            var isClose = i + 1 < html.Length && html[i + 1] == '/';
            if (NameAt(html, isClose ? i + 2 : i + 1) is not { } name) continue;
            if (isClose)
            {
                var opener = open.FindLastIndex(element => element.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
                if (opener <= 0) continue;
                // What was opened within it and not closed may live on, so that it goes on to count.
                open.RemoveAt(opener);
                if (Formatting.Contains(name)) formatting--;
                continue;
            }

            if (++elements > MaxElements) return $"more than {MaxElements} HTML elements";
            if ((reopened += formatting) > MaxReopened) return "HTML elements that are opened again and again and never closed";
            while (open.Count > 1 && Implied.Contains(name) && (open[^1].Name == name || (name == "tr" && open[^1].Name is "td" or "th"))) open.RemoveAt(open.Count - 1);
            var parent = open[^1];
            if (parent.Children == MaxChildren) return $"more than {MaxChildren} HTML elements side by side";
            open[^1] = (parent.Name, parent.Children + 1);
            if (Void.Contains(name)) continue;
            open.Add((name, 0));
            if (Formatting.Contains(name)) formatting++;
            if (open.Count > MaxDepth) return $"more than {MaxDepth} HTML elements within each other";
        }

        return null;
    }

    private static string? NameAt(string html, int start)
    {
        var end = start;
        while (end < html.Length && end - start < 30 && (char.IsAsciiLetterOrDigit(html[end]) || html[end] == '-')) end++;
        return end == start || !char.IsAsciiLetter(html[start]) ? null : html[start..end];
    }

    private static HashSet<string> Names(params string[] names) => new(names, StringComparer.OrdinalIgnoreCase);
}
