using Blog.Catalogue;
using Blog.Catalogue.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Blog.Tests.Site.Search;

/// <summary>An article leads to those that are about the same.</summary>
public sealed class RelatedTests
{
    private static readonly string[] Topics = ["lighthouse lantern keeper coast", "orchard apple cider grafting", "violin luthier varnish spruce"];

    private static TestSite Site()
    {
        var site = new TestSite().Write("site.yml", "title: Things\n");
        for (var i = 0; i < 30; i++)
        {
            var words = Topics[i % 3].Split(' ');
            site.Write($"articles/a{i:00}.md", $"---\ntitle: Number {i}\ndate: 2024-01-{i + 1:00}\ntags: [all]\n---\nSome words that every article has: {words[i % 4]}, {words[(i + 1) % 4]} and {words[(i + 2) % 4]}.\n");
        }

        return site;
    }

    [Fact]
    public async Task Shares_its_rarest_words_with_them()
    {
        await using var site = await Site().Started();
        for (var i = 0; i < 30; i += 7)
        {
            var related = await Related(site, i);
            Assert.NotEmpty(related);
            Assert.All(related, number => Assert.Equal(i % 3, number % 3));
            Assert.DoesNotContain(i, related);
            // Those that the page leads to anyway.
            Assert.DoesNotContain(i + 1, related);
            Assert.DoesNotContain(i - 1, related);
        }
    }

    [Fact]
    public async Task Is_the_same_on_a_replica_with_another_past()
    {
        await using var fresh = await Site().Started();
        await using var edited = await Site().Write("articles/other.md", "---\ntitle: Other\n---\nA lighthouse keeper.\n").Started();
        // The same content in the end, but other row numbers.
        for (var i = 0; i < 30; i += 4)
        {
            var path = Path.Combine(edited.ContentPath, "articles", $"a{i:00}.md");
            var text = await File.ReadAllTextAsync(path);
            File.Delete(path);
            await edited.Sync();
            await File.WriteAllTextAsync(path, text);
            await edited.Sync();
        }

        File.Delete(Path.Combine(edited.ContentPath, "articles", "other.md"));
        await edited.Sync();
        for (var i = 0; i < 30; i++) Assert.Equal(await Related(fresh, i), await Related(edited, i));
    }

    [Fact]
    public async Task Is_known_beforehand_and_after_edits_as_if_it_were_found_out_anew()
    {
        await using var site = await Site().Started();
        await Known(site);
        var random = new Random(7);
        for (var edit = 0; edit < 12; edit++)
        {
            var (number, words) = (random.Next(30), Topics[random.Next(3)].Split(' '));
            var path = $"articles/a{number:00}.md";
            if (edit % 4 == 3) File.Delete(Path.Combine(site.ContentPath, path));
            else site.Write(path, $"---\ntitle: Number {number}\ndate: 2024-01-{number + 1:00}\ntags: [{(edit % 2 == 0 ? "all" : "few")}]\n---\nNow it is of {words[edit % 4]} and {words[(edit + 1) % 4]}, {(edit % 3 == 0 ? "zephyr" : "and no more")}.\n");
            await site.Sync();
            await Known(site);
            using var lease = site.Services.GetRequiredService<CatalogueReaders>().Rent();
            foreach (var (id, ids) in await Kept(site)) Assert.Equal(string.Join(' ', Likeness.Find(lease.Reader.Index, id)), ids);
        }
    }

    [Fact]
    public async Task Nothing_that_readers_may_not_see_is_related()
    {
        await using var site = await Site()
            .Write("articles/draft.md", "---\ntitle: Draft\ndraft: true\n---\nlighthouse lantern keeper coast\n")
            .Write("articles/later.md", "---\ntitle: Later\ndate: 2999-01-01\n---\nlighthouse lantern keeper coast\n")
            .Write("articles/over.md", "---\ntitle: Over\nexpires: 2020-01-01\n---\nlighthouse lantern keeper coast\n")
            .Write("pages/coast.md", "---\ntitle: Page\n---\nlighthouse lantern keeper coast\n").Started();
        for (var i = 0; i < 30; i += 3)
        {
            var page = await site.Page($"/articles/a{i:00}");
            foreach (var title in new[] { "Draft", "Later", "Over", "Page" }) Assert.DoesNotContain(page.QuerySelectorAll(".related .card-title"), card => card.TextContent.Trim() == title);
        }

        Assert.Empty((await site.Page("/coast")).QuerySelectorAll(".related"));
    }

    [Fact]
    public async Task An_article_without_its_like_has_no_list()
    {
        await using var site = await new TestSite().Write("articles/a.md", "---\ntitle: Alone\n---\nNothing like it.\n").Write("articles/b.md", "---\ntitle: Elsewhere\n---\nQuite different.\n").Started();
        Assert.Empty((await site.Page("/articles/a")).QuerySelectorAll(".related"));
    }

    private static async Task<IReadOnlyList<int>> Related(TestSite site, int number) =>
        (await site.Page($"/articles/a{number:00}")).QuerySelectorAll(".related .card-title a").Select(link => int.Parse(link.GetAttribute("href")!["/articles/a".Length..], System.Globalization.CultureInfo.InvariantCulture)).ToList();

    private static async Task Known(TestSite site)
    {
        for (var tries = 0; await Missing() > 0; tries++)
        {
            Assert.True(tries < 600);
            await Task.Delay(100);
        }

        async Task<int> Missing()
        {
            await using var scope = site.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CatalogueContext>();
            return await db.Articles.CountAsync(article => !db.Related.Any(related => related.ArticleId == article.Id));
        }
    }

    private static async Task<List<(int, string)>> Kept(TestSite site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<CatalogueContext>().Related.ToListAsync()).Select(related => (related.ArticleId, related.Ids)).ToList();
    }
}
