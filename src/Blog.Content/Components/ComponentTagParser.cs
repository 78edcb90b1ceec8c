namespace Blog.Content.Components;

/// <summary>Reads one tag by the grammar of JSX as far as MDX uses it: <c>&lt;Name a="1" b={2} c {...rest} /&gt;</c>, over several lines if need be.</summary>
internal static class ComponentTagParser
{
    private const int NeverEnds = -2;

    /// <summary>The tag at <paramref name="start"/>, or null when there is none. Its name may be lower-case; the caller decides what to do with it.</summary>
    /// <param name="text">The body.</param>
    /// <param name="start">Where the <c>&lt;</c> is.</param>
    /// <param name="maxLength">The longest tag that is read.</param>
    /// <param name="reached">How far was read to find out.</param>
    public static ComponentTag? Read(string text, int start, int maxLength, out int reached)
    {
        var limit = Math.Min(text.Length, start + maxLength);
        var i = start + 1;
        var tag = Read(text, start, ref i, limit);
        reached = i;
        return tag;
    }

    private static ComponentTag? Read(string text, int start, ref int i, int limit)
    {
        var closes = i < limit && text[i] == '/';
        if (closes) i++;
        var nameStart = i;
        if (i >= limit || !char.IsAsciiLetter(text[i])) return null;
        while (i < limit && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '.' or '-')) i++;
        var name = text[nameStart..i];
        if (closes)
        {
            i = SkipSpace(text, i, limit);
            return i < limit && text[i] == '>' ? new ComponentTag(name, TagRole.Close, [], start, i + 1) : null;
        }

        var attributes = new List<ComponentAttribute>();
        while (true)
        {
            var space = SkipSpace(text, i, limit);
            i = Math.Min(space, limit);
            if (space >= limit) return null;
            if (text[space] == '>') return new ComponentTag(name, TagRole.Open, attributes, start, space + 1);
            if (text[space] == '/')
            {
                var end = SkipSpace(text, space + 1, limit);
                return end < limit && text[end] == '>' ? new ComponentTag(name, TagRole.SelfClosing, attributes, start, end + 1) : null;
            }

            // An attribute needs space before it, as in HTML: <https://x> and <a+b> are no tags.
            if (!char.IsWhiteSpace(text[space - 1]) || attributes.Count >= 100) return null;
            var next = ReadAttribute(text, space, limit, attributes);
            if (next == NeverEnds) i = limit;
            if (next < 0) return null;
            i = next;
        }
    }

    /// <summary>Where an attribute ends; negative when it is none, or <see cref="NeverEnds"/>.</summary>
    private static int ReadAttribute(string text, int i, int limit, List<ComponentAttribute> attributes)
    {
        if (text[i] == '{')
        {
            // A spread or a comment between attributes: nothing that could be worked out here.
            return Braces(text, i, limit) is > 0 and var behind ? behind : NeverEnds;
        }

        var start = i;
        while (i < limit && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '-' or ':' or '.' or '@' or '$')) i++;
        if (i == start) return -1;
        var name = text[start..i];
        var equals = SkipSpace(text, i, limit);
        if (equals >= limit || text[equals] != '=')
        {
            attributes.Add(new ComponentAttribute(name, ""));
            return i;
        }

        i = SkipSpace(text, equals + 1, limit);
        if (i >= limit) return NeverEnds;
        switch (text[i])
        {
            case '"' or '\'':
                var quote = text.IndexOf(text[i], i + 1, limit - i - 1);
                if (quote < 0) return NeverEnds;
                attributes.Add(new ComponentAttribute(name, OnOneLine(System.Net.WebUtility.HtmlDecode(CleanText.Of(text[(i + 1)..quote])))));
                return quote + 1;
            case '{':
                var end = Braces(text, i, limit);
                if (end < 0) return NeverEnds;
                attributes.Add(new ComponentAttribute(name, Literal(text.AsSpan(i + 1, end - i - 2))));
                return end;
            default:
                var from = i;
                while (i < limit && !char.IsWhiteSpace(text[i]) && text[i] is not ('"' or '\'' or '<' or '>' or '=' or '`' or '{')
                       && !(text[i] == '/' && i + 1 < limit && text[i + 1] == '>')) i++;
                if (i == from) return -1;
                attributes.Add(new ComponentAttribute(name, text[from..i]));
                return i;
        }
    }

    /// <summary>The end of a braced expression, with nested braces, strings and comments passed over; -1 when it never ends.</summary>
    internal static int Braces(string text, int start, int limit)
    {
        var depth = 0;
        for (var i = start; i < limit; i++)
        {
            switch (text[i])
            {
                case '{':
                    depth++;
                    break;
                case '}' when --depth == 0:
                    return i + 1;
                case '"' or '\'' or '`':
                    var close = i + 1;
                    while (close < limit && text[close] != text[i] && (text[close] != '\n' || text[i] == '`')) close += text[close] == '\\' ? 2 : 1;
                    // An apostrophe in a comment or in text is no string.
                    if (close < limit && text[close] == text[i]) i = close;
                    break;
                case '/' when i + 1 < limit && text[i + 1] == '*':
                    var end = text.IndexOf("*/", i + 2, limit - i - 2, StringComparison.Ordinal);
                    if (end < 0) return -1;
                    i = end + 1;
                    break;
            }
        }

        return -1;
    }

    /// <summary>The value of an expression that is a string, number or truth value; null for any other.</summary>
    internal static string? Literal(ReadOnlySpan<char> expression)
    {
        expression = expression.Trim();
        if (expression.Length >= 2 && expression[0] is '"' or '\'' or '`' && expression[^1] == expression[0])
        {
            var inner = expression[1..^1];
            return inner.Contains(expression[0]) || (expression[0] == '`' && inner.Contains("${", StringComparison.Ordinal)) ? null : CleanText.Of(inner.ToString());
        }

        return expression is "true" or "false" || double.TryParse(expression, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _) ? expression.ToString() : null;
    }

    private static string OnOneLine(string value) =>
        value.Contains('\n', StringComparison.Ordinal) ? string.Join(' ', value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) : value;

    private static int SkipSpace(string text, int i, int limit)
    {
        while (i < limit && char.IsWhiteSpace(text[i])) i++;
        return i;
    }
}
