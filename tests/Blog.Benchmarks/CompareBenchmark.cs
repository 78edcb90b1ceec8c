using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Blog.Benchmarks;

/// <summary>The whole comparison with peers on one machine, as the Markdown that the README shows.</summary>
internal static class CompareBenchmark
{
    public static async Task Run(Options options, CancellationToken cancelled)
    {
        using var workspace = new Workspace();
        var program = await PublishedApp.Program(options, cancelled);
        var corpus = await Corpus.Open(options, options.Articles(10_000), workspace.At("content"), cancelled);
        List<string> lines = [$"{DateTime.UtcNow:yyyy-MM-dd}, {await Machine(cancelled)}", ""];
        lines.AddRange(await Builds(options, program, corpus, workspace, cancelled));
        lines.Add("");
        lines.AddRange(await ServeBenchmark.Measure(options, corpus, workspace, cancelled));
        lines.Add("");
        Directory.Delete(workspace.At("app-data"), true);
        lines.AddRange(await ServeBenchmark.Uncached(options, corpus, workspace, cancelled));
        foreach (var line in lines) Console.WriteLine(line);
        if (options.Out is { } file) await File.WriteAllLinesAsync(file, lines, cancelled);
    }

    /// <summary>Of the comparison only start and export, which take a quarter of its time.</summary>
    public static async Task RunBuilds(Options options, CancellationToken cancelled)
    {
        using var workspace = new Workspace();
        var corpus = await Corpus.Open(options, options.Articles(10_000), workspace.At("content"), cancelled);
        foreach (var line in await Builds(options, await PublishedApp.Program(options, cancelled), corpus, workspace, cancelled)) Console.WriteLine(line);
    }

    /// <summary>Start and export, beside Hugo building the same articles.</summary>
    private static async Task<List<string>> Builds(Options options, string[] program, Corpus corpus, Workspace workspace, CancellationToken cancelled)
    {
        var (site, same) = (HugoBenchmark.Site(options, corpus, workspace), HugoBenchmark.SameSite(options, corpus, workspace));
        var runs = new Dictionary<string, List<(TimeSpan Time, long Peak)>> { ["Hugo"] = [], ["same"] = [], ["start"] = [], ["export"] = [], ["edit"] = [] };
        for (var round = 0; round < options.Rounds; round++)
        {
            // Not deleted before the end: for some minutes after, ext4 looks long for places that were not in use lately, and whoever writes next would pay for it.
            foreach (var folder in new[] { Path.Combine(site, "public"), Path.Combine(same, "public"), workspace.At("app-data"), workspace.At("out"), workspace.At("export-data") }) if (Directory.Exists(folder)) Directory.Move(folder, workspace.At($"before-{round}-{Path.GetFileName(Path.GetDirectoryName(folder))}-{Path.GetFileName(folder)}"));
            runs["Hugo"].Add(await Timed(HugoBenchmark.Build(site), cancelled));
            runs["same"].Add(await Timed(HugoBenchmark.BuildSame(same), cancelled));
            await using (var app = await PublishedApp.Start(options, corpus.Folder, workspace, cancelled)) runs["start"].Add((app.StartTime, app.Memory().Peak));
            runs["export"].Add(await Export());
            await File.AppendAllTextAsync(corpus.Articles[corpus.Articles.Count / 3], $"\n\nEdited in round {round}.\n", cancelled);
            runs["edit"].Add(await Export());
        }

        var hugo = Middle("Hugo");
        return
        [
            $"{corpus.Articles.Count:#,0} articles with all their lists and feeds, {options.Rounds} rounds, alternating, median.", "",
            "| | time | of Hugo's | memory, peak | of Hugo's |", "|---|---|---|---|---|",
            $"| Hugo builds them | {Table.Seconds(hugo.Time)} | | {hugo.Peak:#,0} MB | |",
            Row("Hugo builds the pages that Blog writes, too", "same"),
            Row("Blog starts for the first time, until it serves them", "start"),
            Row("Blog exports them for the first time", "export"),
            Row("Blog exports them after one edit", "edit"), "",
            string.Create(CultureInfo.InvariantCulture, $"The pages that Blog writes, too, are feeds as Atom and with whole texts, pages of lists with 12 articles, and with each article its neighbours and its like: {Files(Path.Combine(same, "public")):#,0} files of Hugo's, {Files(workspace.At("out")):#,0} of Blog's. Of Hugo's time for these, Blog's first export takes **{Middle("export").Time / Middle("same").Time:0.00}**."),
        ];

        static int Files(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count();

        Task<(TimeSpan, long)> Export() => Timed(new ProcessStartInfo(program[0], [.. program[1..], "export", "--content", corpus.Folder, "--data", workspace.At("export-data"), "--out", workspace.At("out"), "--base-url", "https://example.com"]) { WorkingDirectory = workspace.At("") }, cancelled);

        (TimeSpan Time, long Peak) Middle(string name) => (runs[name].Select(run => run.Time).Order().ElementAt(runs[name].Count / 2), runs[name].Select(run => run.Peak).Order().ElementAt(runs[name].Count / 2));

        string Row(string title, string name) => Middle(name) is var run ? string.Create(CultureInfo.InvariantCulture, $"| {title} | {Table.Seconds(run.Time)} | **{run.Time / hugo.Time:0.00}** | {run.Peak:#,0} MB | **{(double)run.Peak / hugo.Peak:0.00}** |") : "";
    }

    /// <summary>How long a program takes, and how many MB of memory at its peak; from Linux, elsewhere 0.</summary>
    private static async Task<(TimeSpan Time, long Peak)> Timed(ProcessStartInfo start, CancellationToken cancelled)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var (clock, peak) = (Stopwatch.StartNew(), 0L);
        using var process = Command.Start(start);
        var printed = Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancelled), process.StandardError.ReadToEndAsync(cancelled));
        try
        {
            for (var exit = process.WaitForExitAsync(cancelled); !exit.IsCompleted; await Task.WhenAny(exit, Task.Delay(20, cancelled))) peak = Math.Max(peak, Peak(process.Id));
            clock.Stop();
            await process.WaitForExitAsync(cancelled);
        }
        finally
        {
            if (!process.HasExited) process.Kill(true);
        }

        return process.ExitCode == 0 ? (clock.Elapsed, peak) : throw new OptionException($"{start.FileName} failed: {string.Join('\n', await printed)}");
    }

    private static long Peak(int process)
    {
        try { return File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } line ? long.Parse(line.AsSpan()["VmHWM:".Length..^3], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) / 1024 : 0; }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return 0; }
    }

    private static async Task<string> Machine(CancellationToken cancelled)
    {
        var model = File.Exists("/proc/cpuinfo") ? (await File.ReadAllLinesAsync("/proc/cpuinfo", cancelled)).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors ({model ?? RuntimeInformation.ProcessArchitecture.ToString()}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, {RuntimeInformation.OSDescription.Trim()}, .NET {Environment.Version}");
    }
}
