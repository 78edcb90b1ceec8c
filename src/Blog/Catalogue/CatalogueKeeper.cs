using Microsoft.Data.Sqlite;

namespace Blog.Catalogue;

/// <summary>Serves the previous catalogue at once when there is one, and syncs it with the content folder.</summary>
internal sealed class CatalogueKeeper(SiteCatalogue catalogue, ILogger<CatalogueKeeper> log, ILogger<CatalogueSync> syncLog) : BackgroundService
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (Previous() is { } state)
        {
            catalogue.Serve(state);
            log.LogInformation("Serving the previous catalogue {Path} while it is synced", catalogue.File.Path);
        }

        return base.StartAsync(cancellationToken);
    }

    /// <summary>Syncs once; a failure leaves the catalogue as it is and is logged. A corrupt file is made anew, once.</summary>
    public async Task SyncAsync(CancellationToken cancelled)
    {
        await _one.WaitAsync(cancelled);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    catalogue.Synced(new CatalogueSync(catalogue.Folder, catalogue.File, syncLog).Run(!catalogue.IsReady, cancelled));
                    return;
                }
                catch (Exception e) when (CatalogueFile.IsCorruption(e) && attempt == 1)
                {
                    log.LogWarning("The catalogue {Path} is corrupt ({Reason}); it is made anew from the content", catalogue.File.Path, e.Message);
                    catalogue.File.Recreate();
                }
            }
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            catalogue.Failed(e);
            log.LogError(e, "The sync failed; the site goes on with what it had");
        }
        finally
        {
            _one.Release();
        }
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
