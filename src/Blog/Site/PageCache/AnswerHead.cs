using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Blog.Site.PageCache;

/// <summary>Takes headers one by one.</summary>
internal interface IHeaders
{
    /// <summary>A header that is there once.</summary>
    void Set(string name, string value);
}

/// <summary>Takes all that stands before the body of an answer.</summary>
internal interface IAnswerHead : IHeaders
{
    /// <summary>The status line.</summary>
    void Start(int status);

    /// <summary>A date (RFC 9110, 5.6.7).</summary>
    void Set(string name, DateTimeOffset date);

    /// <summary>A number.</summary>
    void Set(string name, int number);

    /// <summary>The empty line.</summary>
    void End();
}

/// <summary>Headers that Kestrel sends.</summary>
internal readonly struct SentHeaders(IHeaderDictionary headers) : IHeaders
{
    public void Set(string name, string value) => headers[name] = value;
}

/// <summary>Finds out how many bytes a head takes.</summary>
internal struct HeadSize() : IAnswerHead
{
    /// <summary>At least as many as it takes.</summary>
    public int Bytes { get; private set; }

    /// <summary>False where a value has characters that no header may have (RFC 9110, 5.5): who sends it has to say so.</summary>
    public bool IsSendable { get; private set; } = true;

    public void Start(int status) => Bytes += 64;

    public void Set(string name, string value)
    {
        Bytes += name.Length + value.Length + 4;
        IsSendable &= !value.AsSpan().ContainsAnyExceptInRange(' ', '~');
    }

    public void Set(string name, DateTimeOffset date) => Bytes += name.Length + 4 + 29;

    public void Set(string name, int number) => Bytes += name.Length + 4 + 10;

    public void End() => Bytes += 2;
}

/// <summary>Writes a head as HTTP/1.1 has it (RFC 9112, 2.1).</summary>
/// <param name="bytes">Has room for as many as <see cref="HeadSize"/> found.</param>
internal ref struct HeadWriter(Span<byte> bytes) : IAnswerHead
{
    /// <summary>What is left behind what was written.</summary>
    public Span<byte> Rest { get; private set; } = bytes;

    /// <summary>What was written.</summary>
    public int Bytes { get; private set; }

    public void Start(int status)
    {
        Put("HTTP/1.1 ");
        Put(status);
        Put(" ");
        Put(ReasonPhrases.GetReasonPhrase(status));
        End();
    }

    public void Set(string name, string value)
    {
        Name(name);
        Put(value);
        End();
    }

    public void Set(string name, DateTimeOffset date)
    {
        Name(name);
        date.TryFormat(Rest, out var written, "r", CultureInfo.InvariantCulture);
        Pass(written);
        End();
    }

    public void Set(string name, int number)
    {
        Name(name);
        Put(number);
        End();
    }

    public void End() => Put("\r\n");

    private void Name(string name)
    {
        Put(name);
        Put(": ");
    }

    private void Put(int number)
    {
        number.TryFormat(Rest, out var written, provider: CultureInfo.InvariantCulture);
        Pass(written);
    }

    private void Put(string text)
    {
        Ascii.FromUtf16(text, Rest, out var written);
        Pass(written);
    }

    private void Pass(int written)
    {
        Rest = Rest[written..];
        Bytes += written;
    }
}
