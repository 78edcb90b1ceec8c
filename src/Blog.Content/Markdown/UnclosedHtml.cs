using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Blog.Content.Markdown;

/// <summary>Raw HTML that begins and never ends, as in “the &lt;textarea&gt; element”, becomes text: cleaned as HTML, it would take the rest of the article with it.</summary>
internal static class UnclosedHtml
{
    // What a browser reads up to the end tag, or what vanishes whole when it is cleaned.
    private static readonly HashSet<string> Swallowing = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "iframe", "object", "noscript", "template", "svg", "math", "title", "textarea", "select", "xmp", "plaintext", "noembed", "noframes",
    };

    public static void ShowAsText(MarkdownDocument document, ArticleScope scope)
    {
        var closed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var block in document.Descendants<HtmlBlock>().Reverse().ToList())
        {
            var html = block.Lines.ToString();
            if (FirstUnclosed(html, closed) is not { } what) continue;
            var shown = new ParagraphBlock { Inline = new ContainerInline(), Line = block.Line, Column = block.Column, Span = block.Span };
            shown.Inline.AppendChild(new LiteralInline(html));
            Report(block, what, scope);
            block.Parent![block.Parent.IndexOf(block)] = shown;
        }

        foreach (var leaf in document.Descendants<LeafBlock>().Where(leaf => leaf.Inline is not null).ToList())
        {
            closed.Clear();
            foreach (var inline in leaf.Inline!.Descendants<HtmlInline>().Reverse().ToList())
            {
                if (FirstUnclosed(inline.Tag, closed) is not { } what) continue;
                Report(inline, what, scope);
                inline.ReplaceBy(new LiteralInline(inline.Tag) { Line = inline.Line, Column = inline.Column, Span = inline.Span });
            }
        }
    }

    private static void Report(MarkdownObject node, string what, ArticleScope scope)
    {
        var (line, column) = scope.Locate(node);
        scope.Problems.Warning(line, column, "unclosed-html", $"“{what}” is never closed; it is shown as text.", "Close it, or write it in backticks if you speak of it.");
    }

    /// <summary>What of the HTML is never closed, given the end tags that follow it; null, and its own end tags added, when all is.</summary>
    private static string? FirstUnclosed(string html, HashSet<string> closedLater)
    {
        var ends = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = html.IndexOf('<'); i >= 0 && i < html.Length; i = html.IndexOf('<', i))
        {
            var (end, name) = Construct(html, i);
            if (end < 0) return html[i..Math.Min(html.Length, i + 20)].Split('\n')[0];
            i = end;
            if (name.StartsWith('/')) ends.Add(name[1..]);
            if (!Swallowing.Contains(name)) continue;
            var close = html.IndexOf("</" + name, i, StringComparison.OrdinalIgnoreCase);
            if (close < 0 && !closedLater.Contains(name)) return $"<{name}>";
            i = close < 0 ? html.Length : close;
        }

        closedLater.UnionWith(ends);
        return null;
    }

    /// <summary>Where the tag, comment or instruction ends, -1 for never, and the tag's name, with a slash when it closes.</summary>
    private static (int End, string Name) Construct(string html, int start)
    {
        if (At("<!--")) return (After("-->", start + 2), "");
        if (At("<![CDATA[")) return (After("]]>", start), "");
        if (At("<?")) return (After("?>", start), "");
        if (At("<!")) return (After(">", start), "");
        var i = start + 1;
        if (i < html.Length && html[i] == '/') i++;
        if (i >= html.Length || !char.IsAsciiLetter(html[i])) return (start + 1, "");
        while (i < html.Length && (char.IsAsciiLetterOrDigit(html[i]) || html[i] == '-')) i++;
        var name = html[(start + 1)..i];
        for (; i < html.Length && html[i] != '>'; i++)
        {
            if (html[i] is not ('"' or '\'') || html[i - 1] is not ('=' or ' ' or '\n' or '\t')) continue;
            i = html.IndexOf(html[i], i + 1);
            if (i < 0) return (-1, name);
        }

        return (i < html.Length ? i + 1 : -1, name);

        bool At(string text) => string.CompareOrdinal(html, start, text, 0, text.Length) == 0;

        int After(string text, int from) => html.IndexOf(text, from, StringComparison.Ordinal) is >= 0 and var found ? found + text.Length : -1;
    }
}
