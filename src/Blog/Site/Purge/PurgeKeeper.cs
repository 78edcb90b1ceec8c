using Blog.Catalogue;
using Microsoft.Extensions.Options;

namespace Blog.Site.Purge;

/// <summary>Tells the caches in front of the site, after each sync, which pages they are to ask for anew. No sync and no page waits for that.</summary>
internal sealed class PurgeKeeper(SiteCatalogue catalogue, CatalogueKeeper keeper, IOptions<BlogOptions> options, TimeProvider clock, ILogger<PurgeKeeper> log) : BackgroundService
{
    // What a replica was sending at the moment of a call may have come into the cache after it.
    private static readonly TimeSpan UntilAgain = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(15);

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false }) { Timeout = LongestCall };
    private readonly OutdatedKeys _again = new();

    /// <summary>The caches; none where the operator named none.</summary>
    public IReadOnlyList<PurgeTarget> Targets { get; private set; } = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var purge = options.Value.Purge;
        Targets = [.. purge.Urls.Select(url => new PurgeTarget(new Uri(url), purge.Form!.Value, purge, _client, clock, log))];
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Targets.Count == 0) return;
        await keeper.InStep.WaitAsync(stoppingToken);
        // What was not told before the end isn't known, and this may be another version of the program: everything, and with it what was found so far.
        catalogue.Outdated.Take();
        foreach (var target in Targets) target.Outdated.Add([SurrogateKeys.Site]);
        await Task.WhenAll(Targets.Select(target => target.Run(stoppingToken)).Append(Distribute(stoppingToken)).Append(Repeat(stoppingToken)));
    }

    private async Task Distribute(CancellationToken stopping)
    {
        while (true)
        {
            await catalogue.Outdated.WaitAsync(stopping);
            var keys = catalogue.Outdated.Take();
            foreach (var target in Targets) target.Outdated.Add(keys);
            _again.Add(keys);
        }
    }

    /// <summary>Tells everything a second time, some seconds later.</summary>
    private async Task Repeat(CancellationToken stopping)
    {
        while (true)
        {
            await _again.WaitAsync(stopping);
            var keys = _again.Take();
            await Task.Delay(UntilAgain, clock, stopping);
            foreach (var target in Targets) target.Outdated.Add(keys);
        }
    }
}
