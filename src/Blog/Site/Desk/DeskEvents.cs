using System.Runtime.CompilerServices;
using Blog.Catalogue;

namespace Blog.Site.Desk;

/// <summary>Tells open pages of the desk, as server-sent events, that something may have changed: the stamp of what there is, at once, at every change, and as a sign of life.</summary>
internal sealed class DeskEvents(SiteCatalogue catalogue, TimeProvider clock, IHostApplicationLifetime lifetime) : IDisposable
{
    /// <summary>The most pages that are told at a time.</summary>
    public const int MaxListeners = 100;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _places = new(MaxListeners);

    /// <summary>The stream for a page; 503 when too many are listening.</summary>
    public IResult Listen(HttpContext context)
    {
        if (!_places.Wait(0)) return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        context.Response.OnCompleted(() =>
        {
            _places.Release();
            return Task.CompletedTask;
        });
        return TypedResults.ServerSentEvents(Stamps(context.RequestAborted), "stamp");
    }

    public void Dispose() => _places.Dispose();

    private async IAsyncEnumerable<string> Stamps([EnumeratorCancellation] CancellationToken aborted)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        var changes = catalogue.Changes(ended.Token).GetAsyncEnumerator(ended.Token);
        var next = changes.MoveNextAsync().AsTask();
        try
        {
            while (!ended.IsCancellationRequested)
            {
                yield return DeskFrame.StampOf(catalogue);
                await Task.WhenAny(next, Task.Delay(Beat, clock, ended.Token));
                if (!next.IsCompleted) continue;
                if (!next.IsCompletedSuccessfully || !next.Result) break;
                next = changes.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // An enumerator must not be disposed of while it moves.
            await ended.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await changes.DisposeAsync();
        }
    }
}
