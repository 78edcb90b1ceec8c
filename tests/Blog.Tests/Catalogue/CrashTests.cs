using System.Diagnostics;
using System.Globalization;
using System.Net;
using Blog.Catalogue;
using Blog.Content;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace Blog.Tests.Catalogue;

/// <summary>
/// Killed at any moment of a sync, the site starts again, serves, and comes to rest in the state of a fresh start.
/// With more kills and files by hand: <c>BLOG_TEST_KILLS=70 BLOG_TEST_FILES=2000 dotnet test --filter CrashTests --logger "console;verbosity=detailed"</c>.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Sample = 5;

    private static readonly string[] Acts = ["first build", "edit of all", "rename of all", "deletion of half", "drop of half"];
    private static readonly HashSet<string> Nothing = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("blog-crash-").FullName;
    private readonly int _kills = Number("BLOG_TEST_KILLS", 5);
    private readonly int _files = Number("BLOG_TEST_FILES", 200);
    private readonly int _seed = Number("BLOG_TEST_SEED", Environment.TickCount);
    private readonly Dictionary<string, int> _longest = [];
    private readonly List<Outcome> _outcomes = [];
    private string _name = "first";
    private int _edition;

    private string Content => Path.Combine(_folder, "content");

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, true);

    [SkippableFact]
    public async Task Killed_at_any_moment_it_comes_back_whole()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Which moment it was is told by the locks of Linux.");
        var (random, clock) = (new Random(_seed), Stopwatch.StartNew());
        output.WriteLine($"Seed {_seed}: {_kills} kills, {_files} files");
        Directory.CreateDirectory(Path.Combine(Content, "articles"));
        Write(0, _files);
        var site = BlogProcess.Start(Content, Data);
        try
        {
            await InStep(site);
            for (var kill = 0; kill < _kills; kill++)
            {
                var act = Acts[kill % Acts.Length];
                var outcome = act == Acts[0] ? await KillFirstBuild(site, random) : await KillSync(site, act, random);
                await site.DisposeAsync();
                var wasComplete = File.Exists(CataloguePath) && act != Acts[0];
                site = BlogProcess.Start(Content, Data);
                await site.Ready();
                // What was there before the kill is served at once, not only when all is in step.
                if (wasComplete) Assert.Contains(site.Log, line => line.Contains("Serving the previous catalogue", StringComparison.Ordinal));
                Assert.Equal(HttpStatusCode.OK, await site.Status("/"));
                await InStep(site);
                Assert.Equal(_files / (act == "deletion of half" ? 2 : 1), Directory.GetFiles(Path.Combine(Content, "articles")).Length);
                await HasAllPages(site, act == "deletion of half" ? _files / 2 : _files);
                _outcomes.Add(outcome with { WasLeft = site.Log.Any(line => line.Contains("Synced", StringComparison.Ordinal)) });
                Learn(_outcomes[^1]);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.0} s: {_outcomes[^1]}"));
            }
        }
        finally
        {
            await site.DisposeAsync();
        }

        output.WriteLine($"{_outcomes.Count(outcome => outcome.WasLeft)} of {_outcomes.Count} kills left something to do, {_outcomes.Count(outcome => outcome.WasWriting)} fell within a transaction");
        foreach (var group in _outcomes.GroupBy(outcome => outcome.Act))
            output.WriteLine($"{group.Key}: {group.Count()} kills, {group.Count(outcome => outcome.WasWriting)} within the transaction, {group.Count(outcome => !outcome.WasWriting && outcome.WasLeft)} before or between, {group.Count(outcome => !outcome.WasLeft)} after the last");
    }

    private string CataloguePath => Directory.Exists(Data) ? Directory.EnumerateFiles(Data, "catalogue-*.db").SingleOrDefault() ?? "" : "";

    private async Task<Outcome> KillFirstBuild(BlogProcess site, Random random)
    {
        await site.Kill();
        // The redirects stay: what the site has learned survives the catalogue.
        foreach (var path in Directory.GetFiles(Data, "catalogue-*")) File.Delete(path);
        await using var building = BlogProcess.Start(Content, Data);
        // The process takes a while to start; the kill is to fall into what it does then.
        while (!Directory.EnumerateFiles(Data, "*.new").Any() && !building.Log.Any(line => line.Contains("Synced", StringComparison.Ordinal))) await Task.Delay(1);
        var delay = random.Next(Longest(Acts[0]));
        await Task.Delay(delay);
        await building.Kill();
        return new Outcome(Acts[0], delay, Directory.EnumerateFiles(Data, "*.new").Any(), false);
    }

    private async Task<Outcome> KillSync(BlogProcess site, string act, Random random)
    {
        var clock = Stopwatch.StartNew();
        var changing = Task.Run(() => Change(act));
        // Half of the kills anywhere from the first change on; half from when the transaction is open.
        var isLate = random.Next(2) == 0;
        while (isLate && !site.IsWriting && clock.Elapsed < TimeSpan.FromSeconds(20)) await Task.Delay(1);
        var delay = random.Next(Longest(act));
        await Task.Delay(delay);
        var isWriting = site.IsWriting;
        await site.Kill();
        await changing;
        return new Outcome(act, delay, isWriting, false);
    }

    private void Change(string act)
    {
        switch (act)
        {
            case "edit of all":
                _edition++;
                Write(0, _files);
                break;
            case "rename of all":
                var old = _name;
                _name = $"name{_edition++}";
                for (var number = 0; number < _files; number++) File.Move(Named(old, number), Named(_name, number));
                break;
            case "deletion of half":
                for (var number = _files / 2; number < _files; number++) File.Delete(Named(_name, number));
                break;
            default:
                Write(_files / 2, _files);
                break;
        }
    }

    private void Write(int from, int to)
    {
        for (var number = from; number < to; number++)
        {
            File.WriteAllText(Named(_name, number), $"""
                ---
                title: Article {number} in edition {_edition}
                tags: [t{number % 20}, edition {_edition}]
                category: c{(number + _edition) % 7}
                ---

                ## Part

                Words of article {number}. [The next]({_name}-{(number + 1) % _files}.md#part) and [one that may be gone](first-{number}.md).

                {string.Concat(Enumerable.Repeat($"Edition {_edition} says *much* about `{number}`. ", 30))}
                """);
        }
    }

    private string Named(string name, int number) => Path.Combine(Content, "articles", $"{name}-{number}.md");

    /// <summary>Waits until the site has the version of a fresh start, and compares the two row for row.</summary>
    private async Task InStep(BlogProcess site)
    {
        await site.Ready();
        var (version, wanted, redirects) = await Task.Run(Fresh);
        await site.Until(async () => (await site.Health()).Version == version);
        Assert.Equal("healthy", (await site.Health()).Status);
        // Those that the site has learned since.
        if (redirects != Redirects) (version, wanted, _) = await Task.Run(Fresh);
        var connection = new SqliteConnectionStringBuilder { DataSource = CataloguePath, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString();
        Assert.Equal("ok", Integrity(connection));
        var found = CatalogueDump.Lines(connection, Nothing);
        Assert.Equal([], wanted.Except(found).Take(5).Select(row => "only fresh: " + row).Concat(found.Except(wanted).Take(5).Select(row => "only live: " + row)));
        Assert.Equal(wanted.Count, found.Count);
    }

    private (string Version, IReadOnlyList<string> Rows, string Redirects) Fresh()
    {
        var data = Path.Combine(_folder, "fresh");
        Directory.CreateDirectory(data);
        try
        {
            var redirects = Redirects;
            if (redirects.Length > 0) File.WriteAllText(Path.Combine(data, "redirects.jsonl"), redirects);
            using var file = CatalogueFile.Open(data, NullLogger.Instance);
            var report = new CatalogueSync(new ContentFolder(Content), file, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance).Run(SyncScope.Everything(SyncReason.Start), true, CancellationToken.None)!;
            return (report.State.Version, CatalogueDump.Lines(file, Nothing), redirects);
        }
        finally
        {
            Directory.Delete(data, true);
        }
    }

    private string Redirects => Path.Combine(Data, "redirects.jsonl") is var path && File.Exists(path) ? File.ReadAllText(path) : "";

    private static string Integrity(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)command.ExecuteScalar()!;
    }

    private async Task HasAllPages(BlogProcess site, int count)
    {
        for (var i = 0; i < Sample; i++)
        {
            var number = i * (count - 1) / (Sample - 1);
            Assert.Equal(HttpStatusCode.OK, await site.Status($"/articles/{_name}-{number}"));
            // Those that were never deleted lead on from their first names, in whatever moments it was killed.
            if (_name != "first" && number < _files / 2) Assert.Equal(HttpStatusCode.MovedPermanently, await site.Status($"/articles/first-{number}"));
        }
    }

    /// <summary>The kills are to fall anywhere within a sync, and few after it: how long one takes is learned from where they fell.</summary>
    private void Learn(Outcome outcome)
    {
        var longest = Longest(outcome.Act);
        _longest[outcome.Act] = outcome.WasLeft ? Math.Max(longest, outcome.Delay * 5 / 4) : Math.Min(longest, outcome.Delay);
    }

    private int Longest(string act) => Math.Max(20, _longest.GetValueOrDefault(act, _files * 2));

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>A kill.</summary>
    /// <param name="Act">What was going on.</param>
    /// <param name="Delay">In milliseconds from the beginning of the act or the transaction.</param>
    /// <param name="WasWriting">It fell within the transaction.</param>
    /// <param name="WasLeft">The restart had something left to do.</param>
    private sealed record Outcome(string Act, int Delay, bool WasWriting, bool WasLeft);
}
