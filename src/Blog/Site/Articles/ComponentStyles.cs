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
        for (var at = html.IndexOf(Attribute, StringComparison.Ordinal); at >= 0; at = html.IndexOf(Attribute, at + Attribute.Length, StringComparison.Ordinal))
            if (Marks().IsMatch(Value(html.AsSpan(at + Attribute.Length)))) return true;
        return false;
    }

    private static ReadOnlySpan<char> Value(ReadOnlySpan<char> html)
    {
        var value = html is ['"' or '\'', ..] ? html[1..] : html;
        var end = value.IndexOfAny('"', '\'', '>');
        return end < 0 ? value : value[..end];
    }

    // The first word of a class is enough: authors may use the classes, too, and a page that loads the sheet for nothing has lost little.
    [GeneratedRegex("""\b(?:tabs?|steps?|embed|tweet|math|diagram|zoom|term|profile|lessons?|pager|archive|cards?|faces?|strip|masthead)\b""")]
    private static partial Regex Marks();
}
