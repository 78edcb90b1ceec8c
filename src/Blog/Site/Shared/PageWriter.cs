using System.Text;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.ObjectPool;

namespace Blog.Site.Shared;

/// <summary>Holds a page that is being written, in UTF-8. Writers are used again and again.</summary>
internal sealed class PageWriter : TextWriter
{
    // Bytes that hold most pages.
    private const int UsualLength = 64 * 1024;

    // What a page of unusual length took is not kept.
    private const int MostKept = 1024 * 1024;

    private static readonly DefaultObjectPool<PageWriter> Pool = new(new Policy());

    // It remembers the first half of a pair of surrogates until the other comes.
    private readonly Encoder _encoder = new UTF8Encoding(false).GetEncoder();
    private byte[] _bytes = new byte[UsualLength];
    private int _length;
    private bool _isHalf;

    private PageWriter() => Context = new ViewContext { Writer = this };

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>What views write to this. To make one takes reflection, each time.</summary>
    public ViewContext Context { get; }

    /// <summary>What was written; until the writer is returned.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>An empty writer. Whoever forgets to return it loses nothing but time.</summary>
    public static PageWriter Rent() => Pool.Get();

    /// <summary>Gives a writer back, to which nobody holds on.</summary>
    public static void Return(PageWriter writer) => Pool.Return(writer);

    public override void Write(char value) => Write(new ReadOnlySpan<char>(in value));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (buffer.IsEmpty) return;
        if (_bytes.Length - _length < Encoding.UTF8.GetMaxByteCount(buffer.Length + 1)) MakeRoom(buffer);
        var rest = _bytes.AsSpan(_length);
        var endsHalf = char.IsHighSurrogate(buffer[^1]);
        _length += _isHalf || endsHalf ? _encoder.GetBytes(buffer, rest, false) : Encoding.UTF8.GetBytes(buffer, rest);
        _isHalf = endsHalf;
    }

    private void MakeRoom(ReadOnlySpan<char> buffer)
    {
        // For what is remembered, too.
        var needed = _length + Encoding.UTF8.GetByteCount(buffer) + Encoding.UTF8.GetMaxByteCount(1);
        if (_bytes.Length < needed) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, needed));
    }

    private sealed class Policy : PooledObjectPolicy<PageWriter>
    {
        public override PageWriter Create() => new();

        public override bool Return(PageWriter obj)
        {
            (obj._length, obj._isHalf) = (0, false);
            obj.Context.HttpContext = null!;
            obj._encoder.Reset();
            return obj._bytes.Length <= MostKept;
        }
    }
}
