using System.Threading.Channels;
using Blog.Content;
using Microsoft.Extensions.Options;

namespace Blog.Catalogue;

/// <summary>Has the catalogue follow the content folder: at once where the system tells of changes, else by looking every few seconds.</summary>
internal sealed class ContentWatcher(SiteCatalogue catalogue, CatalogueKeeper keeper, IOptions<BlogOptions> options, TimeProvider clock, ILogger<ContentWatcher> log) : BackgroundService
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan LongestBurst = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var mode = options.Value.Watch;
        if (mode == WatchMode.Off) return;
        await catalogue.Ready.WaitAsync(stoppingToken);
        using var events = mode == WatchMode.Poll ? null : Listen();
        var interval = TimeSpan.FromSeconds(Math.Max(1, options.Value.PollSeconds));
        while (!stoppingToken.IsCancellationRequested)
        {
            await NextChange(mode == WatchMode.Events ? Timeout.InfiniteTimeSpan : interval, stoppingToken);
            await keeper.SyncAsync(stoppingToken);
        }
    }

    /// <summary>Waits for a change, or for the time to look again; a burst of changes counts as one.</summary>
    private async Task NextChange(TimeSpan interval, CancellationToken cancelled)
    {
        if (!await Signalled(interval, cancelled)) return;
        for (var start = clock.GetTimestamp(); clock.GetElapsedTime(start) < LongestBurst && await Signalled(Quiet, cancelled);)
        {
        }
    }

    private async Task<bool> Signalled(TimeSpan within, CancellationToken cancelled)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        timeout.CancelAfter(within);
        try
        {
            return await _changes.Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            return false;
        }
    }

    private FileSystemWatcher? Listen()
    {
        try
        {
            var watcher = new FileSystemWatcher(catalogue.Folder.Root)
            {
                IncludeSubdirectories = true,
                InternalBufferSize = 64 * 1024,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Changed += Changed;
            watcher.Created += Changed;
            watcher.Deleted += Changed;
            watcher.Renamed += Changed;
            // Too many events at once: which were lost is not known, and a sync looks at everything anyway.
            watcher.Error += (_, _) => _changes.Writer.TryWrite(true);
            watcher.EnableRaisingEvents = true;
            // What changed between the first sync and now was told to nobody.
            _changes.Writer.TryWrite(true);
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException)
        {
            log.LogWarning("The system does not tell of changes in {Folder} ({Reason}); it is looked at every {Seconds} s", catalogue.Folder.Root, e.Message, options.Value.PollSeconds);
            return null;
        }

        void Changed(object sender, FileSystemEventArgs change)
        {
            if (change.Name is null || !change.Name.Split(Path.DirectorySeparatorChar).Any(ContentLayout.IsIgnored)) _changes.Writer.TryWrite(true);
        }
    }
}
