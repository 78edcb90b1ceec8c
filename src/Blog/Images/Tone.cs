using System.Globalization;
using NetVips;

namespace Blog.Images;

/// <summary>
/// The colour that most of a picture has, for the room that it will fill: lightness, chroma and hue of OKLCH, each in a few steps, so that the style sheet can name them all.
/// Written as in <c>3-1-7</c>; <c>picture.css</c> has the same steps.
/// </summary>
internal static class Tone
{
    private const int LightnessSteps = 7;
    private const int HueSteps = 12;
    private const int Side = 24;

    /// <summary>The tone of the picture in a file.</summary>
    /// <exception cref="VipsException">It can't be decoded to its end.</exception>
    public static string Of(string fullPath)
    {
        using var small = NetVips.Image.Thumbnail(fullPath, Side, height: Side, outputProfile: "srgb", failOn: Enums.FailOn.Truncated);
        using var srgb = small.Interpretation == Enums.Interpretation.Srgb ? small.Copy() : small.Colourspace(Enums.Interpretation.Srgb);
        using var bytes = srgb.Cast(Enums.BandFormat.Uchar);
        return Of(bytes.WriteToMemory<byte>(), bytes.Bands);
    }

    private static string Of(byte[] pixels, int bands)
    {
        // The fullest of 64 boxes of similar colours, and the mean of what is in it.
        var boxes = new (int Count, int Red, int Green, int Blue)[64];
        for (var i = 0; i + bands <= pixels.Length; i += bands)
        {
            var (red, green, blue) = bands >= 3 ? (pixels[i], pixels[i + 1], pixels[i + 2]) : (pixels[i], pixels[i], pixels[i]);
            ref var box = ref boxes[(red >> 6 << 4) | (green >> 6 << 2) | (blue >> 6)];
            box = (box.Count + 1, box.Red + red, box.Green + green, box.Blue + blue);
        }

        var fullest = boxes.MaxBy(box => box.Count);
        return Steps(fullest.Red / 255.0 / fullest.Count, fullest.Green / 255.0 / fullest.Count, fullest.Blue / 255.0 / fullest.Count);
    }

    /// <summary>By the conversion of CSS Color 4, section 9.2, from sRGB to OKLab.</summary>
    private static string Steps(double red, double green, double blue)
    {
        var (r, g, b) = (Linear(red), Linear(green), Linear(blue));
        var l = Math.Cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        var m = Math.Cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        var s = Math.Cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        var lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
        var (x, y) = (1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s);
        var chroma = Math.Sqrt(x * x + y * y);
        var hue = (Math.Atan2(y, x) * 180 / Math.PI + 360) % 360;
        var steps = (
            Lightness: Math.Clamp((int)(lightness * LightnessSteps), 0, LightnessSteps - 1),
            Chroma: chroma < 0.02 ? 0 : chroma < 0.075 ? 1 : 2,
            Hue: chroma < 0.02 ? 0 : (int)Math.Round(hue / (360 / HueSteps)) % HueSteps);
        return string.Create(CultureInfo.InvariantCulture, $"{steps.Lightness}-{steps.Chroma}-{steps.Hue}");
    }

    private static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
}
