namespace Blog.Catalogue;

/// <summary>Has articles found that readers could have sooner than the search index: after the first start of a big site, which does not wait for it.</summary>
internal sealed class IndexKeeper(SiteCatalogue catalogue, CatalogueKeeper keeper, TimeProvider clock, ILogger<IndexKeeper> log) : BackgroundService
{
    private const int PartsPerCheckpoint = 8;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Who saves, saves again, and comes first; but the index makes its way even where somebody saves all the time.</summary>
    private static readonly TimeSpan QuietAfterChange = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await catalogue.Ready.WaitAsync(stoppingToken);
        await keeper.InStep.WaitAsync(stoppingToken);
        while (true)
        {
            var (started, parts) = (clock.GetTimestamp(), 0);
            while (await keeper.IndexAsync(stoppingToken))
            {
                // While there is little to bring over, which a save might wait for.
                if (++parts % PartsPerCheckpoint == 0) await keeper.CheckpointAsync(stoppingToken);
                await GiveWay(stoppingToken);
            }

            // By the index pages know what is like them.
            if (parts > 0) catalogue.Refresh();
            if (parts > 0) log.LogInformation("The search index is complete after {Elapsed} ms", (long)clock.GetElapsedTime(started).TotalMilliseconds);
            // Nobody waits for this: a page that is asked for first finds it out for itself.
            while (await keeper.RelateAsync(stoppingToken))
            {
                if (++parts % PartsPerCheckpoint == 0) await keeper.CheckpointAsync(stoppingToken);
                await GiveWay(stoppingToken);
            }

            if (parts > 0) await keeper.ReleaseMemoryAsync(stoppingToken);
            await Task.Delay(Interval, clock, stoppingToken);
        }
    }

    private async Task GiveWay(CancellationToken cancelled)
    {
        var started = clock.GetTimestamp();
        while (keeper.SinceChange is var quiet && quiet < QuietAfterChange && LongestWait - clock.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
            await Task.Delay(QuietAfterChange - quiet < left ? QuietAfterChange - quiet : left, clock, cancelled);
    }
}
