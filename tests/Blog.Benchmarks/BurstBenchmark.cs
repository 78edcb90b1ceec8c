using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Blog.Benchmarks;

/// <summary>How long the site takes to be in step again after many files come, are renamed and go at once.</summary>
internal static class BurstBenchmark
{
    private const int SmallSite = 100;
    private const int Sample = 50;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task Run(Options options, CancellationToken cancelled)
    {
        using var workspace = new Workspace();
        var site = await Corpus.Make(options, SmallSite, 2, workspace.At("content"), cancelled);
        var dropped = await Corpus.Open(options, options.Articles(5000), workspace.At("dropped"), cancelled);
        var folder = Path.Combine(site.Folder, "articles", "burst");
        Directory.CreateDirectory(folder);
        await using var app = await PublishedApp.Start(options, site.Folder, workspace, cancelled);
        await using var load = Load.Start(app.Address, options.RequestsPerSecond, site.Articles.Select(Corpus.AddressOf).ToList(), options.Seed);
        await load.WarmUp(cancelled);

        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.Address };
        // Without a slug of their own, so that their names are their addresses.
        var texts = dropped.Articles.Select(path => string.Join('\n', File.ReadLines(path).Where(line => !line.StartsWith("slug:", StringComparison.Ordinal)))).ToList();
        var rows = new List<(string, string)> { ("start until ready", Table.Seconds(app.StartTime)) };
        await Phase("drop", number => File.WriteAllText(Named("first", number), texts[number]), "first", true);
        await Phase("rename", number => File.Move(Named("first", number), Named("second", number)), "second", true);
        rows.Add(("old addresses after the rename", await Answers("first")));
        await Phase("delete", number => File.Delete(Named("second", number)), "second", false);
        rows.Add(("addresses after the deletion", await Answers("second")));
        await load.Stop();

        rows.AddRange(
        [
            ("load: requests", load.Latencies.Count.ToString(CultureInfo.InvariantCulture)),
            ("load: failed", $"{load.Failed} {load.Failures}"),
            ("load: median", load.Latencies.At(0.5)),
            ("load: p99", load.Latencies.At(0.99)),
            ("memory at the end, peak", $"{app.Memory().Now} MB, {app.Memory().Peak} MB"),
        ]);
        Table.Print($"burst: {texts.Count} files beside {site.Articles.Count}, {options.Watch}, {options.RequestsPerSecond} requests/s", rows);

        string Named(string name, int number) => Path.Combine(folder, $"{name}-{number}.md");

        async Task Phase(string name, Action<int> change, string shown, bool isShown)
        {
            var clock = Stopwatch.StartNew();
            for (var number = 0; number < texts.Count; number++) change(number);
            var changed = clock.Elapsed;
            var atRest = await AtRest(client, async () => (await Statuses(shown)).All(status => status == HttpStatusCode.OK == isShown), clock, cancelled);
            rows.Add((name, $"{(atRest is { } time ? Table.Seconds(time) : $"not in step within {Patience.TotalMinutes} min")}, of which writing {Table.Seconds(changed)}"));
        }

        async Task<string> Answers(string name) =>
            string.Join(", ", (await Statuses(name)).GroupBy(status => (int)status).OrderBy(group => group.Key).Select(group => $"{group.Count()} × {group.Key}"));

        async Task<IReadOnlyList<HttpStatusCode>> Statuses(string name)
        {
            var statuses = new List<HttpStatusCode>();
            for (var i = 0; i < Sample; i++)
            {
                using var response = await client.GetAsync(new Uri($"/articles/{name}-{(long)i * (texts.Count - 1) / (Sample - 1)}", UriKind.Relative), cancelled);
                statuses.Add(response.StatusCode);
            }

            return statuses;
        }
    }

    /// <summary>The time at which the site had what it should have and the catalogue last changed, once it did not change for a while; null when it takes too long.</summary>
    private static async Task<TimeSpan?> AtRest(HttpClient client, Func<Task<bool>> isInStep, Stopwatch clock, CancellationToken cancelled)
    {
        var (version, since, isShown) = ("", clock.Elapsed, false);
        while (clock.Elapsed < Patience)
        {
            var current = await Version(client, cancelled);
            if (!isShown && await isInStep()) (isShown, since) = (true, clock.Elapsed);
            if (current != version) (version, since) = (current, clock.Elapsed);
            else if (isShown && clock.Elapsed - since > Rest) return since;
            await Task.Delay(50, cancelled);
        }

        return null;
    }

    private static async Task<string> Version(HttpClient client, CancellationToken cancelled)
    {
        using var health = JsonDocument.Parse(await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative), cancelled));
        return health.RootElement.GetProperty("checks").EnumerateObject().First().Value.GetProperty("data").GetProperty("version").GetString() ?? "";
    }
}
