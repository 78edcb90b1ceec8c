using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Blog.Site.Assets;

/// <summary>Files of <c>wwwroot</c> joined to one.</summary>
internal sealed class BuiltAsset
{
    private readonly Lazy<byte[]> _bytes;
    private readonly Lazy<byte[]> _brotli;
    private readonly Lazy<byte[]> _gzip;

    private BuiltAsset(string url, Func<byte[]> bytes)
    {
        (Url, _bytes) = (url, new Lazy<byte[]>(bytes));
        _brotli = new Lazy<byte[]>(() => Compress(Bytes, stream => new BrotliStream(stream, LevelFor(Bytes))));
        _gzip = new Lazy<byte[]>(() => Compress(Bytes, stream => new GZipStream(stream, LevelFor(Bytes))));
    }

    /// <summary>UTF-8.</summary>
    public byte[] Bytes => _bytes.Value;

    /// <summary>Its address, which changes with the content, so that it can be cached for ever.</summary>
    public string Url { get; }

    /// <summary>The same compressed as well as it can be, by RFC 7932; made when first asked for.</summary>
    public byte[] Brotli => _brotli.Value;

    /// <summary>The same by RFC 1952.</summary>
    public byte[] Gzip => _gzip.Value;

    /// <summary>Joins files in the order of a list; one that is missing is left out.</summary>
    /// <param name="environment">Where they lie.</param>
    /// <param name="name">The first part of the address.</param>
    /// <param name="extension">Of the files, which is also the name of their folder.</param>
    /// <param name="files">Their names without extension.</param>
    public static BuiltAsset Join(IWebHostEnvironment environment, string name, string extension, string[] files) => From(Text(environment, extension, files), name, extension);

    /// <summary>An asset of that text.</summary>
    public static BuiltAsset From(string text, string name, string extension)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new BuiltAsset(UrlOf(bytes, name, extension), () => bytes);
    }

    /// <summary>An asset of that text at an address that somebody else makes.</summary>
    public static BuiltAsset At(string url, string text) => new(url, () => Encoding.UTF8.GetBytes(text));

    /// <summary>An asset of a text that is shortened when it is first asked for: no page waits for that.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="shorten">Always the same for the same text.</param>
    /// <param name="shortener">What shortens it, and which version: another one makes another asset.</param>
    /// <param name="name">The first part of the address.</param>
    /// <param name="extension">Its last part.</param>
    public static BuiltAsset From(string text, Func<string, string> shorten, string shortener, string name, string extension) =>
        new(UrlOf(Encoding.UTF8.GetBytes(text + shortener), name, extension), () => Encoding.UTF8.GetBytes(shorten(text)));

    /// <summary>The files in the order of a list; one that is missing is left out.</summary>
    public static string Text(IWebHostEnvironment environment, string extension, string[] files)
    {
        var text = new StringBuilder();
        foreach (var part in files)
        {
            var file = environment.WebRootFileProvider.GetFileInfo($"{extension}/{part}.{extension}");
            if (!file.Exists) continue;
            using var reader = new StreamReader(file.CreateReadStream());
            text.Append(reader.ReadToEnd()).Append('\n');
        }

        return text.ToString();
    }

    private static string UrlOf(byte[] bytes, string name, string extension) => $"{StyleSheet.Prefix}{name}.{Convert.ToHexStringLower(SHA256.HashData(bytes))[..10]}.{extension}";

    /// <summary>A library of megabytes would take seconds at the highest.</summary>
    private static CompressionLevel LevelFor(byte[] bytes) => bytes.Length > 256 * 1024 ? CompressionLevel.Optimal : CompressionLevel.SmallestSize;

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> compression)
    {
        using var compressed = new MemoryStream();
        using (var stream = compression(compressed)) stream.Write(bytes);
        return compressed.ToArray();
    }
}
