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

    /// <summary>What has Hugo build a site.</summary>
    public static ProcessStartInfo Build(string site) => new("hugo", ["--quiet", "-d", "public"]) { WorkingDirectory = site };

    /// <summary>What has Hugo build the pages that Blog writes, too: feeds in both forms and with whole texts, as many articles on a page of a list, and with each article its neighbours and its like.</summary>
    public static ProcessStartInfo BuildSame(string site) => new("hugo", ["--quiet", "--config", "config.toml,same.toml", "-d", "public"]) { WorkingDirectory = site };

    /// <summary>The folder of a site of which <see cref="BuildSame"/> builds the pages.</summary>
    public static string SameSite(Options options, Corpus corpus, Workspace workspace)
    {
        var site = Site(options, corpus, workspace, "same-site");
        Copy(Path.Combine(AppContext.BaseDirectory, "Hugo"), site);
        return site;
    }

    /// <summary>The folder of a site that Hugo builds of a corpus.</summary>
    public static string Site(Options options, Corpus corpus, Workspace workspace, string name = "site")
    {
        var config = Path.Combine(options.Bench, "hugo");
        if (!Directory.Exists(config)) throw new OptionException($"{config} is not there. Name the folder above it with --bench.");
        var site = workspace.At(name);
        Copy(config, site);

        // A link, as the folder's README has it; the rest of the corpus is not for Hugo.
        Directory.CreateDirectory(Path.Combine(site, "content"));
        Directory.CreateSymbolicLink(Path.Combine(site, "content", "articles"), Path.Combine(corpus.Folder, "articles"));
        return site;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, true);
        }
    }
}
