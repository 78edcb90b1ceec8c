using System.Diagnostics;
using System.Globalization;

namespace Blog.Benchmarks;

/// <summary>Saves random articles, one after the other, and asks for each until its page shows what was saved.</summary>
internal sealed class Saves(Uri server, Corpus corpus, int seed) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    private readonly HttpClient _client = new() { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };
    private readonly Random _random = new(seed);
    private readonly List<double> _latencies = [];

    /// <summary>Milliseconds from the start of a save to the end of the answer that showed it.</summary>
    public Distribution Latencies => new(_latencies);

    /// <summary>Saves that no reader saw within two minutes.</summary>
    public int Unseen { get; private set; }

    /// <summary>Looks that were answered with a failure, or not within 30 s.</summary>
    public int FailedLooks { get; private set; }

    /// <summary>Which saves took longest, by their number from 1, with their milliseconds: those at the start tell of a program that is still warming up.</summary>
    public string Slowest(int count) => string.Join(", ", _latencies.Select((time, index) => (time, number: index + 1)).OrderByDescending(save => save.time).Take(count).Select(save => string.Create(CultureInfo.InvariantCulture, $"{save.number} ({save.time:0})")));

    public async Task Run(int count, CancellationToken cancelled)
    {
        for (var number = 0; number < count; number++)
        {
            // At times that have nothing to do with those at which the server looks.
            await Task.Delay(_random.Next(200, 400), cancelled);
            var path = corpus.Articles[_random.Next(corpus.Articles.Count)];
            var address = new Uri(Corpus.AddressOf(path), UriKind.Relative);
            var marker = $"saved-{number}-{_random.NextInt64():x}";
            var text = await File.ReadAllTextAsync(path, cancelled) + $"\nThis was {marker}.\n";
            var clock = Stopwatch.StartNew();
            Write(path, text, number % 2 == 1);
            while (!await Shows(address, marker, cancelled) && clock.Elapsed < Patience) await Task.Delay(BetweenLooks, cancelled);
            if (clock.Elapsed < Patience) _latencies.Add(clock.Elapsed.TotalMilliseconds);
            else Unseen++;
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>In place, or as editors do who want no half file: beside it, then renamed.</summary>
    private static void Write(string path, string text, bool isAtomic)
    {
        if (!isAtomic)
        {
            File.WriteAllText(path, text);
            return;
        }

        var beside = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.tmp");
        File.WriteAllText(beside, text);
        File.Move(beside, path, true);
    }

    private async Task<bool> Shows(Uri address, string marker, CancellationToken cancelled)
    {
        try
        {
            return (await _client.GetStringAsync(address, cancelled)).Contains(marker, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancelled.IsCancellationRequested)
        {
            FailedLooks++;
            return false;
        }
    }
}
