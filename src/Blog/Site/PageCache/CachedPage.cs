using System.IO.Compression;
using System.Security.Cryptography;
using Blog.Catalogue;

namespace Blog.Site.PageCache;

/// <summary>A finished page: what is sent, in every content coding that it was asked for in so far.</summary>
internal sealed class CachedPage
{
    private static readonly ContentCoding[] Compressed = [ContentCoding.Gzip, ContentCoding.Brotli];

    // Null for those that nobody has asked for.
    private readonly Coded?[] _codings = new Coded?[ContentCodings.Count];

    /// <summary>A page as it was rendered.</summary>
    /// <param name="content">Its bytes, in no coding.</param>
    /// <param name="headers">What is said of it in whatever coding.</param>
    /// <param name="keys">The <see cref="SurrogateKeys"/> of what it shows, separated by spaces.</param>
    /// <param name="state">The site as of which it was rendered.</param>
    /// <param name="cacheControl">For how long others may keep it; null for as long as pages.</param>
    /// <param name="isCompressible">False for what is compressed by its nature, such as a picture.</param>
    /// <param name="name">What names these bytes and no others, as the address of a variant of a picture does; by default their hash.</param>
    public CachedPage(byte[] content, KeyValuePair<string, string>[] headers, string keys, SiteState state, string? cacheControl = null, bool isCompressible = true, string? name = null)
    {
        (Length, Headers, Keys, State, Hash, CacheControl, IsCompressible) = (content.Length, headers, keys, state, name ?? HashOf(content), cacheControl, isCompressible);
        _codings[(int)ContentCoding.Identity] = new Coded(content, $"\"{Hash}\"", true);
    }

    private CachedPage(BinaryReader reader, SiteState state)
    {
        (State, Hash, Length, IsCompressible, Keys) = (state, reader.ReadString(), reader.ReadInt32(), true, reader.ReadString());
        CacheControl = reader.ReadBoolean() ? reader.ReadString() : null;
        Headers = new KeyValuePair<string, string>[reader.ReadInt32()];
        for (var i = 0; i < Headers.Length; i++) Headers[i] = KeyValuePair.Create(reader.ReadString(), reader.ReadString());
        for (var i = 0; i < _codings.Length; i++)
            if (reader.ReadInt32() is >= 0 and var length) _codings[i] = new Coded(reader.ReadBytes(length), reader.ReadString(), reader.ReadBoolean());
    }

    /// <summary>The same for the same bytes, on every machine; in no tag of others.</summary>
    public string Hash { get; }

    /// <summary>Bytes without a coding.</summary>
    public int Length { get; }

    /// <summary>For how long others may keep it (RFC 9111, 5.2.2); null for as long as pages.</summary>
    public string? CacheControl { get; }

    /// <summary>False for what is only ever sent as it is.</summary>
    public bool IsCompressible { get; }

    /// <summary>What is said of it, but for what depends on the coding.</summary>
    public KeyValuePair<string, string>[] Headers { get; }

    /// <summary>The <see cref="SurrogateKeys"/> of what it shows, in their order, separated by spaces: with none of them changed it is as it was.</summary>
    public string Keys { get; private set; }

    /// <summary>True for a page that will look otherwise in a moment, without any change of the site.</summary>
    public bool IsPassing { get; init; }

    /// <summary>The site as of which it is known to be right.</summary>
    public SiteState State { get; private set; }

    /// <summary>How often it was sent from memory; about, since nobody waits to count.</summary>
    public int Uses { get; set; }

    /// <summary>Called when it comes to take more or less memory; null before it is kept.</summary>
    public Action? Resized { get; set; }

    /// <summary>Bytes of memory that it takes, about.</summary>
    public int Size => _codings.Sum(coded => coded?.Body.Length ?? 0) + 1024 + 2 * Keys.Length;

    /// <summary>True when what was rendered is what this page holds.</summary>
    public bool Is(CachedPage rendered) => rendered.Hash == Hash && rendered.Length == Length && Headers.SequenceEqual(rendered.Headers);

    /// <summary>Says that it is still right, whatever else may change it now.</summary>
    /// <param name="rendered">What it was rendered as.</param>
    public void Confirm(CachedPage rendered) => (Keys, State) = (rendered.Keys, rendered.State);

    /// <summary>Says that it is still right, since nothing that it shows has changed.</summary>
    public void Confirm(SiteState state) => State = state;

    /// <summary>Another number for other bytes, other codings of them or other keys.</summary>
    public int Stamp => _codings.Aggregate(HashCode.Combine(Hash, Keys), (stamp, coded) => HashCode.Combine(stamp, coded?.Body.Length ?? -1));

    /// <summary>All that there is of it, but for the site as of which it is right: for <see cref="FromBytes"/> of the same process.</summary>
    public byte[] ToBytes()
    {
        // Nearly everybody asks for it so, and it takes a quarter of the room.
        if (Compressed.All(coding => !IsReadyIn(coding))) In(ContentCoding.Brotli);
        using var bytes = new MemoryStream(Size);
        using var writer = new BinaryWriter(bytes);
        writer.Write(Hash);
        writer.Write(Length);
        writer.Write(Keys);
        writer.Write(CacheControl is not null);
        if (CacheControl is not null) writer.Write(CacheControl);
        writer.Write(Headers.Length);
        foreach (var (name, value) in Headers)
        {
            writer.Write(name);
            writer.Write(value);
        }

        foreach (var coded in _codings.Select((_, i) => Volatile.Read(ref _codings[i])))
        {
            writer.Write(coded?.Body.Length ?? -1);
            if (coded is null) continue;
            writer.Write(coded.Body);
            writer.Write(coded.Tag);
            writer.Write(coded.IsDense);
        }

        return bytes.ToArray();
    }

    /// <summary>A page of <see cref="ToBytes"/>.</summary>
    /// <param name="bytes">All of them.</param>
    /// <param name="state">The site as of which it is right.</param>
    public static CachedPage FromBytes(byte[] bytes, SiteState state)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return new CachedPage(reader, state);
    }

    /// <summary>Its bytes in a coding, made in haste when nobody has asked for that before, and their strong entity tag (RFC 9110, 8.8.3): another one for other bytes.</summary>
    public (string Tag, byte[] Body) In(ContentCoding coding)
    {
        var coded = Volatile.Read(ref _codings[(int)coding]) ?? Make(coding);
        return (coded.Tag, coded.Body);
    }

    /// <summary>True when its bytes in a coding are there, so that nothing has to be reckoned.</summary>
    public bool IsReadyIn(ContentCoding coding) => Volatile.Read(ref _codings[(int)coding]) is not null;

    /// <summary>True when it could be made smaller in a coding that it was asked for in.</summary>
    public bool IsHasty => IsCompressible && _codings.Any(coded => coded is { IsDense: false });

    /// <summary>True for the tag of this page in whatever coding.</summary>
    public bool HasTag(ReadOnlySpan<char> tag) => tag.Length > Hash.Length + 1 && tag[0] == '"' && tag[1..].StartsWith(Hash, StringComparison.Ordinal) && tag[(Hash.Length + 1)..] is "\"" or "-gzip\"" or "-gzip0\"" or "-br\"" or "-br0\"";

    /// <summary>Compresses it as well as it can be, in the codings that it was asked for in.</summary>
    public void Compress()
    {
        if (!IsCompressible) return;
        foreach (var coding in Compressed)
            if (Volatile.Read(ref _codings[(int)coding]) is { IsDense: false }) Volatile.Write(ref _codings[(int)coding], new Coded(ContentCodings.EncodeWell(Content(), coding), Tag(coding, true), true));
        Resized?.Invoke();
    }

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12));

    private string Tag(ContentCoding coding, bool isDense) => $"\"{Hash}-{ContentCodings.NameOf(coding)}{(isDense ? "" : "0")}\"";

    private Coded Make(ContentCoding coding)
    {
        var content = Content();
        // Few ask for it without a coding, so that it is not kept.
        if (coding == ContentCoding.Identity) return new Coded(content, $"\"{Hash}\"", true);
        var made = new Coded(ContentCodings.Encode(content, coding, CompressionLevel.Fastest), Tag(coding, false), false);
        if (Interlocked.CompareExchange(ref _codings[(int)coding], made, null) is { } other) return other;
        // From now on a quarter of its bytes says the same.
        Volatile.Write(ref _codings[(int)ContentCoding.Identity], null);
        Resized?.Invoke();
        return made;
    }

    private byte[] Content()
    {
        if (Volatile.Read(ref _codings[(int)ContentCoding.Identity]) is { } plain) return plain.Body;
        var coding = Compressed.First(coding => Volatile.Read(ref _codings[(int)coding]) is not null);
        return ContentCodings.Decode(_codings[(int)coding]!.Body, coding, Length);
    }

    /// <summary>Bytes with the tag that names them.</summary>
    /// <param name="IsDense">True when they can't be made fewer.</param>
    private sealed record Coded(byte[] Body, string Tag, bool IsDense);
}
