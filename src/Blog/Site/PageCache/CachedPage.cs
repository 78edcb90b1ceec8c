using System.IO.Compression;
using System.Security.Cryptography;
using Blog.Catalogue;
using Microsoft.Extensions.Primitives;

namespace Blog.Site.PageCache;

/// <summary>A finished page: what is sent, in every content coding that it was asked for in so far.</summary>
internal sealed class CachedPage
{
    private volatile Form _form;

    /// <summary>A page as it was rendered.</summary>
    /// <param name="content">Its bytes, in no coding.</param>
    /// <param name="headers">What is said of it in whatever coding.</param>
    /// <param name="keys">The <see cref="SurrogateKeys"/> of what it shows, separated by spaces.</param>
    /// <param name="state">The site as of which it was rendered.</param>
    /// <param name="cacheControl">For how long others may keep it; null for as long as pages.</param>
    /// <param name="isCompressible">False for what is compressed by its nature, such as a picture.</param>
    public CachedPage(byte[] content, KeyValuePair<string, StringValues>[] headers, string keys, SiteState state, string? cacheControl = null, bool isCompressible = true)
    {
        (Length, Headers, Keys, State, Hash, CacheControl, IsCompressible) = (content.Length, headers, keys, state, HashOf(content), cacheControl, isCompressible);
        _form = new Form(this, false);
        _form.Bodies[(int)ContentCoding.Identity] = content;
    }

    /// <summary>The same for the same bytes, on every machine.</summary>
    public string Hash { get; }

    /// <summary>Bytes without a coding.</summary>
    public int Length { get; }

    /// <summary>For how long others may keep it (RFC 9111, 5.2.2); null for as long as pages.</summary>
    public string? CacheControl { get; }

    /// <summary>False for what is only ever sent as it is.</summary>
    public bool IsCompressible { get; }

    /// <summary>What is said of it, but for what depends on the coding.</summary>
    public KeyValuePair<string, StringValues>[] Headers { get; }

    /// <summary>The <see cref="SurrogateKeys"/> of what it shows, in their order, separated by spaces: with none of them changed it is as it was.</summary>
    public string Keys { get; private set; }

    /// <summary>True for a page that will look otherwise in a moment, without any change of the site.</summary>
    public bool IsPassing { get; init; }

    /// <summary>The site as of which it is known to be right.</summary>
    public SiteState State { get; private set; }

    /// <summary>Bytes of memory that it takes, about.</summary>
    public int Size => _form.Bodies.Sum(body => body?.Length ?? 0) + 1024 + 2 * Keys.Length;

    /// <summary>True when what was rendered is what this page holds.</summary>
    public bool Is(CachedPage rendered) => rendered.Hash == Hash && rendered.Length == Length && Headers.SequenceEqual(rendered.Headers);

    /// <summary>Says that it is still right, whatever else may change it now.</summary>
    /// <param name="rendered">What it was rendered as.</param>
    public void Confirm(CachedPage rendered) => (Keys, State) = (rendered.Keys, rendered.State);

    /// <summary>Its bytes in a coding, made in haste when nobody has asked for that before, and their strong entity tag (RFC 9110, 8.8.3): another one for other bytes.</summary>
    public (string Tag, byte[] Body) In(ContentCoding coding)
    {
        var form = _form;
        return (form.Tags[(int)coding], Volatile.Read(ref form.Bodies[(int)coding]) ?? Make(form, coding));
    }

    /// <summary>True for the tag of this page in whatever coding.</summary>
    public bool HasTag(ReadOnlySpan<char> tag) => tag.Length > Hash.Length + 1 && tag[0] == '"' && tag[1..].StartsWith(Hash, StringComparison.Ordinal) && tag[(Hash.Length + 1)..] is "\"" or "-gzip\"" or "-gzip0\"" or "-br\"" or "-br0\"";

    /// <summary>Compresses it as well as it can be, and lets go what takes more room than it is worth.</summary>
    public void Compress()
    {
        if (_form.IsDense || !IsCompressible) return;
        var content = In(ContentCoding.Identity).Body;
        var form = new Form(this, true);
        foreach (var coding in new[] { ContentCoding.Brotli, ContentCoding.Gzip }) form.Bodies[(int)coding] = ContentCodings.EncodeWell(content, coding);
        _form = form;
    }

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12));

    private byte[] Make(Form form, ContentCoding coding)
    {
        // Few ask for it without a coding, so that it is not kept.
        if (coding == ContentCoding.Identity) return ContentCodings.Decode(form.Bodies[(int)ContentCoding.Gzip]!, Length);
        var made = ContentCodings.Encode(form.Bodies[(int)ContentCoding.Identity]!, coding, CompressionLevel.Fastest);
        return Interlocked.CompareExchange(ref form.Bodies[(int)coding], made, null) ?? made;
    }

    /// <summary>Bytes that belong together with their tags.</summary>
    private sealed class Form(CachedPage page, bool isDense)
    {
        public bool IsDense { get; } = isDense;

        public byte[]?[] Bodies { get; } = new byte[ContentCodings.Count][];

        public string[] Tags { get; } = [$"\"{page.Hash}\"", $"\"{page.Hash}-gzip{(isDense ? "" : "0")}\"", $"\"{page.Hash}-br{(isDense ? "" : "0")}\""];
    }
}
