using System.Drawing;

namespace Blog.Content;

/// <summary>
/// The hue of a site: that of links and marks, and a trace of it in its paper and ink. Lightness is not part of it: the style sheet has one for each scheme,
/// so that text can be read in any colour.
/// </summary>
/// <param name="Chroma">From 0 for grey to <see cref="MostChroma"/>, in OKLCH (CSS Color 4).</param>
/// <param name="Hue">Degrees, 0 to 360.</param>
public sealed record AccentColour(double Chroma, double Hue)
{
    /// <summary>More cannot be shown at the lightness of links in either scheme.</summary>
    public const double MostChroma = 0.17;

    /// <summary>The colour that a name of CSS, or <c>#rgb</c> or <c>#rrggbb</c>, means; null for anything else.</summary>
    public static AccentColour? Parse(string text)
    {
        text = text.Trim();
        Color colour;
        if (text.StartsWith('#') && text.Length is 4 or 7 && text[1..].All(char.IsAsciiHexDigit)) colour = ColorTranslator.FromHtml(text);
        else if (text.Length > 2 && text.All(char.IsAsciiLetter) && Color.FromName(text) is { IsKnownColor: true, IsSystemColor: false } named) colour = named;
        else return null;
        return From(colour);
    }

    /// <summary>By the matrices of Oklab, as CSS Color 4 gives them for sRGB.</summary>
    private static AccentColour From(Color colour)
    {
        var (red, green, blue) = (Linear(colour.R), Linear(colour.G), Linear(colour.B));
        var l = Math.Cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
        var m = Math.Cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
        var s = Math.Cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
        var (a, b) = (1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s);
        var chroma = Math.Min(MostChroma, Math.Sqrt(a * a + b * b));
        return chroma < 0.004 ? new AccentColour(0, 0) : new AccentColour(Math.Round(chroma, 3), Math.Round((Math.Atan2(b, a) * 180 / Math.PI + 360) % 360, 1));
    }

    private static double Linear(byte channel) => channel / 255.0 is var value && value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
}
