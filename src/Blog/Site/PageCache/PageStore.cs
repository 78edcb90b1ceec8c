using System.Collections.Concurrent;
using System.Threading.Channels;
using Blog.Catalogue;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Blog.Site.PageCache;

/// <summary>
/// Finished pages by their paths, in bounded memory: what nobody has asked for the longest goes first, to a bounded file. A change of the site leaves those right that show nothing of
/// what changed; the others are rendered when they are asked for, and one that comes out the same again is the same again, with its tag and its compressed bytes.
/// </summary>
public sealed class PageStore(SiteCatalogue catalogue, IOptions<BlogOptions> options, ILogger<PageStore> log) : BackgroundService
{
    // What waits to be compressed well; more than this is left as it is until it is asked for again.
    private const int MaxWaiting = 1024;

    // The second use is the first try; what had to be left then is tried again.
    private const int UsesBetweenTries = 64;

    // Bytes. What is longer, such as the sitemap of a very big site, is made anew each time.
    private const int MaxLength = 2 * 1024 * 1024;

    private readonly MemoryCache _pages = new(new MemoryCacheOptions { SizeLimit = Math.Max(1, options.Value.PageCacheMegabytes * 1024L * 1024), CompactionPercentage = 0.1, TrackStatistics = true });
    private readonly ConcurrentDictionary<(string Path, SiteState State), TaskCompletionSource<Rendering>> _running = new();
    private readonly Channel<(string Path, CachedPage Page)> _waiting = Channel.CreateBounded<(string, CachedPage)>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly PageShelf _shelf = new(options.Value.PageDiskMegabytes * 1024L * 1024, () => Path.GetDirectoryName(catalogue.File.Path)!, log);
    private long _rendered;

    /// <summary>False when the operator wants every page rendered anew.</summary>
    public bool IsOn { get; } = options.Value.PageCacheMegabytes > 0;

    /// <summary>Bytes of memory that finished pages take, about.</summary>
    internal long Bytes => _pages.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0;

    /// <summary>How often a page was rendered since the start.</summary>
    internal long Rendered => Interlocked.Read(ref _rendered);

    /// <summary>The page at a path as readers are to see it now; null when it must be rendered.</summary>
    internal CachedPage? Find(ReadOnlySpan<char> path)
    {
        if (!_pages.TryGetValue(path, out CachedPage? page) || !IsRight(page!)) return null;
        // What is asked for once and perhaps never again is not worth the effort, which is a hundred times that of sending it.
        if (page!.Uses++ % UsesBetweenTries == 1 && page.IsHasty) _waiting.Writer.TryWrite((path.ToString(), page));
        return page;
    }

    /// <summary>The same, of those for which memory has no room; the disk is waited for.</summary>
    internal CachedPage? FindOnDisk(string path)
    {
        if (_shelf.Find(path) is not var (page, isAskedAgain)) return null;
        var seen = page.State;
        if (!IsRight(page)) return null;
        if (!ReferenceEquals(seen, page.State)) _shelf.Put(path, page);
        // What is asked for more than once had better be in memory; else a robot that reads an archive from end to end would have everything else leave.
        if (isAskedAgain) Add(path, page);
        else page.Resized = () => _shelf.Put(path, page);
        return page;
    }

    /// <summary>The page at a path as it was last rendered, whether or not that is as readers are to see it now.</summary>
    internal CachedPage? Peek(string path) => _pages.Get<CachedPage>(path);

    /// <summary>Has a page rendered once, however many ask for it at the same time: either another is at it, whose result is waited for, or the caller is to do it and to tell by <see cref="Finish"/>.</summary>
    internal (Task<Rendering> Result, bool IsMine) Begin(string path, SiteState state)
    {
        var mine = new TaskCompletionSource<Rendering>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = _running.GetOrAdd((path, state), mine);
        return (running.Task, running == mine);
    }

    /// <summary>Counts a rendering.</summary>
    internal void CountRendering() => Interlocked.Increment(ref _rendered);

    /// <summary>Tells all who wait what came of a rendering.</summary>
    internal void Finish(string path, SiteState state, Rendering rendering)
    {
        if (_running.TryRemove((path, state), out var running)) running.SetResult(rendering);
    }

    /// <summary>Keeps what was rendered. Returns the page to send: the one there was when it is still the same.</summary>
    internal CachedPage Keep(string path, CachedPage rendered)
    {
        if (rendered.Length > MaxLength) return rendered;
        if (_pages.TryGetValue(path, out CachedPage? old) && old!.Is(rendered))
        {
            old.Confirm(rendered);
            return old;
        }

        Add(path, rendered);
        return rendered;
    }

    public override void Dispose()
    {
        _pages.Dispose();
        _shelf.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (path, page) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            // What was replaced or has gone since is not worth it.
            if (!_pages.TryGetValue(path, out CachedPage? kept) || kept != page) continue;
            try
            {
                await Task.Run(page.Compress, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "{Path} could not be compressed", path);
            }
        }
    }

    /// <summary>True when the page is as readers are to see it now.</summary>
    private bool IsRight(CachedPage page)
    {
        var (seen, now) = (page.State, catalogue.State);
        if (ReferenceEquals(seen, now)) return true;
        if (!catalogue.History.IsUnchanged(seen, now, page.Keys)) return false;
        page.Confirm(now);
        return true;
    }

    private void Add(string path, CachedPage page)
    {
        page.Resized = () =>
        {
            if (Peek(path) == page) Put(path, page);
        };
        Put(path, page);
    }

    private void Put(string path, CachedPage page)
    {
        using var entry = _pages.CreateEntry(path);
        entry.Value = page;
        entry.Size = page.Size + 2 * path.Length;
        entry.RegisterPostEvictionCallback(Evicted, this);
    }

    private static void Evicted(object path, object? page, EvictionReason reason, object? store)
    {
        if (reason == EvictionReason.Capacity) ((PageStore)store!)._shelf.Put((string)path, (CachedPage)page!);
    }
}

/// <summary>What came of a rendering.</summary>
/// <param name="Page">The page; null when there is none that others may have.</param>
/// <param name="IsAbandoned">True when it came to no end, so that somebody else has to do it.</param>
internal readonly record struct Rendering(CachedPage? Page, bool IsAbandoned);
