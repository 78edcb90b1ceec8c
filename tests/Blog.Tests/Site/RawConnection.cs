using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Blog.Tests.Site;

/// <summary>A connection of HTTP/1.1, byte by byte.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    /// <summary>Connects.</summary>
    /// <param name="address">Of the site.</param>
    /// <param name="window">Bytes that the system takes before they are read here, for one that waits without end until it may send; by default as many as it likes.</param>
    public RawConnection(string address, int? window = null)
    {
        var uri = new Uri(address);
        _client = new TcpClient { NoDelay = true, ReceiveTimeout = 20_000, SendTimeout = window is null ? 20_000 : 0 };
        if (window is { } bytes) _client.ReceiveBufferSize = bytes;
        _client.Connect(uri.Host, uri.Port);
        _stream = _client.GetStream();
    }

    public void Send(string text) => Send(Encoding.Latin1.GetBytes(text));

    public void Send(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    /// <summary>The next answer; null at the connection's end.</summary>
    /// <param name="hasBody">False for one that has none in spite of its headers (RFC 9112, 6.3).</param>
    public RawAnswer? Receive(bool hasBody = true)
    {
        var bytes = new List<byte>();
        do
        {
            if (Next() is not { } next) return bytes.Count == 0 ? null : throw new IOException("The connection ended within a head: " + Encoding.Latin1.GetString([.. bytes]));
            bytes.Add(next);
        }
        while (bytes.Count < 4 || !bytes.TakeLast(4).SequenceEqual(HeadEnd));

        var lines = Encoding.Latin1.GetString([.. bytes]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts.ElementAtOrDefault(1) ?? "", StringComparer.OrdinalIgnoreCase);
        var status = int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture);
        var body = !hasBody || status is 304 or 204 ? []
            : headers.TryGetValue("Content-Length", out var length) ? Exactly(int.Parse(length, CultureInfo.InvariantCulture))
            : headers.ContainsKey("Transfer-Encoding") ? Chunks()
            : [];
        return new RawAnswer(lines[0], status, headers, body);
    }

    public void Dispose() => _client.Dispose();

    private byte? Next()
    {
        var next = _stream.ReadByte();
        return next < 0 ? null : (byte)next;
    }

    private byte[] Exactly(int length)
    {
        var bytes = new byte[length];
        _stream.ReadExactly(bytes);
        return bytes;
    }

    private byte[] Chunks()
    {
        var bytes = new List<byte>();
        while (true)
        {
            var line = new StringBuilder();
            while (!line.ToString().EndsWith("\r\n", StringComparison.Ordinal)) line.Append((char)Next()!.Value);
            var length = int.Parse(line.ToString().Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            bytes.AddRange(Exactly(length));
            Exactly(2);
            if (length == 0) return [.. bytes];
        }
    }
}

/// <summary>What came over a <see cref="RawConnection"/>.</summary>
internal sealed record RawAnswer(string StatusLine, int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>All of it but the date, in an order that does not matter.</summary>
    public string Described => string.Join('\n', Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key.ToLowerInvariant()}: {header.Value}").Order(StringComparer.Ordinal).Prepend(StatusLine).Append(Convert.ToHexString(Body)));
}
