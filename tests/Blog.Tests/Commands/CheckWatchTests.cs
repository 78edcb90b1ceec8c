using System.Text.Json;
using Blog.Commands;
using Blog.Tests.Catalogue;

namespace Blog.Tests.Commands;

/// <summary>The report that stays open while somebody mends what it says.</summary>
public sealed class CheckWatchTests : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("blog-test-").FullName;
    private readonly CancellationTokenSource _ctrlC = new();
    private Task<int>? _running;

    private string Folder => Path.Combine(_root, "content");

    public Task InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await End();
        _ctrlC.Dispose();
        Directory.Delete(_root, true);
    }

    [Fact]
    public async Task After_the_report_it_says_what_is_new_and_what_is_mended_with_totals_and_time()
    {
        Write("articles/a.md", "---\ntitle: A\ndescripton: Slip\n---\n[gone](b.md)\n");
        Watch("text");
        await Printed("Following");
        Assert.Contains("1 article checked: 1 error, 1 warning, 0 hints.", Output, StringComparison.Ordinal);
        Write("articles/b.md", "---\ntitle: B\n---\n![](no.png)\n");
        await Printed("(2 new, 1 mended)");
        var lines = Output[Output.IndexOf("Following", StringComparison.Ordinal)..].Split('\n').Skip(1).Where(line => line.Length > 0).ToList();
        Assert.Equal("✓ articles/a.md:5:1 error broken-link The link leads to articles/b.md, which is not an article.", lines[0]);
        Assert.StartsWith("articles/b.md:4:1 warning missing-alt ", lines[1], StringComparison.Ordinal);
        Assert.Equal("articles/b.md:4:1 error missing-file There is no file articles/no.png. — Check the name, or copy the file there.", lines[2]);
        Assert.Matches(@"^\d\d:\d\d:\d\d  2 articles: 1 error, 2 warnings, 0 hints \(2 new, 1 mended\)$", lines[3]);
        Assert.DoesNotContain('\u001b', Output);
    }

    [Fact]
    public async Task Problems_that_only_moved_to_other_lines_are_not_said_again()
    {
        Write("articles/a.md", "---\ntitle: A\n---\n![](x.png)\n\n![](x.png)\n");
        Watch("text");
        await Printed("Following");
        Write("articles/a.md", "---\ntitle: A\n---\nA new paragraph.\n\n![](x.png)\n\n![](x.png)\n");
        await Printed("1 article: 2 errors, 2 warnings, 0 hints\n");
        Write("articles/a.md", "---\ntitle: A\n---\nA new paragraph.\n\nNothing\n\n![](x.png)\n");
        await Printed("1 article: 1 error, 1 warning, 0 hints (0 new, 2 mended)");
        Assert.Contains("✓ articles/a.md:6:1 error missing-file", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_a_line_a_round_that_says_what_a_new_check_would()
    {
        Write("articles/a.md", "---\ntitle: A\n---\n[b](b.md) [anchor](b.md#part) ![x](pic.png)\n");
        Watch("json");
        await AsAFreshCheck();
        Write("articles/b.md", "---\ntitle: B\nauthor: ann\n---\n## Part\n");
        await AsAFreshCheck();
        Write("articles/b.md", "---\ntitle: B\nauthor: ann\n## Part\n");
        await AsAFreshCheck();
        Write("articles/pic.png", "picture");
        Write("authors.yml", "ann:\n  name: Ann\n");
        await AsAFreshCheck();
        Write("articles/b.md", "---\ntitle: B\nauthor: ann\n---\n## Part\n");
        await AsAFreshCheck();
        File.Move(Path.Combine(Folder, "articles/b.md"), Path.Combine(Folder, "articles/c.md"));
        await AsAFreshCheck();
        Write("site.yml", "titel: Slip\n");
        await AsAFreshCheck();
        Directory.Delete(Path.Combine(Folder, "articles"), true);
        await AsAFreshCheck();
    }

    [Fact]
    public async Task A_folder_that_vanishes_is_waited_for()
    {
        Write("articles/a.md", "---\ntitle: A\n---\n[gone](b.md)\n");
        Watch("text");
        await Printed("Following");
        Directory.Move(Folder, Folder + "-away");
        await Printed("is not there. Waiting until the folder can be read.", "error");
        Write("../content-away/articles/b.md", "---\ntitle: B\n---\nText\n");
        Directory.Move(Folder + "-away", Folder);
        await Printed("2 articles: no problems (0 new, 1 mended)");
        await Printed("The folder can be read again.", "error");
        Write("articles/a.md", "---\ntitle: A\n---\n[gone](d.md)\n");
        await Printed("2 articles: 1 error, 0 warnings, 0 hints (1 new, 0 mended)");
    }

    [Fact]
    public async Task The_exit_code_is_that_of_the_present_state()
    {
        Write("articles/a.md", "---\ntitle: A\n---\n[gone](b.md)\n");
        Watch("text");
        await Printed("Following");
        Write("articles/a.md", "---\ntitle: A\n---\nText\n");
        await Printed("no problems");
        Assert.Equal(0, await End());
    }

    [Fact]
    public async Task Errors_that_are_still_there_are_the_exit_code()
    {
        Write("articles/a.md", "---\ntitle: A\n---\n[gone](b.md)\n");
        Watch("json");
        await Printed("broken-link");
        Assert.Equal(1, await End());
    }

    [Fact]
    public async Task What_cannot_be_watched_is_said()
    {
        Assert.Equal(2, await CheckWatch.Run(Path.Combine(_root, "nowhere"), "text", TextWriter.Null, TextWriter.Null, default));
        Assert.Equal(2, await CommandList.Run(["check", "--watch", "--format", "sarif", "--content", Folder], _ => Task.CompletedTask));
    }

    private string Output => Read("output");

    private void Write(string path, string text)
    {
        var full = Path.GetFullPath(Path.Combine(Folder, path));
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private void Watch(string format)
    {
        var (output, error) = (new StreamWriter(Path.Combine(_root, "output")) { AutoFlush = true }, new StreamWriter(Path.Combine(_root, "error")) { AutoFlush = true });
        _running = Task.Run(async () =>
        {
            await using (output)
            await using (error) return await CheckWatch.Run(Folder, format, output, error, _ctrlC.Token);
        });
    }

    private async Task<int> End()
    {
        await _ctrlC.CancelAsync();
        return _running is null ? 0 : await _running;
    }

    private Task Printed(string text, string where = "output") => WatcherTests.Until(() => Task.FromResult(Read(where).Contains(text, StringComparison.Ordinal)));

    /// <summary>Waits until the last line is what the command says that starts now.</summary>
    private async Task AsAFreshCheck()
    {
        using var fresh = new StringWriter();
        await CheckCommand.Run(Folder, "json", fresh, CancellationToken.None);
        var wanted = JsonSerializer.Serialize(JsonDocument.Parse(fresh.ToString()).RootElement);
        await WatcherTests.Until(() => Task.FromResult(Output.EndsWith('\n') && JsonSerializer.Serialize(JsonDocument.Parse(Output.TrimEnd('\n').Split('\n')[^1]).RootElement) == wanted));
    }

    private string Read(string name)
    {
        using var reader = new StreamReader(new FileStream(Path.Combine(_root, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }
}
