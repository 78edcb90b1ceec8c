using Microsoft.Data.Sqlite;

namespace Blog.Catalogue;

/// <summary>Serves the previous catalogue at once when there is one, and syncs it with the content folder.</summary>
public sealed class CatalogueKeeper(SiteCatalogue catalogue, ILogger<CatalogueKeeper> log) : BackgroundService
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private int _repairs;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (Previous() is { } state)
        {
            catalogue.Serve(state);
            log.LogInformation("Serving the previous catalogue {Path} while it is synced", catalogue.File.Path);
        }

        return base.StartAsync(cancellationToken);
    }

    /// <summary>Syncs once; a failure leaves the catalogue as it is and is logged. A corrupt catalogue is built anew beside its place.</summary>
    public async Task SyncAsync(CancellationToken cancelled, bool isCorrupt = false)
    {
        await _one.WaitAsync(cancelled);
        try
        {
            try
            {
                Sync(isCorrupt || !catalogue.IsReady, cancelled);
            }
            catch (Exception e) when (CatalogueFile.IsCorruption(e))
            {
                log.LogWarning("The catalogue {Path} is corrupt ({Reason}); it is made anew from the content", catalogue.File.Path, e.Message);
                Sync(true, cancelled);
            }
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            // Said once, not at every look.
            if (catalogue.LastFailure != e.Message) log.LogError("The sync failed; the site goes on with what it had: {Reason}", e.Message);
            catalogue.Failed(e);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Lets deletions that are held back take effect now.</summary>
    public Task ConfirmDeletionsAsync(CancellationToken cancelled)
    {
        catalogue.Held = null;
        return SyncAsync(cancelled);
    }

    /// <summary>Makes the catalogue anew, in the background, when a page failed because it is corrupt; does nothing for other failures or while that is going on.</summary>
    public void RepairAfter(Exception failure)
    {
        if (!CatalogueFile.IsCorruption(failure) || Interlocked.Exchange(ref _repairs, 1) == 1) return;
        log.LogWarning("A page failed because the catalogue {Path} is corrupt ({Reason}); it is made anew from the content", catalogue.File.Path, failure.Message);
        _ = Task.Run(async () =>
        {
            await SyncAsync(CancellationToken.None, true);
            Volatile.Write(ref _repairs, 0);
        });
    }

    private void Sync(bool isFirst, CancellationToken cancelled)
    {
        var served = catalogue.LastSync is null ? null : catalogue.State.Version;
        if (new CatalogueSync(catalogue.Folder, catalogue.File, log).Run(isFirst, cancelled, served) is { } report) catalogue.Synced(report);
        else catalogue.Checked();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => SyncAsync(stoppingToken), stoppingToken);

    private SiteState? Previous()
    {
        try
        {
            using var connection = catalogue.File.OpenForWriting();
            using var reader = new CatalogueWriter(connection);
            return SiteState.FromJson(reader.Fact("site"));
        }
        catch (SqliteException e)
        {
            log.LogWarning("The previous catalogue can't be read ({Reason})", e.Message);
            return null;
        }
    }
}
