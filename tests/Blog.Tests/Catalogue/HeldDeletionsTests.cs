using System.Net;
using Blog.Catalogue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Blog.Tests.Catalogue;

/// <summary>Most of a site gone at once may be an accident: it stays online until somebody or the clock says otherwise.</summary>
public sealed class HeldDeletionsTests
{
    [Fact]
    public async Task A_folder_that_is_suddenly_empty_keeps_the_site_online()
    {
        await using var site = await Site(3);
        Directory.Move(site.ContentPath, site.ContentPath + "-elsewhere");
        Directory.CreateDirectory(site.ContentPath);
        await site.Sync();
        Assert.Equal(HttpStatusCode.OK, await site.Status("/articles/a1"));
        Assert.Contains("Named", await site.Text("/"), StringComparison.Ordinal);
        Assert.Contains("degraded", await site.Text("/health/ready"), StringComparison.Ordinal);
        Assert.Contains("gone from the folder", await site.Text("/health/ready"), StringComparison.Ordinal);

        Directory.Delete(site.ContentPath);
        Directory.Move(site.ContentPath + "-elsewhere", site.ContentPath);
        await site.Sync();
        Assert.Null(site.Catalogue.Held);
        Assert.Contains("\"healthy\"", await site.Text("/health/ready"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stays_gone_leaves_when_its_time_is_up_also_across_a_restart()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var data = Directory.CreateTempSubdirectory("blog-test-").FullName;
        await using (var site = await Site(30, clock, data))
        {
            for (var i = 0; i < 20; i++) File.Delete(Path.Combine(site.ContentPath, $"articles/a{i}.md"));
            site.Write("articles/a25.md", "---\ntitle: Changed in the meantime\n---\nText\n");
            await site.Sync();
            Assert.Equal(20, site.Catalogue.Held?.Files);
            Assert.Equal(HttpStatusCode.OK, await site.Status("/articles/a1"));
            Assert.Contains("Changed in the meantime", await site.Text("/articles/a25"), StringComparison.Ordinal);
            clock.Advance(TimeSpan.FromMinutes(6));
            await using var again = await new TestSite().On(site.ContentPath).By(clock).Set("Blog:DataPath", data).Set("Blog:Watch", "off").Started();
            Assert.Equal(HttpStatusCode.OK, await again.Status("/articles/a1"));
            clock.Advance(TimeSpan.FromMinutes(6));
            await again.Sync();
            Assert.Equal(HttpStatusCode.Gone, await again.Status("/articles/a1"));
            Assert.Equal(HttpStatusCode.OK, await again.Status("/articles/a25"));
            Assert.Null(again.Catalogue.Held);
        }

        Directory.Delete(data, true);
    }

    [Fact]
    public async Task A_loss_that_is_confirmed_takes_effect_at_once()
    {
        await using var site = await Site(12);
        Directory.Delete(Path.Combine(site.ContentPath, "articles"), true);
        await site.Sync();
        Assert.Equal(HttpStatusCode.OK, await site.Status("/articles/a1"));
        await site.Services.GetRequiredService<CatalogueKeeper>().ConfirmDeletionsAsync(CancellationToken.None);
        Assert.Equal(HttpStatusCode.Gone, await site.Status("/articles/a1"));
    }

    [Fact]
    public async Task A_few_deletions_and_many_renames_are_no_loss()
    {
        await using var site = await Site(30);
        for (var i = 0; i < 9; i++) File.Delete(Path.Combine(site.ContentPath, $"articles/a{i}.md"));
        await site.Sync();
        Assert.Equal(HttpStatusCode.Gone, await site.Status("/articles/a1"));
        Directory.Move(Path.Combine(site.ContentPath, "articles"), Path.Combine(site.ContentPath, "stories"));
        await site.Sync();
        Assert.Null(site.Catalogue.Held);
        Assert.Equal(HttpStatusCode.MovedPermanently, await site.Status("/articles/a20"));
        Assert.Equal(HttpStatusCode.OK, await site.Status("/stories/a20"));
    }

    [Fact]
    public async Task The_watcher_holds_a_folder_that_is_removed_file_by_file()
    {
        await using var site = await Site(60, watch: "events");
        Directory.Delete(Path.Combine(site.ContentPath, "articles"), true);
        await WatcherTests.Until(() => Task.FromResult(site.Catalogue.Held is not null));
        for (var i = 0; i < 60; i++) Assert.Equal(HttpStatusCode.OK, await site.Status($"/articles/a{i}"));
    }

    private static async Task<TestSite> Site(int articles, TimeProvider? clock = null, string? data = null, string watch = "off")
    {
        var site = new TestSite().Set("Blog:Watch", watch).Set("Blog:HoldDeletionsSeconds", "600").Write("site.yml", "title: Named\n");
        if (clock is not null) site.By(clock);
        if (data is not null) site.Set("Blog:DataPath", data);
        for (var i = 0; i < articles; i++) site.Write($"articles/a{i}.md", $"---\ntitle: Article {i}\n---\nText {i}\n");
        return await site.Started();
    }
}
