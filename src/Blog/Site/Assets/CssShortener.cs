using System.Text;

namespace Blog.Site.Assets;

/// <summary>CSS without comments and the white space that means nothing. It knows strings and nothing else of the language, so that no new syntax is foreign to it.</summary>
internal static class CssShortener
{
    // Where no space is needed: after a colon, too, but before one it makes a descendant.
    private const string NoneBefore = "{};,", NoneAfter = "{};,:";

    public static string Shorten(string css)
    {
        var text = new StringBuilder(css.Length);
        for (var at = 0; at < css.Length;)
        {
            var end = EndOfPart(css, at);
            if (css[at] is '"' or '\'') text.Append(css, at, end - at);
            else if (IsGap(css, at)) AddSpace(text, css, end);
            else Add(text, css[at]);
            at = end;
        }

        return text.ToString();
    }

    private static bool IsGap(string css, int at) => char.IsWhiteSpace(css[at]) || css.AsSpan(at).StartsWith("/*");

    /// <summary>A string, a comment with the space around it, or one sign.</summary>
    private static int EndOfPart(string css, int at)
    {
        if (css[at] is '"' or '\'')
        {
            var quote = css[at++];
            while (at < css.Length && css[at] != quote) at += css[at] == '\\' ? 2 : 1;
            return Math.Min(at + 1, css.Length);
        }

        if (!IsGap(css, at)) return at + 1;
        while (at < css.Length && IsGap(css, at))
        {
            if (css[at] != '/') at++;
            else at = css.IndexOf("*/", at + 2, StringComparison.Ordinal) is >= 0 and var close ? close + 2 : css.Length;
        }

        return at;
    }

    private static void AddSpace(StringBuilder text, string css, int next)
    {
        if (text.Length > 0 && next < css.Length && !NoneAfter.Contains(text[^1]) && !NoneBefore.Contains(css[next])) text.Append(' ');
    }

    private static void Add(StringBuilder text, char sign)
    {
        if (sign == '}' && text.Length > 0 && text[^1] == ';') text.Length--;
        text.Append(sign);
    }
}
