using System.Collections.Concurrent;
using System.Security.Cryptography;
using Blog.Catalogue;
using Blog.Images;
using NetVips;

namespace Blog.Site.Images;

/// <summary>What became of a request for a variant.</summary>
internal enum VariantState
{
    /// <summary>Here it is.</summary>
    Made,

    /// <summary>There is no such variant.</summary>
    Missing,

    /// <summary>It can't be made of this file.</summary>
    Broken,

    /// <summary>Too many are being made; another time.</summary>
    Busy,
}

/// <summary>A variant, or why there is none.</summary>
/// <param name="State">Which.</param>
/// <param name="Path">The file that it is in; null where it could not be kept.</param>
/// <param name="Bytes">Itself, where there is no file.</param>
/// <param name="Original">For <see cref="VariantState.Broken"/>, the content path of the picture.</param>
internal sealed record Variant(VariantState State, string? Path = null, byte[]? Bytes = null, string? Original = null);

/// <summary>Finds variants, and makes those that are missing: each once, however many ask for it, and only as many at a time as there are cores, of large ones one.</summary>
public sealed class VariantKeeper(VariantStore store, SiteCatalogue catalogue, CatalogueReaders readers, ILogger<VariantKeeper> log) : IDisposable
{
    // With more waiting, the last would wait for longer than anybody looks at a page.
    private const int MaxWaiting = 100;
    private const int MaxBroken = 1000;

    // An encoder needs some 100 MB, and so does a picture of this many pixels where its format can't be decoded in strips.
    private const int MaxAtOnce = 8;
    private const long LargePixels = 16_000_000;

    private readonly ConcurrentDictionary<string, Lazy<Task<Variant>>> _making = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _broken = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _cores = new(Math.Clamp(Environment.ProcessorCount, 1, MaxAtOnce));
    private readonly SemaphoreSlim _large = new(1);
    private int _waiting;

    /// <summary>True while a reader waits for a variant.</summary>
    internal bool IsBusy => Volatile.Read(ref _waiting) > 0;

    internal async Task<Variant> Find(VariantRequest asked, CancellationToken cancelled)
    {
        if (store.Find(asked.Name) is { } path) return new Variant(VariantState.Made, path);
        if (PictureOf(asked.Hash) is not { } picture || !PictureVariants.Exists(picture, asked.Width, asked.Extension)) return new Variant(VariantState.Missing);
        if (_broken.ContainsKey(asked.Hash)) return new Variant(VariantState.Broken, Original: picture.Path);
        if (Volatile.Read(ref _waiting) >= MaxWaiting && !_making.ContainsKey(asked.Name)) return new Variant(VariantState.Busy);
        Interlocked.Increment(ref _waiting);
        // It is made to its end even when the one who asked has gone: the next will ask for the same.
        try { return await Make(picture, asked).WaitAsync(cancelled); }
        finally { Interlocked.Decrement(ref _waiting); }
    }

    /// <summary>Makes a variant that nobody has asked for yet, unless it is there.</summary>
    internal Task MakeAhead(Picture picture, VariantRequest wanted) => store.Find(wanted.Name) is null && !_broken.ContainsKey(wanted.Hash) ? Make(picture, wanted) : Task.CompletedTask;

    public void Dispose()
    {
        _cores.Dispose();
        _large.Dispose();
    }

    private Picture? PictureOf(string hash)
    {
        using var lease = readers.Rent();
        return lease.Reader.PictureWith(hash);
    }

    private Task<Variant> Make(Picture picture, VariantRequest asked) => _making.GetOrAdd(asked.Name, _ => new Lazy<Task<Variant>>(() => Task.Run(async () =>
    {
        var isLarge = (long)picture.Width * picture.Height > LargePixels;
        if (isLarge) await _large.WaitAsync();
        await _cores.WaitAsync();
        try
        {
            return MakeNow(picture, asked);
        }
        finally
        {
            _cores.Release();
            if (isLarge) _large.Release();
            _making.TryRemove(asked.Name, out var _);
        }
    }))).Value;

    private Variant MakeNow(Picture picture, VariantRequest asked)
    {
        try
        {
            if (store.Find(asked.Name) is { } made) return new Variant(VariantState.Made, made);
            // What is kept for ever must be of this content: the file may be another by now.
            if (catalogue.Folder.Resolve(picture.Path) is not { } full || new FileInfo(full).Length > Vips.MaxBytes) return new Variant(VariantState.Missing);
            var file = File.ReadAllBytes(full);
            if (!Convert.ToHexStringLower(SHA256.HashData(file)).StartsWith(picture.Hash, StringComparison.Ordinal)) return new Variant(VariantState.Missing);
            var bytes = VariantMaker.Make(file, picture, asked.Width, asked.Extension);
            store.Save(asked.Name, bytes);
            return new Variant(VariantState.Made, Bytes: bytes);
        }
        catch (Exception e) when (e is VipsException or System.Xml.XmlException or InvalidDataException or System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            if (_broken.Count >= MaxBroken) _broken.Clear();
            if (_broken.TryAdd(asked.Hash, picture.Path)) log.LogWarning("No smaller pictures can be made of {Path}; it is served as it is ({Reason})", picture.Path, e.Message.Trim());
            return new Variant(VariantState.Broken, Original: picture.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("{Path} can't be read: {Reason}", picture.Path, e.Message);
            return new Variant(VariantState.Missing);
        }
    }
}
