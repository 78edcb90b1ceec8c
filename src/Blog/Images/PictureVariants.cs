using Blog.Content;

namespace Blog.Images;

/// <summary>Which sizes and formats of a picture there are, and their addresses: no others can be asked for.</summary>
internal static class PictureVariants
{
    /// <summary>Width of the pictures in link previews: what social networks show.</summary>
    public const int ShareWidth = 1200;

    // Steps of a third to a half: a browser then fetches at most about twice the pixels that it shows.
    private static readonly int[] Widths = [320, 480, 640, 960, 1280, 1920, 2560];

    // Avatars and logos, for screens of one and of two pixels a CSS pixel.
    private static readonly int[] SmallWidths = [96, 192];

    /// <summary>The formats that most browsers read, best first. For the others there is <see cref="FallbackExtension"/>.</summary>
    public static readonly IReadOnlyList<string> Modern = ["avif", "webp"];

    /// <summary>True for what has variants: anything but drawings, moving pictures and what can't be decoded.</summary>
    public static bool Has(Picture picture) => picture is { IsWhole: true, IsAnimated: false, Width: > 0 } && picture.Format != PictureFormat.Svg && Vips.Trouble is null;

    /// <summary>True for what is served whole under an address of its content: drawings, cleaned, and moving pictures, as they are.</summary>
    public static bool IsServedWhole(Picture picture) => picture.IsWhole && (picture.Format == PictureFormat.Svg || picture.IsAnimated);

    /// <summary>The widths for pictures in articles and lists, in order: never more than the picture has.</summary>
    public static IReadOnlyList<int> WidthsOf(Picture picture)
    {
        var largest = Math.Min(picture.Width, Widths[^1]);
        // The picture's own width stands for a step that is nearly as wide.
        return [.. Widths.Where(width => width < largest * 0.9), largest];
    }

    /// <summary>The widths for avatars and logos.</summary>
    public static IReadOnlyList<int> SmallWidthsOf(Picture picture) => [.. SmallWidths.Where(width => width < picture.Width), .. picture.Width <= SmallWidths[^1] ? [picture.Width] : Array.Empty<int>()];

    /// <summary>The width for browsers that know none of <see cref="Modern"/>, and for feeds.</summary>
    public static int FallbackWidth(Picture picture) => WidthsOf(picture).Last(width => width <= 1280 || width == WidthsOf(picture)[0]);

    /// <summary>The width in link previews. A drawing is as wide as one wishes.</summary>
    public static int ShareWidthOf(Picture picture) => picture.Format == PictureFormat.Svg ? ShareWidth : Math.Min(picture.Width, ShareWidth);

    /// <summary>True when there is a variant for link previews. Of a drawing that is very tall there is none.</summary>
    public static bool CanBeShared(Picture picture) => Has(picture) || (picture is { Format: PictureFormat.Svg, Width: > 0 } && picture.Height <= 2 * picture.Width && Vips.Trouble is null);

    /// <summary>JPEG for photographs, PNG for what has sharp edges or lets something show through.</summary>
    public static string FallbackExtension(Picture picture) => picture.HasAlpha || picture.Format is PictureFormat.Png or PictureFormat.Gif or PictureFormat.Svg ? "png" : "jpg";

    /// <summary>True when there is such a variant.</summary>
    /// <param name="picture">Of this one.</param>
    /// <param name="width">In pixels; null for the picture as a whole.</param>
    /// <param name="extension">Without a dot.</param>
    public static bool Exists(Picture picture, int? width, string extension)
    {
        if (width is not { } pixels) return IsServedWhole(picture) && extension == picture.Format.Extension();
        if (picture.Format == PictureFormat.Svg) return extension == "png" && pixels == ShareWidthOf(picture) && CanBeShared(picture);
        if (!Has(picture)) return false;
        if (Modern.Contains(extension)) return WidthsOf(picture).Contains(pixels) || SmallWidthsOf(picture).Contains(pixels);
        return extension == FallbackExtension(picture)
            && (pixels == FallbackWidth(picture) || pixels == WidthsOf(picture)[^1] || pixels == ShareWidthOf(picture) || pixels == SmallWidthsOf(picture).LastOrDefault());
    }

    /// <summary>The address of a variant.</summary>
    public static string Url(Picture picture, int width, string extension) => Permalinks.ForPicture(picture.Hash, width, extension);

    /// <summary>The address of a picture that is served whole.</summary>
    public static string WholeUrl(Picture picture) => Permalinks.ForPicture(picture.Hash, null, picture.Format.Extension());

    /// <summary>The height that belongs to a width.</summary>
    public static int HeightFor(Picture picture, int width) => Math.Max(1, (int)Math.Round((double)picture.Height * width / picture.Width));
}
