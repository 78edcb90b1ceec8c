using System.Net;

namespace Blog.Tests.Catalogue;

/// <summary>What an editor saves is on the site without a restart.</summary>
public sealed class WatcherTests
{
    [Theory]
    [InlineData("events")]
    [InlineData("poll")]
    public async Task A_saved_article_appears_changes_and_goes(string mode)
    {
        await using var site = await new TestSite().Set("Blog:Watch", mode).Set("Blog:PollSeconds", "1").Write("articles/a.md", "---\ntitle: A\n---\nText\n").Started();
        site.Write("articles/new.md", "---\ntitle: New\n---\nFirst words\n");
        await Until(async () => await site.Status("/articles/new") == HttpStatusCode.OK);
        site.Write("articles/new.md", "---\ntitle: New\n---\nOther words, and more\n");
        await Until(async () => (await site.Text("/articles/new")).Contains("Other words", StringComparison.Ordinal));
        File.Delete(Path.Combine(site.ContentPath, "articles/new.md"));
        await Until(async () => await site.Status("/articles/new") == HttpStatusCode.Gone);
        Assert.Equal(HttpStatusCode.OK, await site.Status("/articles/a"));
    }

    [Fact]
    public async Task A_content_folder_that_vanishes_leaves_the_site_as_it_was()
    {
        await using var site = await new TestSite().Set("Blog:Watch", "poll").Set("Blog:PollSeconds", "1").Write("articles/a.md", "---\ntitle: A\n---\nText\n").Started();
        Directory.Move(site.ContentPath, site.ContentPath + "-gone");
        await Until(async () => (await site.Text("/health/ready")).Contains("is not there", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, await site.Status("/articles/a"));
        Directory.Move(site.ContentPath + "-gone", site.ContentPath);
        await Until(async () => !(await site.Text("/health/ready")).Contains("is not there", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, await site.Status("/articles/a"));
    }

    internal static async Task Until(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 400; i++)
        {
            if (await condition()) return;
            await Task.Delay(50);
        }

        Assert.Fail("It did not happen within 20 s.");
    }
}
