using Microsoft.Extensions.ObjectPool;

namespace Blog.Site.PageCache;

/// <summary>Buffers for answers that are being made, used again and again: what each of them needs would else be allocated, cleared and collected for every page.</summary>
internal static class PageBuffers
{
    // For one answer up to three at a time: what a feed is written to, what the answer is collected in, and who asked.
    private static readonly DefaultObjectPool<MemoryStream> Pool = new(new Policy(), 4 * Environment.ProcessorCount);

    /// <summary>An empty buffer. Whoever forgets to return it loses nothing but time.</summary>
    public static MemoryStream Rent() => Pool.Get();

    /// <summary>Gives a buffer back, to which nobody holds on.</summary>
    public static void Return(MemoryStream buffer) => Pool.Return(buffer);

    private sealed class Policy : PooledObjectPolicy<MemoryStream>
    {
        // Bytes that hold most pages.
        private const int UsualLength = 32 * 1024;

        // What a page of unusual length took is not kept.
        private const int MostKept = 1024 * 1024;

        public override MemoryStream Create() => new(UsualLength);

        public override bool Return(MemoryStream obj)
        {
            obj.SetLength(0);
            return obj.Capacity <= MostKept;
        }
    }
}
