using System.Text.RegularExpressions;

namespace Blog.Site.Articles;

/// <summary>Whether a text has something whose style stands in the second style sheet.</summary>
internal static partial class ComponentStyles
{
    public static bool AreIn(string html) => Marks().IsMatch(html);

    // The first word of a class is enough: authors may use the classes, too, and a page that loads the sheet for nothing has lost little.
    [GeneratedRegex("""<math|class=["']?[^"'>]*\b(?:tabs?|steps?|embed|tweet|math|diagram|zoom|term|profile|lessons?|pager|archive|cards?|faces?|strip|masthead)\b""")]
    private static partial Regex Marks();
}
