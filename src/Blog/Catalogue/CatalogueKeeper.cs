using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Blog.Catalogue;

/// <summary>Serves the previous catalogue at once when there is one, and syncs it with the content folder.</summary>
public sealed class CatalogueKeeper(SiteCatalogue catalogue, IOptions<BlogOptions> options, TimeProvider clock, ILogger<CatalogueKeeper> log) : BackgroundService
{
    private static readonly TimeSpan UntilNextTry = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lock _opening = new();
    private SiteState? _previous;
    private bool _isOpened;
    private CatalogueSync? _sync;
    private readonly TaskCompletionSource _inStep = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _repairs;
    private long _changedAt;

    /// <summary>True for a catalogue of the folder as it is now, whatever was there before: see <see cref="CatalogueSync.IsMirror"/>.</summary>
    internal bool IsMirror { get; init; }

    /// <summary>True where nobody waits for the first pages: a sync ends with a search index that is complete, whatever the size of the site.</summary>
    internal bool IndexesAtOnce { get; init; }

    /// <summary>False where nobody searches: see <see cref="CatalogueWriter.IsSearched"/>.</summary>
    internal bool IsSearched { get; init; } = true;

    /// <summary>What work that readers don't wait for is put off to, while a previous catalogue serves: the first page comes first.</summary>
    internal Task Serving { get; init; } = Task.CompletedTask;

    /// <summary>How long ago a sync has changed something.</summary>
    internal TimeSpan SinceChange => clock.GetElapsedTime(Volatile.Read(ref _changedAt));

    /// <summary>Ends after the first try to bring the catalogue in step with the folder.</summary>
    internal Task InStep => _inStep.Task;

    /// <summary>What the previous catalogue says of the site, read once; null when there is none that can be read.</summary>
    internal SiteState? Open()
    {
        lock (_opening)
        {
            if (!_isOpened) _previous = Previous();
            _isOpened = true;
            return _previous;
        }
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (Open() is { } state)
        {
            catalogue.Serve(state);
            log.LogInformation("Serving the previous catalogue {Path} while it is synced", catalogue.File.Path);
        }

        return base.StartAsync(cancellationToken);
    }

    /// <summary>Syncs with the whole folder once; a failure leaves the catalogue as it is and is logged.</summary>
    public Task SyncAsync(CancellationToken cancelled) => SyncAsync(SyncScope.Everything(SyncReason.Look), cancelled);

    /// <summary>Lets deletions that are held back take effect now.</summary>
    public Task ConfirmDeletionsAsync(CancellationToken cancelled) => SyncAsync(SyncScope.Everything(SyncReason.Look) with { ConfirmsDeletions = true }, cancelled);

    /// <summary>Makes the catalogue anew, in the background, when something failed because it is corrupt or gone; does nothing for other failures or while that is going on.</summary>
    public void RepairAfter(Exception failure)
    {
        if (!catalogue.File.IsLost(failure) || Interlocked.Exchange(ref _repairs, 1) == 1) return;
        log.LogWarning("The catalogue {Path} is lost ({Reason}); it is made anew from the content", catalogue.File.Path, failure.Message);
        _ = Task.Run(async () =>
        {
            await Alone(() => Sync(SyncScope.Everything(SyncReason.Look), true, CancellationToken.None), CancellationToken.None);
            Volatile.Write(ref _repairs, 0);
        });
    }

    /// <summary>Syncs once; a failure leaves the catalogue as it is and is logged. A corrupt catalogue is built anew beside its place.</summary>
    /// <returns>What had better be looked at again soon; null when the sync failed, so that nothing is known to be in step.</returns>
    internal async Task<IReadOnlyList<string>?> SyncAsync(SyncScope scope, CancellationToken cancelled) =>
        await Alone(() => Sync(scope, !catalogue.IsReady || catalogue.File.IsGone, cancelled), cancelled) ? _sync?.Deferred ?? [] : null;

    /// <summary>Lets articles appear and leave whose hour has come. Returns the next such hour; null for none.</summary>
    internal async Task<DateTimeOffset?> TickAsync(CancellationToken cancelled)
    {
        DateTimeOffset? next = null;
        await Alone(() =>
        {
            if (_sync?.Tick(catalogue.State) is { } report) catalogue.Synced(report);
            next = _sync?.NextMoment();
        }, cancelled);
        return next;
    }

    /// <summary>Dates articles by their last commits.</summary>
    internal Task DateAsync(CommitHistory history, CancellationToken cancelled) => Alone(() =>
    {
        if (_sync?.Date(history) is { } report) catalogue.Synced(report);
    }, cancelled);

    /// <summary>The commit up to which articles are dated, null for none; not known when the catalogue can't be read.</summary>
    internal async Task<(bool IsKnown, string? Commit)> DatedUpToAsync(CancellationToken cancelled)
    {
        string? commit = null;
        return (await Alone(() => commit = _sync?.DatedUpTo(), cancelled), commit);
    }

    /// <summary>Puts some of the articles that are missing there into the search index. False when none is missing, or it can't be done now.</summary>
    internal async Task<bool> IndexAsync(CancellationToken cancelled)
    {
        if (_sync is not { Index.IsComplete: false } sync) return false;
        IndexBatch? batch = null;
        if (!await Alone(() => batch = sync.Index.Take(), cancelled) || batch is null) return false;
        var entries = batch.Find(cancelled);
        return await Alone(() => sync.Index.Write(batch, entries), cancelled);
    }

    /// <summary>Finds out what is like some of the articles of which that is not known. False when there is none, or it can't be done now.</summary>
    internal async Task<bool> RelateAsync(CancellationToken cancelled)
    {
        if (_sync is not { Index: { IsComplete: true, IsRelated: false } index }) return false;
        RelatedBatch batch;
        try { batch = index.FindLike(); }
        catch (SqliteException e)
        {
            log.LogDebug(e, "What is like which is found out later");
            RepairAfter(e);
            return false;
        }

        return await Alone(() => index.Write(batch), cancelled) && batch.Articles.Count > 0;
    }

    /// <summary>The version of the catalogue as it is kept; null when there is none that can be read.</summary>
    internal string? KeptVersion() => Previous()?.Version;

    /// <summary>Brings what was written into the catalogue's file.</summary>
    internal Task CheckpointAsync(CancellationToken cancelled) => Alone(catalogue.File.Checkpoint, cancelled);

    /// <summary>Gives back what much work has taken and nothing needs any more.</summary>
    internal async Task ReleaseMemoryAsync(CancellationToken cancelled)
    {
        await Alone(catalogue.File.ReleaseMemory, cancelled);
        FreeMemory.Release();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(async () =>
    {
        try
        {
            if (catalogue.IsReady) await Serving.WaitAsync(stoppingToken);
            await SyncAsync(SyncScope.Everything(SyncReason.Start), stoppingToken);
        }
        finally { _inStep.TrySetResult(); }

        // Without a catalogue there is no site: nobody watches, and nobody asks.
        while (!catalogue.IsReady)
        {
            await Task.Delay(UntilNextTry, stoppingToken);
            await SyncAsync(SyncScope.Everything(SyncReason.Start), stoppingToken);
        }
    }, stoppingToken);

    private async Task<bool> Alone(Action action, CancellationToken cancelled)
    {
        await _one.WaitAsync(cancelled);
        try
        {
            action();
            return true;
        }
        catch (Exception e) when (CatalogueFile.IsFailure(e))
        {
            var reason = e is SqliteException ? $"The catalogue {catalogue.File.Path} can't be written: {catalogue.File.Reason(e)}. Once that is mended, the site follows by itself" : e.Message;
            // Said once, not at every look.
            if (catalogue.LastFailure != reason) log.LogError("The sync failed; the site goes on with what it had. {Reason}", reason);
            catalogue.Failed(reason);
            // What works in the background may be the first to notice: pages may all be in memory.
            RepairAfter(e);
            return false;
        }
        finally
        {
            _one.Release();
        }
    }

    private void Sync(SyncScope scope, bool isFirst, CancellationToken cancelled)
    {
        try
        {
            SyncOnce(scope, isFirst, cancelled);
        }
        catch (Exception e) when (catalogue.File.IsLost(e))
        {
            log.LogWarning("The catalogue {Path} is lost ({Reason}); it is made anew from the content", catalogue.File.Path, e.Message);
            SyncOnce(scope.Widened(), true, cancelled);
        }
        catch (Exception e) when (isFirst && !catalogue.IsReady && CatalogueFile.IsFailure(e) && e is not DirectoryNotFoundException)
        {
            // The disk may be full: a site in another place is better than none.
            if (!catalogue.MoveElsewhere(catalogue.File.Reason(e), log)) throw;
            _sync = null;
            Sync(scope.Widened(), true, cancelled);
        }
    }

    private void SyncOnce(SyncScope scope, bool isFirst, CancellationToken cancelled)
    {
        _sync ??= new CatalogueSync(catalogue.Folder, catalogue.File, TimeSpan.FromSeconds(options.Value.HoldDeletionsSeconds), clock, log, IsSearched) { IsMirror = IsMirror, MaxIndexedAtOnce = IndexesAtOnce ? int.MaxValue : CatalogueSync.IndexedAtOnce };
        _sync.Index.Workers = IndexesAtOnce ? Environment.ProcessorCount : 1;
        try
        {
            var report = _sync.Run(scope, isFirst, cancelled);
            (catalogue.Held, catalogue.RedirectTrouble) = (_sync.Held, _sync.RedirectTrouble);
            if (report is null) catalogue.Checked(clock.GetUtcNow());
            else
            {
                catalogue.Synced(report);
                Volatile.Write(ref _changedAt, clock.GetTimestamp());
            }

            // Only now: readers have the new site already.
            if (report is not null && !isFirst) catalogue.File.Checkpoint();
        }
        catch when (isFirst)
        {
            catalogue.File.DropBuild();
            throw;
        }
    }

    private SiteState? Previous()
    {
        try
        {
            using var connection = catalogue.File.OpenForWriting();
            using var reader = new CatalogueWriter(connection, clock.GetUtcNow());
            return SiteState.FromJson(reader.Fact("site"));
        }
        catch (SqliteException e)
        {
            log.LogWarning("The previous catalogue can't be read ({Reason})", e.Message);
            return null;
        }
    }
}
