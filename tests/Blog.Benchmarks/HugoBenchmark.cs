using System.Diagnostics;
using System.Globalization;

namespace Blog.Benchmarks;

/// <summary>The peer: how long until <c>hugo server</c> shows what an author saved.</summary>
internal static class HugoBenchmark
{
    public static async Task Run(Options options, CancellationToken cancelled)
    {
        using var workspace = new Workspace();
        var corpus = await Corpus.Open(options, options.Articles(1000), workspace.At("corpus"), cancelled);
        var site = Site(options, corpus, workspace);
        await using var hugo = await Server.Start(
            port => new ProcessStartInfo("hugo", ["server", "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--baseURL", $"http://127.0.0.1:{port}/", "--appendPort=false"]) { WorkingDirectory = site },
            "/", workspace.At("hugo.log"), cancelled);
        using var saves = new Saves(hugo.Address, corpus, options.Seed);
        await saves.Run(options.Saves(20), cancelled);

        Table.Print($"hugo server: {corpus.Articles.Count} articles, no load",
        [
            ("start until ready", Table.Seconds(hugo.StartTime)),
            ("saves seen", saves.Latencies.Count.ToString(CultureInfo.InvariantCulture)),
            ("saves not seen within 120 s", saves.Unseen.ToString(CultureInfo.InvariantCulture)),
            ("looks that failed", saves.FailedLooks.ToString(CultureInfo.InvariantCulture)),
            ("save to visible: median", saves.Latencies.At(0.5)),
            ("p95", saves.Latencies.At(0.95)),
            ("longest", saves.Latencies.At(1)),
            ("memory now, peak", $"{hugo.Memory().Now} MB, {hugo.Memory().Peak} MB"),
        ]);
    }

    /// <summary>The folder of a site that Hugo builds of a corpus.</summary>
    public static string Site(Options options, Corpus corpus, Workspace workspace)
    {
        var config = Path.Combine(options.Bench, "hugo");
        if (!Directory.Exists(config)) throw new OptionException($"{config} is not there. Name the folder above it with --bench.");
        var site = workspace.At("site");
        foreach (var file in Directory.EnumerateFiles(config, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(site, Path.GetRelativePath(config, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        // A link, as the folder's README has it; the rest of the corpus is not for Hugo.
        Directory.CreateDirectory(Path.Combine(site, "content"));
        Directory.CreateSymbolicLink(Path.Combine(site, "content", "articles"), Path.Combine(corpus.Folder, "articles"));
        return site;
    }
}
