using NetVips;

namespace Blog.Images;

/// <summary>Makes a variant of a picture: turned upright, in sRGB, scaled, and without anything that the camera or program noted.</summary>
internal static class VariantMaker
{
    // Beyond them, “restore as it was” and the like; of these three the encoder takes six times as long for a file as large.
    private const int AvifEffort = 3;

    /// <summary>The variant's bytes.</summary>
    /// <param name="file">The picture.</param>
    /// <param name="picture">What is known of it.</param>
    /// <param name="width">In pixels; null for the picture as a whole.</param>
    /// <param name="extension">Its format.</param>
    /// <exception cref="VipsException">It can't be decoded.</exception>
    public static byte[] Make(byte[] file, Picture picture, int? width, string extension)
    {
        if (picture.Format == PictureFormat.Svg) return width is null ? Cleaned(file) : Rasterised(Cleaned(file), width.Value, PictureVariants.HeightFor(picture, width.Value));
        if (width is not { } pixels) return file;
        // Text and lines keep their colours only where these are as fine as the light.
        var isDrawn = picture.Format is PictureFormat.Png or PictureFormat.Gif;
        using var scaled = NetVips.Image.ThumbnailBuffer(file, pixels, height: PictureVariants.HeightFor(picture, pixels), size: Enums.Size.Force, outputProfile: "srgb", failOn: Enums.FailOn.Truncated);
        using var srgb = scaled.Interpretation is Enums.Interpretation.Srgb or Enums.Interpretation.Bw ? scaled.Copy() : scaled.Colourspace(Enums.Interpretation.Srgb);
        using var image = srgb.Cast(Enums.BandFormat.Uchar);
        return extension switch
        {
            "avif" => image.HeifsaveBuffer(q: isDrawn ? 60 : 52, compression: Enums.ForeignHeifCompression.Av1, effort: AvifEffort, subsampleMode: isDrawn ? Enums.ForeignSubsample.Off : Enums.ForeignSubsample.On, keep: Enums.ForeignKeep.None),
            "webp" => image.WebpsaveBuffer(q: isDrawn ? 84 : 78, smartSubsample: isDrawn, alphaQ: 90, effort: 4, keep: Enums.ForeignKeep.None),
            "png" => image.PngsaveBuffer(compression: 9, keep: Enums.ForeignKeep.None),
            _ => image.JpegsaveBuffer(q: 80, interlace: true, optimizeCoding: true, keep: Enums.ForeignKeep.None),
        };
    }

    private static byte[] Cleaned(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return Svg.Read(stream).Cleaned();
    }

    /// <summary>A drawing on white: networks that show link previews know no SVG.</summary>
    private static byte[] Rasterised(byte[] drawing, int width, int height)
    {
        using var image = NetVips.Image.ThumbnailBuffer(drawing, width, height: height, size: Enums.Size.Force);
        using var flat = image.HasAlpha() ? image.Flatten(background: [255.0]) : image.Copy();
        return flat.PngsaveBuffer(compression: 9, keep: Enums.ForeignKeep.None);
    }
}
