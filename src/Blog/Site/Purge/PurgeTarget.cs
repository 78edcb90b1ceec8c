using Blog.Catalogue;

namespace Blog.Site.Purge;

/// <summary>
/// One cache that is told what has changed. What comes while a call is under way, or waits to be tried again, goes with the next one;
/// what could not be told for long becomes everything, so that in the end nothing is missed.
/// </summary>
internal sealed class PurgeTarget(Uri url, PurgeKind kind, PurgeOptions options, HttpClient client, TimeProvider clock, ILogger log)
{
    // With more, it is gentler to have all made anew.
    private const int MostCalls = 20;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private volatile State _state = new(0, null, null);

    /// <summary>What it has still to be told.</summary>
    public OutdatedKeys Outdated { get; } = new();

    /// <summary>Scheme and host, without what may be secret.</summary>
    public string Name { get; } = url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>About how many keys it could not be told yet or have come meanwhile, when it was last told something, and why it can't be told now: null when it can.</summary>
    public (int Waiting, DateTimeOffset? Told, string? Trouble) Now => (_state.Waiting + Outdated.Count, _state.Told, _state.Trouble);

    /// <summary>Tells it, until the site ends.</summary>
    public async Task Run(CancellationToken stopping)
    {
        while (true)
        {
            await Outdated.WaitAsync(stopping);
            await Tell(new Queue<string>(Outdated.Take()), stopping);
        }
    }

    private async Task Tell(Queue<string> keys, CancellationToken stopping)
    {
        var (failingSince, wait) = (0L, FirstWait);
        var perCall = options.KeysPerCall > 0 ? options.KeysPerCall : PurgeRequest.MostKeys(kind);
        while (keys.Count > 0)
        {
            if (keys.Count > MostCalls * perCall) keys = new Queue<string>([SurrogateKeys.Site]);
            var part = keys.Take(perCall).ToList();
            var (trouble, asked) = await Send(part, stopping);
            if (trouble is null)
            {
                foreach (var _ in part) keys.Dequeue();
                if (_state.Trouble is not null) log.LogInformation("The cache at {Cache} is told of changes again", Name);
                _state = new State(keys.Count, clock.GetUtcNow(), null);
                (failingSince, wait) = (0, FirstWait);
                continue;
            }

            if (failingSince == 0) failingSince = clock.GetTimestamp();
            // Once, not at every try.
            if (_state.Trouble is null) log.LogWarning("The cache at {Cache} can't be told what has changed: {Reason}. It is tried again; until then it may show what was", Name, trouble);
            _state = _state with { Waiting = keys.Count, Trouble = trouble };
            // Many sites at once must not come back at the same moment.
            await Task.Delay(asked ?? wait * (0.5 + Random.Shared.NextDouble() / 2), clock, stopping);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            var further = Outdated.Take();
            var isLong = clock.GetElapsedTime(failingSince) >= TimeSpan.FromSeconds(options.GiveUpSeconds);
            if (isLong || further is [SurrogateKeys.Site]) keys = new Queue<string>([SurrogateKeys.Site]);
            else if (keys.Peek() != SurrogateKeys.Site) keys = new Queue<string>(keys.Union(further));
        }
    }

    /// <summary>Why a call failed, and when the cache wants to be asked again; null when it did not fail.</summary>
    private async Task<(string? Trouble, TimeSpan? Wait)> Send(IReadOnlyList<string> keys, CancellationToken stopping)
    {
        try
        {
            using var request = PurgeRequest.Of(kind, url, await Token(stopping), keys);
            using var answer = await client.SendAsync(request, stopping);
            return answer.IsSuccessStatusCode ? (null, null) : ($"It answered {(int)answer.StatusCode} {answer.ReasonPhrase}", answer.Headers.RetryAfter?.Delta is { } asked && asked <= LongestWait ? asked : null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or FormatException || e is OperationCanceledException && !stopping.IsCancellationRequested)
        {
            return (e is OperationCanceledException ? "It did not answer in time" : e.Message, null);
        }
    }

    // Read each time, so that another secret needs no restart.
    private async Task<string?> Token(CancellationToken stopping) =>
        options.TokenFile is { Length: > 0 } file ? (await File.ReadAllTextAsync(file, stopping)).Trim() : string.IsNullOrEmpty(options.Token) ? null : options.Token;

    private sealed record State(int Waiting, DateTimeOffset? Told, string? Trouble);
}
