using System.Buffers;
using System.Net;
using System.Text;

namespace Blog.Content.Search;

/// <summary>The text of a rendered article by its sections, as readers see it: what the search index is made of and what snippets are taken from, so that the two can't disagree.</summary>
public static class PageText
{
    /// <summary>The most characters of HTML that are looked at; what comes after is not found.</summary>
    public const int MaxHtml = 2_000_000;

    private static readonly SearchValues<char> Spaces = SearchValues.Create(" \n\t\r");

    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
    };

    private static readonly HashSet<string> Unseen = new(StringComparer.OrdinalIgnoreCase) { "script", "style", "template", "svg", "math", "iframe", "noscript", "button", "select" };

    /// <summary>The sections in their order; the first has no heading and may be empty. Malformed HTML is read as far as it goes.</summary>
    public static IReadOnlyList<TextSection> Of(string html)
    {
        var (sections, text, code, heading) = (new List<TextSection>(), TextBuilders.Rent(), TextBuilders.Rent(), (StringBuilder?)null);
        var (title, anchor, pre, end) = ("", "", 0, Math.Min(html.Length, MaxHtml));
        for (var i = 0; i < end;)
        {
            var target = heading ?? (pre > 0 ? code : text);
            if (html[i] != '<' || i + 1 >= end || !(char.IsAsciiLetter(html[i + 1]) || html[i + 1] is '/' or '!' or '?'))
            {
                var next = html.IndexOf('<', i + 1, end - i - 1);
                if (next < 0) next = end;
                Append(target, html.AsSpan(i, next - i), pre > 0);
                i = next;
                continue;
            }

            if (html.AsSpan(i, end - i).StartsWith("<!--", StringComparison.Ordinal))
            {
                i = html.IndexOf("-->", i, end - i, StringComparison.Ordinal) is >= 0 and var close ? close + 3 : end;
                continue;
            }

            var tag = Tag.At(html, i, end);
            i = tag.End;
            if (!tag.IsClosing && (Unseen.Contains(tag.Name) || tag.IsHeadingLink(html)))
            {
                i = html.IndexOf("</" + tag.Name, i, end - i, StringComparison.OrdinalIgnoreCase) is >= 0 and var close ? Tag.At(html, close, end).End : i;
                continue;
            }

            if (tag.Name == "pre") pre = tag.IsClosing ? Math.Max(0, pre - 1) : pre + 1;
            if (tag.Name.Length == 2 && tag.Name[0] is 'h' or 'H' && tag.Name[1] is >= '1' and <= '6')
            {
                if (!tag.IsClosing)
                {
                    Finish();
                    (anchor, heading) = (tag.Id(html), new StringBuilder());
                    continue;
                }

                if (heading is null) continue;
                (title, heading) = (TextBuilders.Trimmed(heading), null);
            }
            else if (!Inline.Contains(tag.Name) && target.Length > 0 && target[^1] is not ('\n' or ' ')) target.Append(heading is null ? '\n' : ' ');
        }

        Finish();
        TextBuilders.Return(text);
        TextBuilders.Return(code);
        return sections;

        void Finish()
        {
            if (heading is not null) title = TextBuilders.Trimmed(heading);
            if (title.Length > 0 || text.Length > 0 || code.Length > 0) sections.Add(new TextSection(anchor, title, TextBuilders.Trimmed(text), TextBuilders.Trimmed(code)));
            (title, anchor) = ("", "");
            text.Clear();
            code.Clear();
        }
    }

    private static void Append(StringBuilder target, ReadOnlySpan<char> piece, bool isCode)
    {
        if (piece.Contains('&')) piece = WebUtility.HtmlDecode(piece.ToString());
        if (isCode)
        {
            target.Append(piece);
            return;
        }

        var isSpace = target.Length == 0 || target[^1] is ' ' or '\n';
        while (piece.Length > 0)
        {
            var word = piece.IndexOfAny(Spaces) is >= 0 and var space ? space : piece.Length;
            target.Append(piece[..word]);
            if (word == piece.Length) return;
            if (word > 0 || !isSpace) target.Append(' ');
            isSpace = true;
            piece = piece[(word + 1)..];
        }
    }

    /// <summary>A tag and where it ends: at a &gt; that is not within the quotes of an attribute.</summary>
    private readonly record struct Tag(string Name, bool IsClosing, int Start, int End)
    {
        public static Tag At(string html, int start, int limit)
        {
            var isClosing = start + 1 < limit && html[start + 1] == '/';
            var i = start + (isClosing ? 2 : 1);
            var nameStart = i;
            while (i < limit && (char.IsAsciiLetterOrDigit(html[i]) || html[i] == '-')) i++;
            var name = html.AsSpan(nameStart, i - nameStart);
            while (html.AsSpan(i, limit - i).IndexOfAny('>', '"', '\'') is >= 0 and var next)
            {
                i += next;
                if (html[i] == '>') return new Tag(Known(name), isClosing, start, i + 1);
                if (html[i - 1] == '=')
                {
                    var close = html.AsSpan(i + 1, limit - i - 1).IndexOf(html[i]);
                    if (close < 0) break;
                    i += close + 1;
                }

                i++;
            }

            return new Tag(Known(name), isClosing, start, limit);
        }

        /// <summary>True for the sign beside a heading that leads to itself.</summary>
        public bool IsHeadingLink(string html) => Name == "a" && html.AsSpan(Start, End - Start).Contains("class=\"anchor\"", StringComparison.Ordinal);

        /// <summary>The value of the attribute <c>id</c>; empty without one.</summary>
        public string Id(string html)
        {
            var tag = html.AsSpan(Start, End - Start);
            if (tag.IndexOf(" id=\"", StringComparison.OrdinalIgnoreCase) is not (>= 0 and var at)) return "";
            var value = tag[(at + 5)..];
            return value.IndexOf('"') is >= 0 and var close ? WebUtility.HtmlDecode(value[..close].ToString()) : "";
        }

        // The names that nearly all tags have, so that no text is made for each.
        private static string Known(ReadOnlySpan<char> name) => name switch
        {
            "p" => "p",
            "span" => "span",
            "code" => "code",
            "a" => "a",
            "strong" => "strong",
            "em" => "em",
            "li" => "li",
            "td" => "td",
            "pre" => "pre",
            "h2" => "h2",
            "h3" => "h3",
            _ => name.ToString(),
        };
    }
}

/// <summary>What stands under one heading.</summary>
/// <param name="Anchor">The heading's id; empty for the text before the first heading, and for a heading without.</param>
/// <param name="Heading">Its text; empty before the first heading.</param>
/// <param name="Text">Prose, its blocks parted by line breaks.</param>
/// <param name="Code">What stands in code blocks.</param>
public sealed record TextSection(string Anchor, string Heading, string Text, string Code);
