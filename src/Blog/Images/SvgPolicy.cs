using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Blog.Images;

/// <summary>What an SVG drawing may say: shapes, text, paint and movement. Nothing that runs, and nothing that is fetched from elsewhere.</summary>
internal static partial class SvgPolicy
{
    private static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";

    private static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    // The elements of SVG 1.1 and 2, without script and those of HTML that SVG 2 takes in.
    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal)
    {
        "a", "animate", "animateMotion", "animateTransform", "circle", "clipPath", "defs", "desc", "ellipse", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting",
        "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight",
        "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "filter", "font", "font-face", "foreignObject", "g", "glyph", "hkern", "image", "line", "linearGradient", "marker", "mask", "metadata", "missing-glyph", "mpath", "path", "pattern",
        "polygon", "polyline", "radialGradient", "rect", "set", "stop", "style", "svg", "switch", "symbol", "text", "textPath", "title", "tref", "tspan", "use", "view", "vkern",
    };

    // Text that programs for diagrams write in HTML.
    private static readonly HashSet<string> HtmlElements = new(StringComparer.Ordinal) { "b", "br", "code", "div", "em", "i", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "tr", "u", "ul" };

    private static readonly HashSet<string> HtmlAttributes = new(StringComparer.Ordinal) { "class", "dir", "lang", "style" };

    private static readonly HashSet<string> Moving = new(StringComparer.Ordinal) { "animate", "animateTransform", "set" };

    /// <summary>The drawing with everything taken out that the list lacks.</summary>
    public static XElement Clean(XElement element)
    {
        var clean = new XElement(element.Name, element.Attributes().Where(attribute => IsAllowed(element, attribute)).Select(Cleaned));
        foreach (var node in element.Nodes())
        {
            if (node is XText text) clean.Add(new XText(element.Name.LocalName == "style" ? Css(element.Value) : text.Value));
            // What other programs leave for themselves is nothing to see.
            else if (node is XElement child && IsAllowed(child) && !IsHarmful(child)) clean.Add(Clean(child));
            if (element.Name.LocalName == "style") break;
        }

        return clean;
    }

    private static bool IsAllowed(XElement element) =>
        element.Name.Namespace == Svg.Namespace ? Elements.Contains(element.Name.LocalName) : element.Name.Namespace == Html && HtmlElements.Contains(element.Name.LocalName);

    /// <summary>True for a movement that would put an address or a handler where none may be.</summary>
    private static bool IsHarmful(XElement element) =>
        Moving.Contains(element.Name.LocalName) && ((string?)element.Attribute("attributeName") is not { } name || name.EndsWith("href", StringComparison.OrdinalIgnoreCase) || IsHandler(name) || name.Trim() != name);

    private static bool IsAllowed(XElement element, XAttribute attribute)
    {
        var name = attribute.Name;
        if (attribute.IsNamespaceDeclaration) return true;
        if (element.Name.Namespace == Html) return name.Namespace == XNamespace.None && HtmlAttributes.Contains(name.LocalName);
        if (name.LocalName == "href" && (name.Namespace == XNamespace.None || name.Namespace == XLink)) return IsAllowedAddress(element.Name.LocalName, attribute.Value);
        if (name.Namespace == XNamespace.Xml) return name.LocalName is "space" or "lang";
        return name.Namespace == XNamespace.None && !IsHandler(name.LocalName) && name.LocalName is not ("src" or "ping" or "target" or "download");
    }

    private static bool IsHandler(string name) => name.StartsWith("on", StringComparison.OrdinalIgnoreCase);

    /// <summary>A part of the drawing itself; in a picture also one that is written out.</summary>
    private static bool IsAllowedAddress(string element, string address) =>
        address.TrimStart().StartsWith('#') || (element is "image" or "feImage" && WrittenOut().IsMatch(address));

    private static XAttribute Cleaned(XAttribute attribute) =>
        attribute.IsNamespaceDeclaration || !attribute.Value.Contains('(', StringComparison.Ordinal) && !attribute.Value.Contains('\\', StringComparison.Ordinal) ? attribute : new XAttribute(attribute.Name, Css(attribute.Value));

    /// <summary>Style without addresses but those within the drawing. With escapes, by which an address could be hidden, nothing of it is left.</summary>
    private static string Css(string css) => css.Contains('\\', StringComparison.Ordinal) ? "" : ForeignAddress().Replace(Import().Replace(Comment().Replace(css, ""), ""), "none");

    [GeneratedRegex(@"^\s*data:image/(png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex WrittenOut();

    [GeneratedRegex(@"(url|src)\s*\(\s*[""']?\s*(?!\s|[""'#])[^)]*\)?|(-webkit-)?(image-set|cross-fade|image)\s*\([^)]*\)?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex ForeignAddress();

    [GeneratedRegex(@"@import[^;]*;?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Import();

    [GeneratedRegex(@"/\*[\s\S]*?(\*/|$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Comment();
}
