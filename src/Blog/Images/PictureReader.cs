using System.Security.Cryptography;
using Blog.Content;
using NetVips;

namespace Blog.Images;

/// <summary>A picture file as read.</summary>
/// <param name="Hash">SHA-256 of the file, in lower-case hex; empty when it can't be read.</param>
/// <param name="Picture">Null for what is no picture.</param>
/// <param name="Problems">What is wrong with it.</param>
internal sealed record PictureFile(string Hash, Picture? Picture, IReadOnlyList<Problem> Problems);

/// <summary>Reads what pages need to know of a picture: its head, and a thumbnail for its colour. Never throws for what an editor may have left there.</summary>
internal static class PictureReader
{
    /// <summary>Changes when the same file would be read otherwise.</summary>
    public static string Version => Vips.Trouble is null ? "1" : "1 without libvips";

    // Of larger pictures in formats that can't be decoded small, no colour is found: it would take seconds.
    private const long MaxPixelsForTone = 24_000_000;

    /// <summary>Reads a picture.</summary>
    /// <param name="path">Its content path, for problems.</param>
    /// <param name="fullPath">Where it lies; null where it is gone or may not be read.</param>
    public static PictureFile Read(string path, string? fullPath)
    {
        var problems = new ProblemList(path);
        if (fullPath is null) return new PictureFile("", null, []);
        try
        {
            // One handle for all, so that all is said of the same file.
            using var file = new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, FileOptions.SequentialScan);
            var hash = Convert.ToHexStringLower(SHA256.HashData(file));
            file.Position = 0;
            var head = new byte[PictureFormats.HeadLength];
            var length = file.ReadAtLeast(head, head.Length, false);
            return new PictureFile(hash, Look(path, hash[..Picture.HashLength], head.AsSpan(0, length), file, problems), problems.Sorted());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Error(1, 1, "unreadable-file", $"The picture can't be read: {e.Message}", "Check that the site may read it.");
            return new PictureFile("", null, problems.Sorted());
        }
    }

    private static Picture? Look(string path, string hash, ReadOnlySpan<byte> head, FileStream file, ProblemList problems)
    {
        if (head.Length == 0) return Broken("The file is empty.", "Save the picture again.");
        if (PictureFormats.Of(head) is not { } format)
        {
            var mistaken = PictureFormats.Mistaken(head);
            return Broken(mistaken is { } what ? $"The file is {what.What}." : "The file is no picture that can be read.", mistaken?.Try ?? "Export it as JPEG, PNG, WebP, AVIF, GIF or SVG.");
        }

        if (PictureFormats.OfName(path) != format)
            problems.Warning(1, 1, "picture-extension", $"The file is {format.DisplayName()}, but its name ends in {Path.GetExtension(path)}.", $"Rename it to end in .{format.Extension()}, and what links to it.");
        if (file.Length > Vips.MaxBytes)
        {
            problems.Warning(1, 1, "picture-too-large", $"The file has {file.Length / 1024 / 1024} MB; of pictures with more than {Vips.MaxBytes / 1024 / 1024} MB no smaller ones are made.", "Save it smaller: 2,560 pixels across are enough for any screen.");
            return null;
        }

        try
        {
            var picture = new Picture { Path = path, Hash = hash, Format = format, IsWhole = true };
            return format == PictureFormat.Svg ? Drawing(picture, file, problems) : Vips.Trouble is null ? Raster(picture, head, file, problems) : null;
        }
        catch (Exception e) when (e is VipsException or System.Xml.XmlException or InvalidDataException)
        {
            return Broken($"The picture can't be read: {FirstLine(e)}", "Export it again from where it was made.");
        }

        Picture? Broken(string what, string suggestion)
        {
            problems.Error(1, 1, "broken-picture", what, suggestion);
            return null;
        }
    }

    private static Picture Drawing(Picture picture, Stream file, ProblemList problems)
    {
        file.Position = 0;
        var drawing = Svg.Read(file);
        if (drawing.Size is null) problems.Info(1, 1, "picture-without-size", "The drawing has neither width and height nor a viewBox, so that no room can be kept for it.", "Add viewBox=\"0 0 … …\" to its svg element.");
        return picture with { Width = drawing.Size?.Width ?? 0, Height = drawing.Size?.Height ?? 0, HasAlpha = true };
    }

    private static Picture Raster(Picture picture, ReadOnlySpan<byte> head, FileStream file, ProblemList problems)
    {
        using var image = NetVips.Image.NewFromFile(file.Name, access: Enums.Access.Sequential);
        var (width, height) = (image.Width, image.Height);
        // The turns by a quarter: EXIF 2.32, table 6.
        if (image.Contains("orientation") && image.Get("orientation") is int and >= 5 and <= 8) (width, height) = (height, width);
        var isAnimated = PictureFormats.IsAnimated(picture.Format, head, file) || (image.Contains("n-pages") && image.Get("n-pages") is int and > 1 && picture.Format is PictureFormat.Gif or PictureFormat.WebP);
        picture = picture with { Width = width, Height = height, IsAnimated = isAnimated, HasAlpha = image.HasAlpha() };
        if ((long)width * height > Vips.MaxPixels)
        {
            problems.Warning(1, 1, "picture-too-large", $"The picture has {width} × {height} pixels; of pictures with more than {Vips.MaxPixels / 1_000_000} million no smaller ones are made.", "Save it smaller: 2,560 pixels across are enough for any screen.");
            return picture with { IsWhole = false };
        }

        // Of a PNG that is cut short libvips makes what it can, and says nothing.
        if (picture.Format == PictureFormat.Png && !PictureFormats.HasPngEnd(file))
        {
            problems.Warning(1, 1, "broken-picture", "The picture can't be read to its end: it is cut short.", "Copy or export it again: perhaps it was saved only in part.");
            return picture with { IsWhole = false };
        }

        if ((long)width * height > MaxPixelsForTone && picture.Format != PictureFormat.Jpeg) return picture;
        try
        {
            var tone = Tone.Of(file.Name);
            return picture.HasAlpha ? picture : picture with { Tone = tone };
        }
        catch (VipsException e)
        {
            problems.Warning(1, 1, "broken-picture", $"The picture can't be read to its end: {FirstLine(e)}", "Copy or export it again: perhaps it was saved only in part.");
            return picture with { IsWhole = false };
        }
    }

    private static string FirstLine(Exception e)
    {
        // libvips begins with what failed of its own; what the decoder said stands below.
        var lines = e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var line = lines.Length > 1 && e is VipsException ? lines[1] : lines.FirstOrDefault() ?? e.GetType().Name;
        return line.TrimEnd('.') + ".";
    }
}
