using System.Net;
using System.Text;

namespace Blog.Tests.Catalogue;

/// <summary>A mistake in a file never takes its article from readers.</summary>
public sealed class LastGoodTests
{
    // By name: xunit would write megabytes into the name of a test, for minutes.
    private static readonly Dictionary<string, byte[]> Broken = new(StringComparer.Ordinal)
    {
        ["binary"] = [0, 1, 2, 3],
        ["empty"] = [],
        ["front matter that never ends"] = Encoding.UTF8.GetBytes("---\ntitle: Half\n"),
        ["five megabytes"] = new byte[5 * 1024 * 1024],
    };

    public static TheoryData<string> Breakages() => new(Broken.Keys);

    [Theory]
    [MemberData(nameof(Breakages))]
    public async Task A_broken_file_keeps_its_last_good_version_until_it_is_mended(string kind)
    {
        await using var site = await Site().Write("articles/a.md", "---\ntitle: Good\ntags: [kept]\n---\nGood words\n").Started();
        await File.WriteAllBytesAsync(Path.Combine(site.ContentPath, "articles/a.md"), Broken[kind]);
        await site.Sync();
        Assert.True((await site.Text("/articles/a")).Contains("Good words", StringComparison.Ordinal), kind);
        Assert.Contains("Good", await site.Text("/tags/kept"), StringComparison.Ordinal);
        Assert.Contains(await site.Problems(), problem => problem.Path == "articles/a.md");
        Assert.Contains(site.Catalogue.LastSync!.Files, file => file.Change == Blog.Catalogue.FileChange.KeptLastGood);

        site.Write("articles/a.md", "---\ntitle: Mended\n---\nMended words\n");
        await site.Sync();
        Assert.Contains("Mended words", await site.Text("/articles/a"), StringComparison.Ordinal);
        Assert.Empty(await site.Problems());
    }

    [Fact]
    public async Task It_outlives_a_restart_and_goes_with_its_file()
    {
        var data = Directory.CreateTempSubdirectory("blog-test-").FullName;
        await using (var site = await Site().Set("Blog:DataPath", data).Write("articles/a.md", "---\ntitle: Good\n---\nGood words\n").Write("articles/b.md", "---\ntitle: B\n---\nB\n").Started())
        {
            site.Write("articles/a.md", "---\ntitle: Half\n");
            await site.Sync();
            await using var again = await new TestSite().On(site.ContentPath).Set("Blog:DataPath", data).Started();
            Assert.Contains("Good words", await again.Text("/articles/a"), StringComparison.Ordinal);
            File.Delete(Path.Combine(site.ContentPath, "articles/a.md"));
            await again.Sync();
            Assert.Equal(HttpStatusCode.Gone, await again.Status("/articles/a"));
        }

        Directory.Delete(data, true);
    }

    [Fact]
    public async Task A_broken_file_that_is_renamed_stays_at_its_address()
    {
        await using var site = await Site().Write("articles/a.md", "---\ntitle: Good\n---\nGood words\n").Write("articles/b.md", "---\ntitle: B\n---\nB\n").Started();
        site.Write("articles/a.md", "---\ntitle: Half of a\n");
        await site.Sync();
        File.Move(Path.Combine(site.ContentPath, "articles/a.md"), Path.Combine(site.ContentPath, "articles/c.md"));
        await site.Sync();
        Assert.Contains("Good words", await site.Text("/articles/a"), StringComparison.Ordinal);
        site.Write("articles/c.md", "---\ntitle: Mended\n---\nMended words\n");
        await site.Sync();
        Assert.Contains("Mended words", await site.Text("/articles/c"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.MovedPermanently, await site.Status("/articles/a"));
    }

    [Fact]
    public async Task A_file_that_is_moved_while_the_folder_is_looked_through_is_not_taken_for_deleted()
    {
        await using var site = await Site().Write("zebra/a.md", "---\ntitle: A\n---\nGood words\n").Write("zebra/b.md", "---\ntitle: B\n---\nB\n").Started();
        var (early, late) = (Path.Combine(site.ContentPath, "articles/a.md"), Path.Combine(site.ContentPath, "zebra/a.md"));
        Directory.CreateDirectory(Path.GetDirectoryName(early)!);
        // They lie between, so that to look through the folder takes a while.
        for (var i = 0; i < 300; i++) Directory.CreateDirectory(Path.Combine(site.ContentPath, $"middle/{i}"));
        for (var i = 0; i < 20; i++)
        {
            var sync = Task.Run(site.Sync);
            await Task.Delay(i % 10);
            File.Move(late, early);
            await sync;
            Assert.NotEqual(HttpStatusCode.Gone, await site.Status("/zebra/a"));
            await site.Sync();
            Assert.Equal(HttpStatusCode.MovedPermanently, await site.Status("/zebra/a"));
            File.Move(early, late);
            await site.Sync();
            Assert.Equal(HttpStatusCode.OK, await site.Status("/zebra/a"));
        }
    }

    [Theory]
    [InlineData("events")]
    [InlineData("poll")]
    public async Task A_file_that_looks_half_written_and_is_moved_keeps_its_last_good_version_while_it_is_waited_for(string mode)
    {
        await using var site = await new TestSite().Set("Blog:Watch", mode).Set("Blog:PollSeconds", "1").Write("articles/a.md", "---\ntitle: Good\n---\nGood words\n").Write("articles/b.md", "---\ntitle: B\n---\nB\n").Started();
        site.Write("articles/a.md", "---\ntitle: Half of a\n");
        await WatcherTests.Until(async () => (await site.Problems()).Any(problem => problem.Path == "articles/a.md"));
        Directory.CreateDirectory(Path.Combine(site.ContentPath, "guides"));
        File.Move(Path.Combine(site.ContentPath, "articles/a.md"), Path.Combine(site.ContentPath, "guides/c.md"));
        await WatcherTests.Until(async () =>
        {
            Assert.Contains("Good words", await Followed("/articles/a"), StringComparison.Ordinal);
            // A look that comes while the file is being moved finds it in both places, and only the next one that it has left the first.
            var problems = await site.Problems();
            return problems.Any(problem => problem.Path == "guides/c.md") && problems.All(problem => problem.Path != "articles/a.md");
        });
        Assert.Contains("Good words", await site.Text("/guides/a"), StringComparison.Ordinal);

        // As any article that moves to another section, it has an address there, to which the old one leads.
        async Task<string> Followed(string url)
        {
            using var answer = await site.Client.GetAsync(new Uri(url, UriKind.Relative));
            return answer.StatusCode == System.Net.HttpStatusCode.MovedPermanently ? await site.Text(answer.Headers.Location!.ToString()) : await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task Settings_that_cannot_be_read_stay_as_they_were()
    {
        await using var site = await Site().Write("site.yml", "title: The Site\npermalinks:\n  articles: /:slug\n").Write("articles/a.md", "---\ntitle: A\n---\nWords\n").Started();
        await File.WriteAllBytesAsync(Path.Combine(site.ContentPath, "site.yml"), [0, 1, 2]);
        await site.Sync();
        Assert.Contains("The Site", await site.Text("/a"), StringComparison.Ordinal);
        Assert.Contains(await site.Problems(), problem => problem.Path == "site.yml");
    }

    [SkippableTheory]
    [InlineData("events")]
    [InlineData("poll")]
    public async Task A_file_that_is_still_being_written_is_waited_for(string mode)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux says who has a file open.");
        await using var site = await Site().Set("Blog:Watch", mode).Set("Blog:PollSeconds", "1").Write("articles/a.md", "---\ntitle: Old\n---\nOld words\n").Started();
        await using (var file = new FileStream(Path.Combine(site.ContentPath, "articles/a.md"), FileMode.Create, FileAccess.Write, FileShare.Read))
            for (var i = 0; i < 12; i++)
            {
                await file.WriteAsync(Encoding.UTF8.GetBytes(i == 0 ? "---\ntitle: New\n---\n" : $"Paragraph {i}.\n\n"));
                await file.FlushAsync();
                await Task.Delay(150);
                var page = await site.Text("/articles/a");
                Assert.True(page.Contains("Old words", StringComparison.Ordinal), $"Half of the file is shown after {i} parts.");
            }

        await WatcherTests.Until(async () => (await site.Text("/articles/a")).Contains("Paragraph 11", StringComparison.Ordinal));
    }

    private static TestSite Site() => new TestSite().Set("Blog:Watch", "off");
}
