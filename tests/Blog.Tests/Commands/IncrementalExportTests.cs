using System.Globalization;
using System.Security.Cryptography;
using Blog.Catalogue;
using Blog.Export;
using Microsoft.Extensions.Time.Testing;

namespace Blog.Tests.Commands;

/// <summary>An export that goes on from the last one makes what a fresh one makes, and asks for no page that is as it was.</summary>
public sealed class IncrementalExportTests : IAsyncDisposable
{
    // The first of a run of seeds, as in LivePropertyTests.
    private static readonly int First = int.Parse(Environment.GetEnvironmentVariable("BLOG_TEST_SEED") ?? "1", CultureInfo.InvariantCulture);

    private readonly string _folder = Directory.CreateTempSubdirectory("blog-test-").FullName;
    private readonly TestSite _site = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    private string Out => Path.Combine(_folder, "public");

    private string Data => Path.Combine(_folder, "data");

    public static TheoryData<int> Seeds() => [First, First + 1];

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        Directory.Delete(_folder, true);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_is_edited_it_makes_what_a_fresh_export_makes(int seed)
    {
        _site.Write("articles/first.md", "---\ntitle: First\n---\nText\n");
        var editor = new RandomEditor(_site, seed);
        for (var i = 0; i < 25; i++) editor.Act(false);
        LeaveSectionsAlone();
        await Export();
        var (rendered, all) = (0, 0);
        for (var step = 0; step < 8; step++)
        {
            editor.Acts.Clear();
            for (var acts = editor.Random.Next(0, 4); acts > 0; acts--) editor.Act(true);
            if (editor.Random.Next(3) == 0) ActBeside(editor);
            LeaveSectionsAlone();
            if (editor.Random.Next(3) == 0) _clock.Advance(TimeSpan.FromDays(editor.Random.Next(1, 9)));
            var compresses = editor.Random.Next(4) == 0;
            var before = Files(Out);
            var after = await Export(options => options with { Compresses = compresses });
            var fresh = await Fresh(step, compresses);
            var what = $"Seed {seed}, step {step}: {string.Join(", ", editor.Acts)}\n{string.Join('\n', after.Problems)}";
            var (now, wanted) = (Files(Out), Files(Path.Combine(_folder, $"public-{step}")));
            // Where something failed, nothing is deleted.
            var isWhole = !fresh.Problems.Any(problem => problem.Code is "export-failed" or "address-clash");
            Assert.True(wanted.Keys.SequenceEqual(now.Keys.Where(file => isWhole || wanted.ContainsKey(file))), $"{what}\nMissing: {string.Join(' ', wanted.Keys.Except(now.Keys))}\nToo many: {string.Join(' ', now.Keys.Except(wanted.Keys))}");
            Assert.True(wanted.All(file => IsSame(file.Key)), $"{what}\nOther than fresh: {string.Join(' ', wanted.Where(file => !IsSame(file.Key)).Select(file => file.Key))}");
            Assert.True(before.All(file => !now.TryGetValue(file.Key, out var same) || same.Hash != file.Value.Hash || same.At == file.Value.At), $"{what}\nWritten though they are the same");
            Assert.Equal(fresh.Problems, after.Problems);
            Assert.Equal(fresh.ContentProblems.Select(problem => problem.ToString()).Order(StringComparer.Ordinal), after.ContentProblems.Select(problem => problem.ToString()).Order(StringComparer.Ordinal));
            Assert.Equal((fresh.Pages, fresh.Redirects, fresh.Files), (after.Pages, after.Redirects, after.Files));
            (rendered, all) = (rendered + after.Rendered, all + fresh.Rendered);

            bool IsSame(string file) => now[file].Hash == wanted[file].Hash || !isWhole && file == OutputManifest.Name;
        }

        // Loose, for everything hangs together on a site so small.
        Assert.True(rendered < all, $"{rendered} of {all}");
    }

    [Fact]
    public async Task Without_a_change_it_asks_for_nothing()
    {
        Fill();
        await Export();
        var before = Files(Out);
        var report = await Export();
        Assert.Equal((0, 0L, 0), (report.Rendered, report.Written, report.Removed));
        Assert.Equal(before, Files(Out));
    }

    [Fact]
    public async Task After_an_edit_it_asks_for_what_shows_the_article()
    {
        Fill();
        var all = await Export();
        _site.Write("articles/a20.md", Article(20, "Other words."));
        var report = await Export();
        Assert.Contains("Other words.", await File.ReadAllTextAsync(Path.Combine(Out, "articles/a20.html")), StringComparison.Ordinal);
        Assert.InRange(report.Rendered, 1, all.Rendered / 2);
        Assert.Equal(all.Pages, report.Pages);
    }

    [Fact]
    public async Task A_link_is_broken_by_what_goes_from_another_page()
    {
        Fill();
        _site.Write("articles/from.md", "---\ntitle: From\ndate: 2025-01-01\n---\n[there](/articles/to#part)\n").Write("articles/to.md", "---\ntitle: To\ndate: 2025-03-01\n---\n## Part\n");
        Assert.Empty((await Export()).Problems);
        _site.Write("articles/to.md", "---\ntitle: To\ndate: 2025-03-01\n---\n## Other\n");
        Assert.Equal("broken-anchor", Assert.Single((await Export()).Problems).Code);
        // Told each time, though nothing is read again.
        Assert.Equal("broken-anchor", Assert.Single((await Export()).Problems).Code);
        File.Delete(Path.Combine(_site.ContentPath, "articles/to.md"));
        Assert.Equal("broken-link", Assert.Single((await Export()).Problems).Code);
    }

    [Fact]
    public async Task An_article_appears_at_its_minute()
    {
        Fill();
        _site.Write("articles/later.md", "---\ntitle: Later\ndate: 2026-06-02\n---\nText\n");
        await Export();
        Assert.False(File.Exists(Path.Combine(Out, "articles/later.html")));
        _clock.Advance(TimeSpan.FromDays(2));
        await Export();
        Assert.True(File.Exists(Path.Combine(Out, "articles/later.html")));
        Assert.Contains("/articles/later", await File.ReadAllTextAsync(Path.Combine(Out, "index.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("settings")]
    [InlineData("address")]
    [InlineData("output")]
    [InlineData("catalogue")]
    [InlineData("manifest")]
    [InlineData("memory")]
    [InlineData("full")]
    public async Task Where_the_last_export_is_not_to_be_believed_it_asks_for_everything(string what)
    {
        Fill();
        var all = await Export();
        var memory = Path.Combine(Data, "export", ExportMemory.Name);
        Func<ExportOptions, ExportOptions> change = options => options;
        switch (what)
        {
            case "settings":
                _site.Write("site.yml", "title: Other\narticlesPerPage: 5\n");
                break;
            case "address":
                change = options => options with { BaseUrl = "https://other.example" };
                break;
            case "output":
                change = options => options with { Output = Path.Combine(_folder, "elsewhere") };
                break;
            case "catalogue":
                // As when the export before was killed behind its sync.
                var kept = await File.ReadAllBytesAsync(memory);
                _site.Write("articles/a20.md", Article(20, "Other words."));
                await Export(options => options with { Output = Path.Combine(_folder, "elsewhere") });
                await File.WriteAllBytesAsync(memory, kept);
                break;
            case "manifest":
                File.Delete(Path.Combine(Out, OutputManifest.Name));
                change = options => options with { IsForced = true };
                break;
            case "memory":
                await File.WriteAllBytesAsync(memory, (await File.ReadAllBytesAsync(memory))[..^100]);
                break;
            default:
                change = options => options with { IsFull = true };
                break;
        }

        Assert.Equal(all.Rendered, (await Export(change)).Rendered);
    }

    [Fact]
    public async Task A_copy_is_made_again_when_its_original_has_another_time_or_size()
    {
        _site.Write("articles/one.md", "---\ntitle: One\n---\n[page](/page.html) and [text](/text.txt)\n").Write("static/page.html", "<p id=\"a\">A").Write("static/text.txt", "A");
        await Export();
        foreach (var (file, text) in new[] { ("page.html", "<p id=\"a\">B"), ("text.txt", "B") })
        {
            _site.Write($"static/{file}", text);
            File.SetLastWriteTimeUtc(Path.Combine(_site.ContentPath, "static", file), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            await Export();
            Assert.Equal(text, await File.ReadAllTextAsync(Path.Combine(Out, file)));
        }
    }

    /// <summary>A draft at the address of a section takes the section's page away, which fails an export, and after that one everything is asked for.</summary>
    private void LeaveSectionsAlone()
    {
        foreach (var file in Directory.EnumerateFiles(_site.ContentPath, "*.md", SearchOption.AllDirectories))
            if (File.ReadAllText(file) is var text && text.Contains("permalink: /guides\n", StringComparison.Ordinal)) File.WriteAllText(file, text.Replace("permalink: /guides\n", "#\n", StringComparison.Ordinal));
    }

    /// <summary>Changes what is no article.</summary>
    private void ActBeside(RandomEditor editor)
    {
        var file = $"static/{(editor.Random.Next(2) == 0 ? "note.txt" : "plain.html")}";
        editor.Acts.Add($"beside {file}");
        if (editor.Random.Next(4) == 0) File.Delete(Path.Combine(_site.ContentPath, file));
        else _site.Write(file, $"<p id=\"part-{editor.Random.Next(3)}\"><a href=\"/articles/article-{editor.Random.Next(12)}#part\">{editor.Random.Next(9)}</a>");
        _site.Write("pages/linking.md", $"---\ntitle: Linking\naliases: [/old-{editor.Random.Next(3)}]\n---\n[a](/plain.html#part-1) [b](/note.txt) [c](/articles/article-3) [d](/old-1)\n");
    }

    private void Fill()
    {
        _site.Write("site.yml", "title: Tides\narticlesPerPage: 5\n");
        for (var i = 10; i < 30; i++) _site.Write($"articles/a{i}.md", Article(i, "Words."));
    }

    private static string Article(int i, string words) => $"---\ntitle: A{i}\ndate: 2026-01-{i}\nauthor: {(i < 20 ? "ann" : "bob")}\ntags: [{(i % 2 == 0 ? "even" : "odd")}]\n---\n{words}\n";

    private Task<ExportReport> Export(Func<ExportOptions, ExportOptions>? change = null)
    {
        var options = new ExportOptions(_site.ContentPath, Out, Data) { BaseUrl = "https://blog.example", Program = Repository.Path("src", "Blog") };
        return SiteExporter.Run(change?.Invoke(options) ?? options, _clock, new Progress<ExportStep>(), CancellationToken.None);
    }

    /// <summary>An export that knows nothing of any other but the addresses that articles have left.</summary>
    private Task<ExportReport> Fresh(int step, bool compresses)
    {
        var (data, learned) = (Path.Combine(_folder, $"data-{step}"), Path.Combine(Data, "export", RedirectFile.Name));
        Directory.CreateDirectory(Path.Combine(data, "export"));
        if (File.Exists(learned)) File.Copy(learned, Path.Combine(data, "export", RedirectFile.Name));
        return Export(options => options with { Output = Path.Combine(_folder, $"public-{step}"), Data = data, Compresses = compresses });
    }

    private static SortedDictionary<string, (string Hash, DateTime At)> Files(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder, file), file => (Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), File.GetLastWriteTimeUtc(file))), StringComparer.Ordinal);
}
