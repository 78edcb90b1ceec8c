using System.Text.RegularExpressions;

namespace Blog.Site.Articles;

/// <summary>Whether a text has something whose style stands in the second style sheet.</summary>
internal static partial class ComponentStyles
{
    private const string Attribute = "class=";

    public static bool AreIn(string html)
    {
        if (html.Contains("<math", StringComparison.Ordinal)) return true;
        // To be led by the attributes is several times quicker than an expression that looks at each tag.
        for (var at = html.IndexOf(Attribute, StringComparison.Ordinal); at >= 0;)
        {
            var start = at + Attribute.Length;
            if (start < html.Length && html[start] is '"' or '\'') start++;
            var length = html.AsSpan(start).IndexOfAny('"', '\'', '>');
            var end = length < 0 ? html.Length : start + length;
            if (Marks().IsMatch(html.AsSpan(start, end - start))) return true;
            // What else begins in this value ends with it, but for one whose quote ended it. So a long text of nothing else is read once.
            at = html.IndexOf(Attribute, Math.Max(start, end - Attribute.Length), StringComparison.Ordinal);
        }

        return false;
    }

    // The first word of a class is enough: authors may use the classes, too, and a page that loads the sheet for nothing has lost little.
    [GeneratedRegex("""\b(?:tabs?|steps?|embed|tweet|math|diagram|zoom|term|profile|lessons?|pager|archive|cards?|faces?|strip|masthead)\b""")]
    private static partial Regex Marks();
}
