namespace Blog.Site.Images;

/// <summary>A tag in HTML.</summary>
/// <param name="Start">Index of its <c>&lt;</c>.</param>
/// <param name="End">Index behind its <c>&gt;</c>.</param>
/// <param name="Name">In lower case.</param>
/// <param name="IsEnd">True for <c>&lt;/name&gt;</c>.</param>
/// <param name="Attributes">Those of a tag that was asked for; empty for others. Values as written, with their character references.</param>
internal sealed record HtmlTag(int Start, int End, string Name, bool IsEnd, IReadOnlyList<(string Name, string Value)> Attributes)
{
    /// <summary>The decoded value of an attribute; null where it is missing.</summary>
    public string? this[string name] => Attributes.FirstOrDefault(attribute => attribute.Name == name).Value is { } value ? System.Net.WebUtility.HtmlDecode(value) : null;
}

/// <summary>
/// Finds the tags in HTML as a browser does (HTML Standard, section 13.2.5), so that what only looks like one is passed over: in a comment, an attribute's value or a script.
/// A page shows many pictures; to build a tree of it would cost more than all else that it takes.
/// </summary>
internal static class HtmlTags
{
    // Of names that anybody asks for, or that matter.
    private const int LongestName = 16;

    // What is between their tags is text to a browser.
    private static readonly HashSet<string> Raw = new(StringComparer.Ordinal) { "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext" };

    /// <summary>The tags of these names, in order.</summary>
    public static IEnumerable<HtmlTag> In(string html, HashSet<string> names)
    {
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at < html.Length; at = at < html.Length ? html.IndexOf('<', at) : -1)
        {
            var next = at + 1 < html.Length ? html[at + 1] : ' ';
            if (next is '!' or '?')
            {
                at = EndOfComment(html, at);
                continue;
            }

            var isEnd = next == '/';
            var name = at + (isEnd ? 2 : 1);
            if (name >= html.Length || !char.IsAsciiLetter(html[name]))
            {
                at += 1;
                continue;
            }

            var end = name;
            while (end < html.Length && html[end] is not ('>' or '/') && !IsSpace(html[end])) end++;
            var (wanted, raw) = (Known(names, html.AsSpan(name, end - name)), isEnd ? null : Known(Raw, html.AsSpan(name, end - name)));
            var attributes = wanted is not null && !isEnd ? new List<(string, string)>() : null;
            var behind = attributes is null ? BehindTag(html, end) : EndOfTag(html, end, attributes);
            // A tag that never ends is none.
            if (behind < 0) yield break;
            if (wanted is not null) yield return new HtmlTag(at, behind, wanted, isEnd, attributes ?? []);
            at = raw is null ? behind : EndOfRaw(html, behind, raw);
        }
    }

    /// <summary>The one of some names that this is, in whatever case; null for none.</summary>
    private static string? Known(HashSet<string> names, ReadOnlySpan<char> name)
    {
        if (name.Length > LongestName) return null;
        Span<char> lower = stackalloc char[LongestName];
        return names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(lower[..name.ToLowerInvariant(lower)], out var known) ? known : null;
    }

    /// <summary>Index behind a tag whose attributes nobody wants, which are most; -1 where it never ends.</summary>
    private static int BehindTag(string html, int start)
    {
        for (var at = start; ;)
        {
            var found = html.AsSpan(at).IndexOfAny('>', '=');
            if (found < 0) return -1;
            at += found;
            if (html[at] == '>') return at + 1;
            // Where it may be that the sign begins a name, each is looked at.
            if (at + 1 >= html.Length || html[at + 1] is not ('"' or '\'') || !char.IsAsciiLetter(html[at - 1])) return EndOfTag(html, start, null);
            at = html.IndexOf(html[at + 1], at + 2) + 1;
            if (at == 0) return -1;
        }
    }

    private static int EndOfComment(string html, int start)
    {
        if (!html.AsSpan(start).StartsWith("<!--")) return html.IndexOf('>', start) is >= 0 and var bogus ? bogus + 1 : html.Length;
        // “<!-->” and “<!--->” are whole comments.
        for (var i = start + 4; i < html.Length; i++)
            if (html[i] == '>' && (i == start + 4 || (i == start + 5 && html[i - 1] == '-') || html.AsSpan(start + 4, i - start - 4).EndsWith("--") || html.AsSpan(start + 4, i - start - 4).EndsWith("--!"))) return i + 1;
        return html.Length;
    }

    private static int EndOfRaw(string html, int from, string name)
    {
        if (name == "plaintext") return html.Length;
        for (var i = html.IndexOf("</", from, StringComparison.Ordinal); i >= 0; i = html.IndexOf("</", i + 2, StringComparison.Ordinal))
        {
            var behind = i + 2 + name.Length;
            if (behind < html.Length && html.AsSpan(i + 2, name.Length).Equals(name, StringComparison.OrdinalIgnoreCase) && (html[behind] is '>' or '/' || IsSpace(html[behind]))) return i;
        }

        return html.Length;
    }

    /// <summary>Index behind the tag; -1 where it never ends.</summary>
    private static int EndOfTag(string html, int at, List<(string, string)>? attributes)
    {
        while (at < html.Length)
        {
            if (html[at] == '>') return at + 1;
            if (IsSpace(html[at]) || html[at] == '/')
            {
                at++;
                continue;
            }

            // A name may even begin with “=”.
            var name = at++;
            while (at < html.Length && html[at] is not ('=' or '>' or '/') && !IsSpace(html[at])) at++;
            var (nameEnd, value) = (at, "");
            while (at < html.Length && IsSpace(html[at])) at++;
            if (at < html.Length && html[at] == '=')
            {
                at++;
                while (at < html.Length && IsSpace(html[at])) at++;
                if (at >= html.Length) return -1;
                var start = at;
                if (html[at] is '"' or '\'')
                {
                    at = html.IndexOf(html[at], at + 1);
                    if (at < 0) return -1;
                    value = html[(start + 1)..at++];
                }
                else
                {
                    while (at < html.Length && html[at] != '>' && !IsSpace(html[at])) at++;
                    value = html[start..at];
                }
            }

            // The first of a name counts.
            if (attributes is not null && html[name..nameEnd].ToLowerInvariant() is var lower && attributes.TrueForAll(attribute => attribute.Item1 != lower)) attributes.Add((lower, value));
        }

        return -1;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\f' or '\r';
}
