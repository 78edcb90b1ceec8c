using System.Buffers.Binary;

namespace Blog.Images;

/// <summary>The formats of pictures that the site reads.</summary>
public enum PictureFormat { Jpeg, Png, WebP, Avif, Gif, Svg }

/// <summary>Tells the formats of pictures, by the name of a file and by what is in it.</summary>
public static class PictureFormats
{
    /// <summary>Bytes from the beginning of a file that <see cref="Of"/> needs.</summary>
    public const int HeadLength = 512;

    private static readonly Dictionary<string, PictureFormat> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".jpg"] = PictureFormat.Jpeg,
        [".jpeg"] = PictureFormat.Jpeg,
        [".png"] = PictureFormat.Png,
        [".webp"] = PictureFormat.WebP,
        [".avif"] = PictureFormat.Avif,
        [".gif"] = PictureFormat.Gif,
        [".svg"] = PictureFormat.Svg,
    };

    /// <summary>The format that a file's name promises; null for what is no picture, or none that is read.</summary>
    public static PictureFormat? OfName(string path) => ByExtension.TryGetValue(Path.GetExtension(path), out var format) ? format : null;

    /// <summary>The extension of addresses, without a dot.</summary>
    public static string Extension(this PictureFormat format) => format switch { PictureFormat.Jpeg => "jpg", _ => format.ToString().ToLowerInvariant() };

    /// <summary>As people write it: JPEG, WebP.</summary>
    public static string DisplayName(this PictureFormat format) => format is PictureFormat.WebP ? "WebP" : format.ToString().ToUpperInvariant();

    /// <summary>The media type of an extension that <see cref="Extension"/> gives.</summary>
    public static string MediaType(string extension) => extension switch { "jpg" => "image/jpeg", "svg" => "image/svg+xml", _ => "image/" + extension };

    /// <summary>The format by the first bytes of a file; null for none of ours.</summary>
    public static PictureFormat? Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return PictureFormat.Jpeg;
        if (head.StartsWith("\x89PNG\r\n\x1A\n"u8) || head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])) return PictureFormat.Png;
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return PictureFormat.Gif;
        if (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8)) return PictureFormat.WebP;
        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8)) return Brands(head).IndexOf("avi"u8) >= 0 ? PictureFormat.Avif : null;
        var text = head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? head[3..] : head;
        text = text.TrimStart(" \t\r\n"u8);
        return text.StartsWith("<svg"u8) || text.StartsWith("<?xml"u8) || text.StartsWith("<!DOCTYPE svg"u8) || text.StartsWith("<!--"u8) ? PictureFormat.Svg : null;
    }

    /// <summary>What a file that is no picture of ours seems to be, with what to do; null when that can't be told.</summary>
    public static (string What, string Try)? Mistaken(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("version https://git-lfs"u8)) return ("a pointer of Git LFS and not the picture itself", "Run “git lfs pull” where the content is checked out.");
        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8) && (Brands(head).IndexOf("hei"u8) >= 0 || Brands(head).IndexOf("mif1"u8) >= 0)) return ("HEIC, which few browsers show", "Export it as JPEG.");
        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8)) return ("TIFF, which few browsers show", "Export it as JPEG or PNG.");
        if (head.StartsWith("%PDF"u8)) return ("a PDF", "Export the page as PNG or SVG.");
        if (head.StartsWith("BM"u8)) return ("BMP", "Export it as PNG.");
        if (head.TrimStart(" \t\r\n"u8).StartsWith("<!DOCTYPE html"u8) || head.TrimStart(" \t\r\n"u8).StartsWith("<html"u8)) return ("a web page", "Download the picture itself and not the page that shows it.");
        return null;
    }

    /// <summary>True for several pictures that are shown one after the other: by the APNG specification an <c>acTL</c> chunk before the first <c>IDAT</c>, by that of WebP a flag of its header, by that of AVIF the brand <c>avis</c>. GIF is not looked at.</summary>
    public static bool IsAnimated(PictureFormat format, ReadOnlySpan<byte> head, Stream file) => format switch
    {
        PictureFormat.WebP => head.Length > 20 && head[12..16].SequenceEqual("VP8X"u8) && (head[20] & 2) != 0,
        PictureFormat.Avif => head[8..12].SequenceEqual("avis"u8),
        PictureFormat.Png => IsAnimatedPng(file),
        _ => false,
    };

    /// <summary>True when a PNG has its last chunk, <c>IEND</c>, behind which some programs leave a little of their own.</summary>
    public static bool HasPngEnd(Stream file)
    {
        var tail = new byte[Math.Min(file.Length, 64 * 1024)];
        file.Position = file.Length - tail.Length;
        var length = file.ReadAtLeast(tail, tail.Length, false);
        return tail.AsSpan(0, length).LastIndexOf("IEND"u8) >= 0;
    }

    /// <summary>The brands of an ISO base media file (ISO/IEC 14496-12 section 4.3).</summary>
    private static ReadOnlySpan<byte> Brands(ReadOnlySpan<byte> head) => head[8..Math.Clamp((int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head), 128), 12, head.Length)];

    private static bool IsAnimatedPng(Stream file)
    {
        Span<byte> chunk = stackalloc byte[8];
        file.Position = 8;
        for (var i = 0; i < 100 && file.ReadAtLeast(chunk, 8, false) == 8; i++)
        {
            if (chunk[4..].SequenceEqual("acTL"u8)) return true;
            if (chunk[4..].SequenceEqual("IDAT"u8)) return false;
            // Behind the data stands a checksum of four bytes.
            file.Position += BinaryPrimitives.ReadUInt32BigEndian(chunk) + 4L;
        }

        return false;
    }
}
