namespace Blog.Catalogue;

/// <summary>Has articles found that readers could have sooner than the search index: after the first start of a big site, which does not wait for it.</summary>
internal sealed class IndexKeeper(SiteCatalogue catalogue, CatalogueKeeper keeper, TimeProvider clock, ILogger<IndexKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await catalogue.Ready.WaitAsync(stoppingToken);
        await keeper.InStep.WaitAsync(stoppingToken);
        while (true)
        {
            var (started, parts) = (clock.GetTimestamp(), 0);
            while (await keeper.IndexAsync(stoppingToken))
                // So that the log does not grow with the site.
                if (++parts % 64 == 0) await keeper.CheckpointAsync(stoppingToken);
            if (parts > 0) log.LogInformation("The search index is complete after {Elapsed} ms", (long)clock.GetElapsedTime(started).TotalMilliseconds);
            await Task.Delay(Interval, clock, stoppingToken);
        }
    }
}
