using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Http;
using HttpMethod = Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Http.HttpMethod;

namespace Blog.Site.PageCache;

/// <summary>
/// What <see cref="EarlyReader"/> has to know of a request, by Kestrel's own parser. It only ever understands what is plain: whatever else there may be in a request (RFC 9112) is left
/// to Kestrel, so that there are no two opinions of where one ends or what it asks for.
/// </summary>
internal sealed class RequestHead : IHttpRequestLineHandler, IHttpHeadersHandler
{
    // Beyond these, Kestrel looks at it, and has limits of its own.
    private const int MaxPath = 256;
    private const int MaxValue = 256;
    private const int MaxHeaders = 64;

    // What stands for itself in a path: no percent sign, so that nothing is to be decoded.
    private static readonly SearchValues<byte> PathBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~/!$&'()*+,;=:@"u8);
    private static readonly SearchValues<byte> HostBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."u8);
    private static readonly HttpParser<RequestHead> Parser = new();

    private readonly char[] _path = new char[MaxPath];
    private readonly Value _accepted = new();
    private readonly Value _known = new();
    private int _pathLength;
    private int _headers;
    private bool _hasHost;
    private bool _hasConnection;

    // What was accepted when it was last looked at: nearly always the same for all requests of a connection.
    private byte[] _lastAccepted = [];
    private ContentCoding? _lastCoding = ContentCoding.Identity;

    /// <summary>True when the end of the head has yet to come.</summary>
    public bool IsCut { get; private set; }

    /// <summary>True when nothing follows the request's head, and the connection stays as it is: what comes next is another request.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>True for a GET of which nothing else matters than what is known here.</summary>
    public bool IsPlain { get; private set; }

    /// <summary>What is asked for, as it was sent, which is as it is meant.</summary>
    public ReadOnlySpan<char> Path => _path.AsSpan(0, _pathLength);

    /// <summary>The one tag or list of tags in <c>If-None-Match</c> (RFC 9110, 13.1.2); empty without one.</summary>
    public ReadOnlySpan<byte> Known => _known.Bytes;

    /// <summary>The best of the codings that are accepted; null when none is.</summary>
    public ContentCoding? Coding
    {
        get
        {
            if (!_accepted.IsThere) return ContentCoding.Identity;
            if (!_accepted.Bytes.SequenceEqual(_lastAccepted)) (_lastAccepted, _lastCoding) = (_accepted.Bytes.ToArray(), ContentCodings.Best(Encoding.ASCII.GetString(_accepted.Bytes)));
            return _lastCoding;
        }
    }

    /// <summary>Reads a request's head.</summary>
    /// <param name="bytes">Begins where the request does.</param>
    /// <param name="end">Where the head ends.</param>
    /// <returns>False when it is not all there, or can't be read; neither <see cref="IsWhole"/> nor <see cref="IsPlain"/> then.</returns>
    public bool Read(in ReadOnlySequence<byte> bytes, out SequencePosition end)
    {
        (IsCut, IsWhole, IsPlain, _hasHost, _hasConnection, _headers) = (false, true, true, false, false, 0);
        _accepted.Clear();
        _known.Clear();
        var reader = new SequenceReader<byte>(bytes);
        var isRead = false;
        try { IsCut = !(isRead = Parser.ParseRequestLine(this, ref reader) && Parser.ParseHeaders(this, ref reader)); }
        catch (BadHttpRequestException) { /* Kestrel says so. */ }
        end = reader.Position;
        IsWhole &= isRead;
        IsPlain &= IsWhole && _hasHost;
        return isRead;
    }

    public void OnStartLine(HttpVersionAndMethod versionAndMethod, TargetOffsetPathLength targetPath, Span<byte> startLine)
    {
        IsWhole = versionAndMethod.Version == HttpVersion.Http11 && versionAndMethod.Method == HttpMethod.Get;
        var path = startLine[targetPath.Offset..];
        // Neither a query, nor segments that mean another path (RFC 3986, 5.2.4).
        IsPlain = path.Length <= MaxPath && path.StartsWith("/"u8) && !path.ContainsAnyExcept(PathBytes) && path.IndexOf("/."u8) < 0;
        if (IsPlain) Ascii.ToUtf16(path, _path, out _pathLength);
    }

    public void OnHeader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        // What is not looked at may say anything: that a body follows, too.
        if (++_headers > MaxHeaders || name.ContainsAnyExceptInRange((byte)'!', (byte)'~') || value.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            IsPlain = IsWhole = false;
            return;
        }

        switch (name.Length)
        {
            case 4 when Is(name, "Host"u8):
                IsPlain &= !_hasHost && IsHost(value);
                _hasHost = true;
                break;
            case 5 when Is(name, "Range"u8):
                IsPlain = false;
                break;
            case 10 when Is(name, "Connection"u8):
                // Everything else that it may name is about this connection alone.
                IsWhole &= !_hasConnection && (value.IsEmpty || Is(value, "keep-alive"u8));
                _hasConnection = true;
                break;
            case 13 when Is(name, "If-None-Match"u8):
                IsPlain &= _known.Set(value);
                break;
            case 15 when Is(name, "Accept-Encoding"u8):
                IsPlain &= _accepted.Set(value);
                break;
            case 6 when Is(name, "Expect"u8):
            case 7 when Is(name, "Upgrade"u8):
            case 14 when Is(name, "Content-Length"u8):
            case 17 when Is(name, "Transfer-Encoding"u8):
                IsWhole = false;
                break;
        }
    }

    public void OnHeadersComplete(bool endStream)
    {
    }

    // Of HTTP/2 and HTTP/3.
    public void OnStaticIndexedHeader(int index) => throw new NotSupportedException();

    public void OnStaticIndexedHeader(int index, ReadOnlySpan<byte> value) => throw new NotSupportedException();

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(text, name);

    /// <summary>True for a name or an address with or without a port (RFC 9110, 7.2); others may be as good, which Kestrel knows.</summary>
    private static bool IsHost(ReadOnlySpan<byte> value)
    {
        var colon = value.IndexOf((byte)':');
        var name = colon < 0 ? value : value[..colon];
        return name.Length > 0 && !name.ContainsAnyExcept(HostBytes) && (colon < 0 || (colon + 1 < value.Length && !value[(colon + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9')));
    }

    /// <summary>The value of a header that may be there once.</summary>
    private sealed class Value
    {
        private readonly byte[] _bytes = new byte[MaxValue];
        private int _length;

        public bool IsThere { get; private set; }

        public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

        public void Clear() => (IsThere, _length) = (false, 0);

        /// <summary>False when there was one before, or it is too long to be kept.</summary>
        public bool Set(ReadOnlySpan<byte> value)
        {
            if (IsThere || value.Length > MaxValue) return false;
            (IsThere, _length) = (true, value.Length);
            value.CopyTo(_bytes);
            return true;
        }
    }
}
