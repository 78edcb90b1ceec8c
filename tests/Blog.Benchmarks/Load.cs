using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Blog.Benchmarks;

/// <summary>Requests at a constant rate, whether or not the earlier ones were answered, until it is stopped.</summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly ConcurrentBag<double> _latencies = [];
    private readonly ConcurrentDictionary<string, int> _failures = [];
    private readonly HttpClient _client;
    private readonly Task _running;

    private Load(Uri address, int perSecond, Func<Random, string> nextPath, int seed)
    {
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        _running = perSecond > 0 ? Run(perSecond, nextPath, new Random(seed)) : Task.CompletedTask;
    }

    /// <summary>Milliseconds from when a request was due to the end of its answer.</summary>
    public Distribution Latencies => new(_latencies);

    public int Failed => _failures.Values.Sum();

    /// <summary>What failed, with how often.</summary>
    public string Failures => string.Join("; ", _failures.OrderByDescending(failure => failure.Value).Take(5).Select(failure => $"{failure.Value} × {failure.Key}"));

    /// <summary>Half articles; home, a category and the feed share the other half.</summary>
    public static Load Start(Uri address, int perSecond, IReadOnlyList<string> articles, int seed) => new(address, perSecond, random => random.Next(6) switch
    {
        0 => "/",
        1 => $"/categories/category-{random.Next(20)}",
        2 => "/feed.xml",
        _ => articles[random.Next(articles.Count)],
    }, seed);

    /// <summary>As <see cref="Start(Uri, int, IReadOnlyList{string}, int)"/>, but every other request asks for what no cache can have.</summary>
    public static Load StartPastCaches(Uri address, int perSecond, IReadOnlyList<string> articles, int seed)
    {
        var number = 0;
        return new Load(address, perSecond, random => articles[random.Next(articles.Count)] + (Interlocked.Increment(ref number) % 2 == 0 ? $"?n={random.NextInt64()}" : ""), seed);
    }

    /// <summary>Waits until the paths that every request takes are compiled, and forgets how long that took; failures count.</summary>
    public async Task WarmUp(CancellationToken cancelled)
    {
        await Task.Delay(TimeSpan.FromSeconds(3), cancelled);
        _latencies.Clear();
    }

    /// <summary>Stops and waits for what is on its way.</summary>
    public async Task Stop()
    {
        await _stopped.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _client.Dispose();
        _stopped.Dispose();
    }

    private async Task Run(int perSecond, Func<Random, string> nextPath, Random random)
    {
        var clock = Stopwatch.StartNew();
        var requests = new List<Task>();
        for (var number = 0; !_stopped.IsCancellationRequested; number++)
        {
            var due = TimeSpan.FromSeconds((double)number / perSecond);
            if (due > clock.Elapsed)
            {
                try { await Task.Delay(due - clock.Elapsed is { Ticks: > 0 } wait ? wait : TimeSpan.Zero, _stopped.Token); }
                catch (OperationCanceledException) { break; }
            }

            requests.Add(Request(nextPath(random), due, clock));
            if (requests.Count > 1000) requests.RemoveAll(request => request.IsCompleted);
        }

        await Task.WhenAll(requests);
    }

    private async Task Request(string path, TimeSpan due, Stopwatch clock)
    {
        try
        {
            using var response = await _client.GetAsync(new Uri(path, UriKind.Relative));
            if ((int)response.StatusCode is < 200 or >= 400 && response.StatusCode != HttpStatusCode.Gone) Fail($"{(int)response.StatusCode} at {path}");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            Fail(e is HttpRequestException ? e.Message : "no answer within 30 s");
        }

        _latencies.Add((clock.Elapsed - due).TotalMilliseconds);
    }

    private void Fail(string reason) => _failures.AddOrUpdate(reason, 1, (_, count) => count + 1);
}
