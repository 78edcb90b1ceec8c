using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Blog.Catalogue;

namespace Blog.Site.Live;

/// <summary>Tells pages what was saved, for as long as they listen and the site runs.</summary>
internal sealed class LiveChanges(SiteCatalogue catalogue, LiveAssets assets, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);
    private static readonly string Program = typeof(LiveChanges).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    /// <summary>Differs when a page of that version of the site, by this program, would look otherwise.</summary>
    public static string Stamp(SiteState site) => $"{site.Version}-{Program}";

    /// <summary>First what there is, then every change, and a sign of life in between.</summary>
    public async IAsyncEnumerable<SseItem<LiveChange>> Follow([EnumeratorCancellation] CancellationToken cancelled)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancelled, lifetime.ApplicationStopping);
        var changes = Channel.CreateBounded<LiveChange>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest });
        assets.Changed += Told;
        var listening = Listen(changes.Writer, ending.Token);
        try
        {
            yield return new SseItem<LiveChange>(Now([]), "hello") { ReconnectionInterval = Retry };
            while (await Next(changes.Reader, ending.Token) is { } item) yield return item;
        }
        finally
        {
            assets.Changed -= Told;
            await ending.CancelAsync();
            await listening;
        }

        void Told() => changes.Writer.TryWrite(Now([]));
    }

    private async Task Listen(ChannelWriter<LiveChange> changes, CancellationToken ending)
    {
        try
        {
            await foreach (var report in catalogue.Changes(ending)) changes.TryWrite(Now(report.Files));
        }
        catch (OperationCanceledException)
        {
            // The page was left, or the site stops.
        }
    }

    /// <summary>The next change, or a sign of life when none comes; null at the end.</summary>
    private async Task<SseItem<LiveChange>?> Next(ChannelReader<LiveChange> changes, CancellationToken ending)
    {
        using var patience = new CancellationTokenSource(Heartbeat, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ending);
        try
        {
            return new SseItem<LiveChange>(await changes.ReadAsync(either.Token), "change");
        }
        catch (OperationCanceledException)
        {
            return ending.IsCancellationRequested ? null : new SseItem<LiveChange>(Now([]), "alive");
        }
    }

    private LiveChange Now(IReadOnlyList<SyncedFile> files) => new(Stamp(catalogue.State), files.Select(file => new LiveFile(file.Path, file.From)).ToList());
}

/// <summary>What a page is told.</summary>
/// <param name="Stamp">Of the site as it is now: <see cref="LiveChanges.Stamp"/>.</param>
/// <param name="Files">What was saved, where it is known.</param>
internal sealed record LiveChange(string Stamp, IReadOnlyList<LiveFile> Files);

/// <summary>A file that was saved.</summary>
/// <param name="Path">Its content path.</param>
/// <param name="From">Its content path before it was renamed; else null.</param>
internal sealed record LiveFile(string Path, string? From);
