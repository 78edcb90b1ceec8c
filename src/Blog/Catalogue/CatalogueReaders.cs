using Microsoft.Data.Sqlite;

namespace Blog.Catalogue;

/// <summary>The readers that no request has at present. After the file was replaced, by another or elsewhere, new ones are made.</summary>
public sealed class CatalogueReaders(SiteCatalogue catalogue) : IDisposable
{
    // As many as processors can use; each keeps some of the file in memory.
    private readonly Spares<Idle> _idle = new(2 * Environment.ProcessorCount);

    /// <summary>Kilobytes of the file that each keeps in memory.</summary>
    internal int CacheKilobytes { get; init; } = CatalogueFile.ReaderCacheKilobytes;

    /// <summary>Lends a reader, until the lease is disposed.</summary>
    public Lease Rent()
    {
        var (file, version) = (catalogue.File, catalogue.File.Version);
        while (_idle.TryTake(out var idle))
        {
            if (idle.File == file && idle.Version == version) return Begun(idle);
            idle.Reader.Dispose();
        }

        return Begun(new Idle(new CatalogueReader(file.ConnectionString, CacheKilobytes), file, version));
    }

    private Lease Begun(Idle idle)
    {
        try
        {
            idle.Reader.Begin();
            return new Lease(this, idle);
        }
        catch
        {
            idle.Reader.Dispose();
            throw;
        }
    }

    private void Return(Idle idle)
    {
        try { idle.Reader.End(); }
        catch (SqliteException)
        {
            // Whoever read has been told already.
            idle.Reader.Dispose();
            return;
        }

        if (!_idle.TryKeep(idle)) idle.Reader.Dispose();
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var idle)) idle.Reader.Dispose();
    }

    /// <summary>A reader that nobody else has.</summary>
    public readonly struct Lease : IDisposable
    {
        private readonly CatalogueReaders _owner;
        private readonly Idle _idle;

        internal Lease(CatalogueReaders owner, Idle idle) => (_owner, _idle) = (owner, idle);

        /// <summary>The reader.</summary>
        public CatalogueReader Reader => _idle.Reader;

        /// <summary>Gives it back.</summary>
        public void Dispose() => _owner.Return(_idle);
    }

    /// <summary>A reader with what it reads from.</summary>
    internal sealed record Idle(CatalogueReader Reader, CatalogueFile File, int Version);
}
