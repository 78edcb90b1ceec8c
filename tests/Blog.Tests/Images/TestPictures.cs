using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using NetVips;

namespace Blog.Tests.Images;

/// <summary>Makes picture files of every kind, and broken ones.</summary>
internal static class TestPictures
{
    /// <summary>A photograph of sorts: red to the left, blue to the right, with some grain.</summary>
    public static byte[] Jpeg(int width, int height, int? orientation = null, bool hasPlace = false) => Drawn(width, height).Mutate(image =>
    {
        if (orientation is { } turned) image.Set(GValue.GIntType, "orientation", turned);
        if (hasPlace) image.Set(GValue.GStrType, "exif-ifd3-GPSLatitude", "48/1 51/1 30/1");
        if (hasPlace) image.Set(GValue.GStrType, "exif-ifd0-Model", "SecretCamera");
    }).JpegsaveBuffer(q: 85);

    public static byte[] ProgressiveJpeg(int width, int height) => Drawn(width, height).JpegsaveBuffer(q: 85, interlace: true);

    public static byte[] CmykJpeg(int width, int height) => Drawn(width, height).Colourspace(Enums.Interpretation.Cmyk).JpegsaveBuffer();

    public static byte[] GreyJpeg(int width, int height) => Drawn(width, height).Colourspace(Enums.Interpretation.Bw).JpegsaveBuffer();

    public static byte[] Png(int width, int height) => Drawn(width, height).PngsaveBuffer();

    /// <summary>The first half of a file of more than 24 million pixels.</summary>
    public static byte[] HalfOfLargePng()
    {
        using var image = Image.Black(6000, 4200, bands: 3);
        var png = image.Copy(interpretation: Enums.Interpretation.Srgb).PngsaveBuffer(compression: 1);
        return png[..(png.Length / 2)];
    }

    public static byte[] Png16(int width, int height) => Drawn(width, height).Colourspace(Enums.Interpretation.Rgb16).PngsaveBuffer(bitdepth: 16);

    public static byte[] PalettePngWithAlpha(int width, int height) => Clear(width, height).PngsaveBuffer(palette: true);

    public static byte[] WebP(int width, int height) => Drawn(width, height).WebpsaveBuffer();

    public static byte[] Avif(int width, int height) => Drawn(width, height).HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1, effort: 0);

    public static byte[] Gif(int width, int height) => Drawn(width, height).GifsaveBuffer();

    public static byte[] AnimatedGif(int width, int height) => Moving(width, height).GifsaveBuffer();

    public static byte[] AnimatedWebP(int width, int height) => Moving(width, height).WebpsaveBuffer();

    /// <summary>A PNG with the chunk by which an APNG says that it moves.</summary>
    public static byte[] AnimatedPng(int width, int height)
    {
        var png = Png(width, height);
        return [.. png[..33], .. Chunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0]), .. png[33..]];
    }

    /// <summary>A file of a few bytes that says it has as many pixels as one likes.</summary>
    public static byte[] Bomb(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, true)) zip.Write(new byte[1024 * 1024]);
        return [0x89, .. "PNG\r\n\x1A\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32.HashToUInt32(body));
        return [.. length, .. body, .. sum];
    }

    private static Image Drawn(int width, int height)
    {
        using var plane = Image.Xyz(width, height);
        using var grain = Image.Gaussnoise(width, height, mean: 0, sigma: 8, seed: 1);
        var red = 230 - plane[0] * 200.0 / width + grain;
        var blue = plane[0] * 220.0 / width + grain;
        return red.Bandjoin(grain + 60, blue).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb).CopyMemory();
    }

    private static Image Clear(int width, int height)
    {
        using var plane = Image.Xyz(width, height);
        return Drawn(width, height).Bandjoin((plane[1] * 255.0 / height).Cast(Enums.BandFormat.Uchar)).CopyMemory();
    }

    private static Image Moving(int width, int height)
    {
        var (one, two) = (Drawn(width, height), Drawn(width, height).Flip(Enums.Direction.Horizontal));
        return one.Join(two, Enums.Direction.Vertical).Mutate(image =>
        {
            image.Set(GValue.GIntType, "page-height", height);
            image.Set(GValue.ArrayIntType, "delay", new[] { 100, 100 });
        });
    }
}
