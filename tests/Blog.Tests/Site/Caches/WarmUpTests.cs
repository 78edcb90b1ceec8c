using Blog.Site.PageCache;
using Microsoft.Extensions.DependencyInjection;

namespace Blog.Tests.Site.Caches;

/// <summary>What is made before the first reader comes.</summary>
public sealed class WarmUpTests
{
    [Fact]
    public async Task Behind_a_server_the_home_page_and_the_newest_article_are_there_before_anybody_asks()
    {
        await using var site = new TestSite()
            .Write("articles/old.md", "---\ntitle: Old\ndate: 2024-05-01\n---\nSome words.\n")
            .Write("articles/new.md", "---\ntitle: New\ndate: 2024-05-02\n---\nSome words.\n");
        site.Listen();
        var pages = site.Services.GetRequiredService<PageStore>();
        await Eventually(() => pages.Find("/articles/new") is not null);
        Assert.NotNull(pages.Find("/"));
        Assert.Null(pages.Find("/articles/old"));

        // What a reader gets is just that.
        var rendered = pages.Rendered;
        Assert.Contains("<h1", await site.Text("/articles/new"), StringComparison.Ordinal);
        Assert.Equal(rendered, pages.Rendered);
    }

    [Fact]
    public async Task A_site_without_articles_starts_and_stops_all_the_same()
    {
        await using var site = new TestSite();
        site.Listen();
        await Eventually(() => site.Services.GetRequiredService<PageStore>().Find("/") is not null);
    }

    [Fact]
    public async Task Where_nobody_connects_nothing_is_made()
    {
        await using var site = await new TestSite().Write("articles/one.md", "---\ntitle: One\n---\nSome words.\n").Started();
        Assert.Equal(0, site.Services.GetRequiredService<PageStore>().Rendered);
    }

    private static async Task Eventually(Func<bool> isSo)
    {
        for (var tries = 0; !isSo(); tries++)
        {
            Assert.True(tries < 600, "It did not come about within a minute.");
            await Task.Delay(100);
        }
    }
}
