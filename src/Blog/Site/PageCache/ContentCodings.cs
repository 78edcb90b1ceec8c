using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Blog.Site.PageCache;

/// <summary>How bytes are coded on their way (RFC 9110, 8.4.1).</summary>
internal enum ContentCoding
{
    /// <summary>Not at all.</summary>
    Identity,

    /// <summary>By RFC 1952.</summary>
    Gzip,

    /// <summary>By RFC 7932.</summary>
    Brotli,
}

/// <summary>Chooses and makes content codings.</summary>
internal static class ContentCodings
{
    /// <summary>How many there are.</summary>
    public const int Count = 3;

    // The highest level takes seconds for megabytes.
    private const int MostForHighest = 256 * 1024;

    // Browsers send the same few texts again and again; strangers may send others.
    private const int MaxRemembered = 256;

    private static readonly ConcurrentDictionary<string, ContentCoding?> Remembered = new(StringComparer.Ordinal);

    /// <summary>The name in <c>Content-Encoding</c>.</summary>
    public static string NameOf(ContentCoding coding) => coding switch { ContentCoding.Brotli => "br", ContentCoding.Gzip => "gzip", _ => "identity" };

    /// <summary>The best coding that a request accepts (RFC 9110, 12.5.3): by its weights, and of equals the smallest. Null when it accepts none, not even bytes as they are. Without the header, or with one that can't be read, identity.</summary>
    public static ContentCoding? Best(StringValues accepted)
    {
        if (accepted.Count == 0) return ContentCoding.Identity;
        var text = accepted.Count == 1 ? accepted[0]! : accepted.ToString();
        if (Remembered.TryGetValue(text, out var known)) return known;
        var best = Choose(accepted);
        if (Remembered.Count < MaxRemembered && text.Length < 200) Remembered[text] = best;
        return best;
    }

    /// <summary>The bytes in a coding.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="coding">Not <see cref="ContentCoding.Identity"/>.</param>
    /// <param name="level">How well; at the fastest, Brotli takes the level that pages are streamed at.</param>
    public static byte[] Encode(byte[] content, ContentCoding coding, CompressionLevel level)
    {
        using var coded = new MemoryStream();
        using (var stream = Encoder(coded, coding, level)) stream.Write(content);
        return coded.ToArray();
    }

    /// <summary>The bytes in a coding as well as they can be, for what is made once and sent often.</summary>
    public static byte[] EncodeWell(byte[] content, ContentCoding coding) => Encode(content, coding, content.Length > MostForHighest ? CompressionLevel.Optimal : CompressionLevel.SmallestSize);

    /// <summary>What was coded.</summary>
    public static byte[] Decode(byte[] coded, ContentCoding coding, int length)
    {
        var content = new byte[length];
        using Stream stream = coding == ContentCoding.Brotli ? new BrotliStream(new MemoryStream(coded), CompressionMode.Decompress) : new GZipStream(new MemoryStream(coded), CompressionMode.Decompress);
        stream.ReadExactly(content);
        return content;
    }

    private static Stream Encoder(Stream coded, ContentCoding coding, CompressionLevel level) => (coding, level) switch
    {
        (ContentCoding.Brotli, CompressionLevel.Fastest) => new PageCompression().CreateStream(coded),
        (ContentCoding.Brotli, _) => new BrotliStream(coded, level, true),
        _ => new GZipStream(coded, level, true),
    };

    private static ContentCoding? Choose(StringValues accepted)
    {
        if (!StringWithQualityHeaderValue.TryParseList(accepted, out var list)) return ContentCoding.Identity;
        var (best, most) = ((ContentCoding?)null, 0.0);
        foreach (var (coding, names) in new[] { (ContentCoding.Brotli, new[] { "br" }), (ContentCoding.Gzip, ["gzip", "x-gzip"]), (ContentCoding.Identity, ["identity"]) })
        {
            var weight = Weight(list, names) ?? Weight(list, ["*"]) ?? (coding == ContentCoding.Identity ? 0.0001 : 0);
            if (weight > most) (best, most) = (coding, weight);
        }

        return best;
    }

    private static double? Weight(IList<StringWithQualityHeaderValue> list, string[] names) =>
        list.FirstOrDefault(value => names.Contains(value.Value.Value, StringComparer.OrdinalIgnoreCase)) is { } found ? found.Quality ?? 1 : null;
}
