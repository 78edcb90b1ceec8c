using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Blog.Site.Assets;

/// <summary>Files of <c>wwwroot</c> joined to one.</summary>
/// <param name="Bytes">UTF-8.</param>
/// <param name="Url">Its address, which changes with the content, so that it can be cached for ever.</param>
internal sealed record BuiltAsset(byte[] Bytes, string Url)
{
    private readonly Lazy<byte[]> _brotli = new(() => Compress(Bytes, stream => new BrotliStream(stream, LevelFor(Bytes))));
    private readonly Lazy<byte[]> _gzip = new(() => Compress(Bytes, stream => new GZipStream(stream, LevelFor(Bytes))));

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
        return new BuiltAsset(bytes, $"{StyleSheet.Prefix}{name}.{Convert.ToHexStringLower(SHA256.HashData(bytes))[..10]}.{extension}");
    }

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

    /// <summary>A library of megabytes would take seconds at the highest.</summary>
    private static CompressionLevel LevelFor(byte[] bytes) => bytes.Length > 256 * 1024 ? CompressionLevel.Optimal : CompressionLevel.SmallestSize;

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> compression)
    {
        using var compressed = new MemoryStream();
        using (var stream = compression(compressed)) stream.Write(bytes);
        return compressed.ToArray();
    }
}
