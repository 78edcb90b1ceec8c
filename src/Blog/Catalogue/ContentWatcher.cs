using Blog.Content;
using Microsoft.Extensions.Options;

namespace Blog.Catalogue;

/// <summary>
/// Has the catalogue follow the content folder: at once where the system tells of changes, else by looking every few seconds.
/// Left to itself (<see cref="WatchMode.Auto"/>) it looks too, until it knows that the system tells, and finds out when it does not.
/// </summary>
internal sealed class ContentWatcher(SiteCatalogue catalogue, CatalogueKeeper keeper, IOptions<BlogOptions> options, ILogger<ContentWatcher> log) : BackgroundService
{
    /// <summary>A save is a few events within a moment; a pull or a copy is many, with pauses. Each is one sync.</summary>
    private const int FewPaths = 64;

    /// <summary>The path of the content folder itself.</summary>
    private const string Everything = "";

    private static readonly TimeSpan QuietAfterFew = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AfterGone = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan QuietAfterMany = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan LongestFew = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestMany = TimeSpan.FromSeconds(5);

    /// <summary>How soon a file that is still being written is looked at again.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);

    /// <summary>How soon a new folder is looked at once more: files may have come into it before the system told of them.</summary>
    private static readonly TimeSpan AfterNewFolder = TimeSpan.FromSeconds(1);

    /// <summary>How soon it is seen that another folder has taken the place of the content folder.</summary>
    private static readonly TimeSpan Presence = TimeSpan.FromSeconds(2);

    /// <summary>How soon a sync that failed is tried again: sooner at first, later when it goes on failing, as each try may read much.</summary>
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    /// <summary>How soon it is tried again to keep redirects that could not be kept.</summary>
    private static readonly TimeSpan UntilSaved = TimeSpan.FromSeconds(10);

    /// <summary>How often the folder is looked at where the system is known to tell.</summary>
    private static readonly TimeSpan Reassurance = TimeSpan.FromMinutes(5);

    // The system's clock: files don't keep to the site's.
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly Dictionary<string, long> _later = new(StringComparer.Ordinal);
    private int _missed;
    private int _failures;
    private bool _isPolling;
    private string? _identity;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Watch == WatchMode.Off)
        {
            catalogue.Watching = new Watching(WatchWay.Off);
            return;
        }

        using var events = new ContentEvents(_clock);
        var settling = new FileSettling(catalogue.Folder, _clock);
        _isPolling = options.Value.Watch == WatchMode.Poll;
        // Listening begins before the first sync ends, so that nothing falls between.
        Reopen(events);
        await catalogue.Ready.WaitAsync(stoppingToken);
        await keeper.InStep.WaitAsync(stoppingToken);
        var looked = _clock.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            var told = await events.Wait(NextWait(events, looked), stoppingToken);
            if (told) await Settle(events, stoppingToken);
            var isAnother = catalogue.Folder.Identity != _identity;
            if (isAnother) Reopen(events);
            if (events.Failure is { } failure && !_isPolling && options.Value.Watch == WatchMode.Auto) Poll(events, failure);

            // Something else failed than a sync of ours, such as the repair after a page: what that left is looked at.
            if (catalogue.LastFailure is not null) _later.TryAdd(Everything, _clock.GetTimestamp());
            var due = Due();
            var paths = await Take(events, due, stoppingToken);
            if (isAnother || paths is null || due.Remove(Everything) || _clock.GetElapsedTime(looked) >= Interval(events) || HoldIsOver())
            {
                looked = _clock.GetTimestamp();
                await LookAsync(events, settling, stoppingToken);
            }
            else if (paths.Count + due.Count > 0)
            {
                RememberNewFolders(paths);
                await SyncAsync(SyncScope.Of(paths.Union(due, StringComparer.Ordinal).ToList()) with { Settling = settling }, stoppingToken);
            }
        }
    }

    /// <summary>What was told of. Where a path is gone, of this or of what is due for another look, what it may have become is waited for a little longer: a move that is seen in two halves would be a deletion.</summary>
    private async Task<IReadOnlyCollection<string>?> Take(ContentEvents events, IReadOnlyCollection<string> due, CancellationToken cancelled)
    {
        var paths = events.Take();
        if (paths is null || paths.Count > FewPaths || paths.Concat(due).All(path => path == Everything || Path.Exists(Path.Combine(catalogue.Folder.Root, path)))) return paths;
        await Task.Delay(AfterGone, cancelled);
        return events.Take() is { } more ? paths.Union(more, StringComparer.Ordinal).ToList() : null;
    }

    /// <summary>Waits until a burst of changes is over.</summary>
    private static async Task Settle(ContentEvents events, CancellationToken cancelled)
    {
        for (var waited = TimeSpan.Zero; ;)
        {
            var (count, quiet) = events.Pending();
            var (wanted, longest) = count <= FewPaths ? (QuietAfterFew, LongestFew) : (QuietAfterMany, LongestMany);
            if (quiet >= wanted || waited >= longest) return;
            var pause = wanted - quiet;
            await Task.Delay(pause, cancelled);
            waited += pause;
        }
    }

    /// <summary>Looks at the whole folder. In auto mode it learns from what it finds whether the system tells of changes.</summary>
    private async Task LookAsync(ContentEvents events, FileSettling settling, CancellationToken cancelled)
    {
        var before = catalogue.LastSync;
        await SyncAsync(SyncScope.Everything(SyncReason.Look) with { Settling = settling }, cancelled);
        if (options.Value.Watch != WatchMode.Auto || _isPolling || catalogue.LastSync is not { Reason: SyncReason.Look, Files.Count: > 0 } report || report == before) return;
        // What the look found first may still be on its way.
        await Task.Delay(QuietAfterMany, cancelled);
        if (report.Files.Any(file => events.HasToldOf(file.Path) || (file.From is { } from && events.HasToldOf(from))))
        {
            _missed = 0;
            return;
        }

        if (++_missed == 1) Reopen(events);
        else Poll(events, "changes were found of which the system had told nothing");
    }

    private async Task SyncAsync(SyncScope scope, CancellationToken cancelled)
    {
        var started = _clock.GetTimestamp();
        var deferred = await keeper.SyncAsync(scope, cancelled);
        if (deferred is null)
        {
            // Nothing is known to be in step: a while later everything is looked at.
            var pause = Presence * (1 << Math.Min(_failures++, 4));
            _later[Everything] = After(_clock.GetTimestamp(), pause < LongestRetry ? pause : LongestRetry);
            return;
        }

        _failures = 0;
        foreach (var path in deferred) _later[path] = After(started, Again);
        if (catalogue.RedirectTrouble is not null) _later[Everything] = After(_clock.GetTimestamp(), UntilSaved);
    }

    private long After(long moment, TimeSpan pause) => moment + (long)(pause.TotalSeconds * _clock.TimestampFrequency);

    private List<string> Due()
    {
        var now = _clock.GetTimestamp();
        var due = _later.Where(path => path.Value <= now).Select(path => path.Key).ToList();
        foreach (var path in due) _later.Remove(path);
        return due;
    }

    private void RememberNewFolders(IReadOnlyCollection<string> paths)
    {
        foreach (var path in paths)
            if (Directory.Exists(Path.Combine(catalogue.Folder.Root, path))) _later.TryAdd(path, After(_clock.GetTimestamp(), AfterNewFolder));
    }

    private TimeSpan NextWait(ContentEvents events, long looked)
    {
        var wait = Interval(events) - _clock.GetElapsedTime(looked);
        if (Presence < wait) wait = Presence;
        if (_later.Count > 0 && _clock.GetElapsedTime(_clock.GetTimestamp(), _later.Values.Min()) is var left && left < wait) wait = left;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private TimeSpan Interval(ContentEvents events) =>
        options.Value.Watch == WatchMode.Events ? TimeSpan.MaxValue
        : !_isPolling && events.HasTold && _missed == 0 ? Reassurance
        : TimeSpan.FromSeconds(Math.Max(1, options.Value.PollSeconds));

    private static bool HoldIsOver(HeldDeletions? held, DateTimeOffset now) => held is not null && now >= held.Until;

    private bool HoldIsOver() => HoldIsOver(catalogue.Held, _clock.GetUtcNow());

    private void Reopen(ContentEvents events)
    {
        _identity = catalogue.Folder.Identity;
        if (_isPolling)
        {
            catalogue.Watching = new Watching(WatchWay.Looking, options.Value.PollSeconds);
            return;
        }

        // There is nothing to listen to while the folder is away.
        if (_identity.Length == 0 || events.Listen(catalogue.Folder) is not { } failure) catalogue.Watching = new Watching(WatchWay.Told);
        else Poll(events, failure);
    }

    private void Poll(ContentEvents events, string reason)
    {
        _isPolling = true;
        catalogue.Watching = new Watching(WatchWay.Looking, options.Value.PollSeconds, reason);
        log.LogWarning("The system does not tell of changes in {Folder} ({Reason}); it is looked at every {Seconds} s", catalogue.Folder.Root, reason, options.Value.PollSeconds);
    }
}
