using System.Xml;
using System.Xml.Linq;

namespace Blog.Content.Mathematics;

/// <summary>Keeps of what KaTeX makes only what is MathML Core or near it: no address, no style, no handler, whatever TeX asked for.</summary>
internal static class MathMarkup
{
    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal)
    {
        "math", "semantics", "annotation", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "mstyle", "merror", "mpadded", "mphantom", "menclose",
        "msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "none", "mtable", "mtr", "mtd", "mlabeledtr",
    };

    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "display", "encoding", "mathvariant", "mathcolor", "mathbackground", "mathsize", "scriptlevel", "displaystyle", "stretchy", "fence", "separator", "lspace", "rspace", "minsize", "maxsize", "movablelimits", "largeop",
        "symmetric", "accent", "accentunder", "linethickness", "width", "height", "depth", "voffset", "notation", "columnalign", "columnspacing", "columnlines", "rowspacing", "rowlines", "rowalign", "side", "form", "linebreak", "dir",
    };

    /// <summary>The <c>math</c> element in KaTeX's output; null when there is none, or an element that is no mathematics.</summary>
    public static string? Clean(string html)
    {
        try
        {
            var math = XElement.Parse(html, LoadOptions.PreserveWhitespace).DescendantsAndSelf().FirstOrDefault(element => element.Name.LocalName == "math");
            if (math is null || math.DescendantsAndSelf().Any(element => !Elements.Contains(element.Name.LocalName))) return null;
            foreach (var element in math.DescendantsAndSelf())
            {
                element.Name = element.Name.LocalName;
                element.ReplaceAttributes(element.Attributes().Where(attribute => Attributes.Contains(attribute.Name.LocalName)).ToList());
            }

            return math.ToString(SaveOptions.DisableFormatting);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
