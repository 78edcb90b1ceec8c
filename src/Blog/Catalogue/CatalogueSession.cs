namespace Blog.Catalogue;

/// <summary>
/// The catalogue as one request sees it: a reader is lent when it is first needed, so that all that a page shows is of one moment, and given back once all has been read,
/// before the answer is sent: one who takes it slowly must not keep it from others.
/// </summary>
public sealed class CatalogueSession(CatalogueReaders readers) : IDisposable
{
    private CatalogueReaders.Lease? _lease;

    /// <summary>The reader; not for several threads at once.</summary>
    public CatalogueReader Reader => (_lease ??= readers.Rent()).Reader;

    /// <summary>Gives the reader back. Whoever asks for it again gets one of another moment.</summary>
    public void Release()
    {
        _lease?.Dispose();
        _lease = null;
    }

    /// <inheritdoc />
    public void Dispose() => Release();
}
