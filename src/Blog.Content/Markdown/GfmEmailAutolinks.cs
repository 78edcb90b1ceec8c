using System.Text;
using Markdig.Helpers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Blog.Content.Markdown;

/// <summary>GFM 0.29, “Autolinks (extension)”: email addresses, alone or behind <c>mailto:</c> or <c>xmpp:</c>, in a text that is parsed.</summary>
internal static class GfmEmailAutolinks
{
    private static readonly string[] Schemes = ["mailto:", "xmpp:"];

    /// <summary>Links the addresses that stand in no link, and undoes the web links within an anchor of raw HTML.</summary>
    public static void Apply(ContainerInline root)
    {
        var inAnchor = false;
        for (var node = root.FirstChild; node is not null; node = Next(node, root))
        {
            switch (node)
            {
                case HtmlInline html when IsTag(html.Tag, "<a"):
                    inAnchor = true;
                    break;
                case HtmlInline html when IsTag(html.Tag, "</a"):
                    inAnchor = false;
                    break;
                case LinkInline { IsAutoLink: true, FirstChild: { } text } link when inAnchor:
                    text.Remove();
                    node = link.ReplaceBy(text);
                    break;
                case LiteralInline or HtmlEntityInline when !inAnchor:
                    node = LinkRun(node);
                    break;
            }
        }
    }

    private static bool IsTag(string html, string start) =>
        html.StartsWith(start, StringComparison.OrdinalIgnoreCase) && html.Length > start.Length && !char.IsAsciiLetterOrDigit(html[start.Length]) && html[start.Length] != '-';

    private static Inline? Next(Inline node, ContainerInline root)
    {
        if (node is ContainerInline { FirstChild: { } child } and not LinkInline) return child;
        while (node.NextSibling is null)
        {
            if (node.Parent is null || node.Parent == root) return null;
            node = node.Parent;
        }

        return node.NextSibling;
    }

    /// <summary>Links the addresses in a run of text, which escapes, entities and leftover delimiters part; returns the run's last node.</summary>
    private static Inline LinkRun(Inline first)
    {
        var (last, hasAt) = (first, false);
        for (Inline? node = first; node is LiteralInline or HtmlEntityInline; node = node.NextSibling)
        {
            last = node;
            hasAt |= Text(node).IndexOf('@') >= 0;
        }

        if (!hasAt) return last;
        var joined = new StringBuilder();
        for (var node = first; ; node = node.NextSibling!)
        {
            joined.Append(Text(node).AsSpan());
            if (node == last) break;
        }

        var (part, start) = (first, 0);
        foreach (var (from, length, url) in Find(joined.ToString()))
        {
            while (start + Text(part).Length <= from) (start, part) = (start + Text(part).Length, part.NextSibling!);
            if (from > start) (start, part) = (from, CutOff(part, from - start, ref last));
            var link = GfmAutolinkParser.CreateLink(url, joined.ToString(from, length), part.Span, part.Line, part.Column);
            // Not InsertBefore alone, which leaves Markdig's node without its previous sibling.
            if (part.PreviousSibling is { } previous) previous.InsertAfter(link);
            else part.InsertBefore(link);
            for (var left = length; left > 0;)
            {
                if (Text(part).Length > left) CutOff(part, left, ref last);
                var taken = part;
                left -= Text(taken).Length;
                link.Span.End = link.UrlSpan.End = link.FirstChild!.Span.End = taken.Span.End;
                part = taken == last ? last = link : taken.NextSibling!;
                taken.Remove();
            }

            start = from + length;
            if (part == link) break;
        }

        return last;
    }

    private static StringSlice Text(Inline node) => node is LiteralInline literal ? literal.Content : ((HtmlEntityInline)node).Transcoded;

    /// <summary>Leaves a node the first characters of its text; the others go to a node behind it.</summary>
    private static LiteralInline CutOff(Inline node, int length, ref Inline last)
    {
        var text = Text(node);
        var rest = new LiteralInline(new StringSlice(text.Text, text.Start + length, text.End)) { Line = node.Line, Column = node.Column + length };
        rest.Span = new SourceSpan(node.Span.End - rest.Content.Length + 1, node.Span.End);
        text.End = text.Start + length - 1;
        if (node is LiteralInline literal) literal.Content = text;
        else ((HtmlEntityInline)node).Transcoded = text;
        node.Span.End = rest.Span.Start - 1;
        node.InsertAfter(rest);
        if (node == last) last = rest;
        return rest;
    }

    /// <summary>The addresses in a text: where each begins, its length and what it links to.</summary>
    private static IEnumerable<(int From, int Length, string Url)> Find(string text)
    {
        var free = 0;
        for (var at = text.IndexOf('@'); at >= 0; at = text.IndexOf('@', Math.Max(free, at + 1)))
        {
            var from = at;
            while (from > free && IsLocal(text[from - 1])) from--;
            var end = DomainEnd(text, at + 1);
            if (from == at || end < 0) continue;

            var scheme = Schemes.FirstOrDefault(scheme => text.AsSpan(free, from - free).EndsWith(scheme, StringComparison.Ordinal)) ?? "";
            if (scheme.Length > 0 && from - scheme.Length is var behind && behind > free && char.IsAsciiLetterOrDigit(text[behind - 1])) scheme = "";
            from -= scheme.Length;
            if (scheme == "xmpp:") end = ResourceEnd(text, end);
            free = end;
            yield return (from, end - from, (scheme.Length == 0 ? "mailto:" : "") + text[from..end]);
        }
    }

    /// <summary>Where the domain of an address ends, or -1 if it has no period or ends in what no domain may end in.</summary>
    private static int DomainEnd(string text, int start)
    {
        var (end, hasPeriod) = (start, false);
        for (; end < text.Length; end++)
        {
            if (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '_') continue;
            if (text[end] != '.' || end + 1 == text.Length || !char.IsAsciiLetterOrDigit(text[end + 1])) break;
            hasPeriod = true;
        }

        return hasPeriod && char.IsAsciiLetter(text[end - 1]) && (end == text.Length || text[end] != '@') ? end : -1;
    }

    private static int ResourceEnd(string text, int domainEnd)
    {
        if (domainEnd == text.Length || text[domainEnd] != '/') return domainEnd;
        var end = domainEnd + 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '@' or '.')) end++;
        while (text[end - 1] == '.') end--;
        return text[end - 1] == '/' ? domainEnd : end;
    }

    private static bool IsLocal(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+';
}
