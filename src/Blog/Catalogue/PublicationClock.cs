namespace Blog.Catalogue;

/// <summary>Has articles appear and leave at their minute, with nobody touching anything.</summary>
internal sealed class PublicationClock(SiteCatalogue catalogue, CatalogueKeeper keeper, TimeProvider clock) : BackgroundService
{
    // A clock that is set, or a machine that slept, is noticed after this time.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await catalogue.Ready.WaitAsync(stoppingToken);
        await keeper.Serving.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = await keeper.TickAsync(stoppingToken);
            var wait = next is { } moment && moment - clock.GetUtcNow() is var left && left < LongestWait ? (left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1)) : LongestWait;
            await Task.Delay(wait, clock, stoppingToken);
        }
    }
}
