using System.Buffers;
using System.Text.RegularExpressions;

namespace Blog.Site.Articles;

/// <summary>What the HTML of a body has that something must be done for.</summary>
[Flags]
internal enum BodyFeatures
{
    None = 0,

    /// <summary>Pictures, to be shown in all their formats and sizes.</summary>
    Pictures = 1,

    /// <summary>Code in a language, to be coloured.</summary>
    Code = 2,

    /// <summary>Diagrams, which are drawn in a frame.</summary>
    Diagrams = 4,

    /// <summary>Something from elsewhere that can be played.</summary>
    Players = 8,

    /// <summary>Pictures with a larger view.</summary>
    Zoom = 16,

    /// <summary>Something whose style stands in the second style sheet.</summary>
    Parts = 32,
}

/// <summary>Finds what a body has: all at once, since a long text takes longer to look through than anything that is in it.</summary>
internal static partial class BodyFeatureFinder
{
    private const string Class = "class=";

    private static readonly SearchValues<string> Marks = SearchValues.Create([Class, "<img", "<math", " data-embed=\""], StringComparison.OrdinalIgnoreCase);

    /// <summary>What is in the HTML. What only looks like it, as in a comment, counts too: a page that is ready for nothing has lost little.</summary>
    public static BodyFeatures In(string html)
    {
        var features = BodyFeatures.None;
        // Behind which no class was looked at yet.
        var seen = 0;
        for (var (at, found) = (0, 0); (found = html.AsSpan(at).IndexOfAny(Marks)) >= 0; at++)
        {
            at += found;
            features |= html[at] switch
            {
                ' ' => BodyFeatures.Players,
                '<' => html[at + 1] is 'i' or 'I' ? BodyFeatures.Pictures : BodyFeatures.Parts,
                _ => OfClass(html, at, ref seen),
            };
        }

        return features;
    }

    private static BodyFeatures OfClass(string html, int at, ref int seen)
    {
        var start = at + Class.Length;
        if (start < html.Length && html[start] is '"' or '\'') start++;
        // Within a value that was looked at there is nothing new.
        if (start < seen) return BodyFeatures.None;
        var length = html.AsSpan(start).IndexOfAny('"', '\'', '>');
        seen = length < 0 ? html.Length : start + length;
        var value = html.AsSpan(start, seen - start);
        var features = Styled().IsMatch(value) ? BodyFeatures.Parts : BodyFeatures.None;
        if (value.StartsWith("language-", StringComparison.Ordinal)) features |= BodyFeatures.Code;
        if (value is "zoom") features |= BodyFeatures.Zoom;
        if (value is "diagram" && html.AsSpan(0, at).EndsWith("<figure ", StringComparison.Ordinal)) features |= BodyFeatures.Diagrams;
        return features;
    }

    // The first word of a class is enough: authors may use the classes, too.
    [GeneratedRegex("""\b(?:tabs?|steps?|embed|tweet|math|diagram|zoom|term|profile|lessons?|pager|archive|cards?|faces?|strip|masthead)\b""")]
    private static partial Regex Styled();
}
