using System.Collections.Concurrent;

namespace Blog.Site.PageCache;

/// <summary>Buffers for answers that are being made, used again and again: what each of them needs would else be allocated, cleared and collected for every page.</summary>
internal static class PageBuffers
{
    // Bytes that hold most pages.
    private const int UsualLength = 32 * 1024;

    // What a page of unusual length took is not kept.
    private const int MostKept = 1024 * 1024;

    private static readonly int MostIdle = 2 * Environment.ProcessorCount;
    private static readonly ConcurrentBag<MemoryStream> Idle = [];

    /// <summary>An empty buffer. Whoever forgets to return it loses nothing but time.</summary>
    public static MemoryStream Rent() => Idle.TryTake(out var buffer) ? buffer : new MemoryStream(UsualLength);

    /// <summary>Gives a buffer back, to which nobody holds on.</summary>
    public static void Return(MemoryStream buffer)
    {
        if (buffer.Capacity > MostKept || Idle.Count >= MostIdle) return;
        buffer.SetLength(0);
        Idle.Add(buffer);
    }
}
