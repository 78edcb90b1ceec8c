using System.Globalization;

namespace Blog.Benchmarks;

/// <summary>How long until a reader sees what an author saved, while others read.</summary>
internal static class LiveBenchmark
{
    public static async Task Run(Options options, CancellationToken cancelled)
    {
        using var workspace = new Workspace();
        var corpus = await Corpus.Open(options, options.Articles(1000), workspace.At("content"), cancelled);
        await using var app = await PublishedApp.Start(options, corpus.Folder, workspace, cancelled);
        await using var load = Load.Start(app.Address, options.RequestsPerSecond, corpus.Articles.Select(Corpus.AddressOf).ToList(), options.Seed);
        await load.WarmUp(cancelled);
        var before = app.Memory();
        using var saves = new Saves(app.Address, corpus, options.Seed);
        await saves.Run(options.Saves(100), cancelled);
        await load.Stop();
        var after = app.Memory();

        var watch = options.Watch == "poll" ? $"poll every {options.PollSeconds} s" : options.Watch;
        Table.Print($"live: {corpus.Articles.Count} articles, {watch}, {options.RequestsPerSecond} requests/s",
        [
            ("start until ready", Table.Seconds(app.StartTime)),
            ("saves seen", saves.Latencies.Count.ToString(CultureInfo.InvariantCulture)),
            ("saves not seen within 120 s", saves.Unseen.ToString(CultureInfo.InvariantCulture)),
            ("looks that failed", saves.FailedLooks.ToString(CultureInfo.InvariantCulture)),
            ("save to visible: median", saves.Latencies.At(0.5)),
            ("p95", saves.Latencies.At(0.95)),
            ("p99", saves.Latencies.At(0.99)),
            ("longest", saves.Latencies.At(1)),
            ("the five longest were saves", saves.Slowest(5)),
            ("load: requests", load.Latencies.Count.ToString(CultureInfo.InvariantCulture)),
            ("load: failed", $"{load.Failed} {load.Failures}"),
            ("load: median", load.Latencies.At(0.5)),
            ("load: p99", load.Latencies.At(0.99)),
            ("memory before the saves, after them, peak", $"{before.Now} MB, {after.Now} MB, {after.Peak} MB"),
        ]);
    }
}
