using Microsoft.Extensions.Options;

namespace Blog.Catalogue;

/// <summary>Dates articles by git, where the content folder is a work tree: after the start, which never waits for it, and after each commit.</summary>
internal sealed class HistoryKeeper(SiteCatalogue catalogue, CatalogueKeeper keeper, IOptions<BlogOptions> options, TimeProvider clock, ILogger<HistoryKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await catalogue.Ready.WaitAsync(stoppingToken);
        await keeper.InStep.WaitAsync(stoppingToken);
        do await DateAsync(stoppingToken);
        while (options.Value.Watch != WatchMode.Off && await Wait(stoppingToken));
    }

    /// <summary>Dates the articles by what was committed since they were dated last; nothing where there is no git.</summary>
    internal async Task DateAsync(CancellationToken cancelled)
    {
        if (!CommitDates.IsWorkTree(catalogue.Folder.Root)) return;
        var (isKnown, dated) = await keeper.DatedUpToAsync(cancelled);
        if (!isKnown) return;
        var dates = new CommitDates(catalogue.Folder.Root, log);
        var head = await dates.Head(cancelled);
        if (dated is not null && (head ?? "") == dated) return;
        // Without history, what git was asked for has the dates of its files.
        var history = head is null ? null : await dates.Read(dated is { Length: > 0 } ? dated : null, cancelled);
        await keeper.DateAsync(history ?? new CommitHistory(head ?? "", true, new Dictionary<string, long>()), cancelled);
    }

    private async Task<bool> Wait(CancellationToken cancelled)
    {
        await Task.Delay(Interval, clock, cancelled);
        return true;
    }
}
