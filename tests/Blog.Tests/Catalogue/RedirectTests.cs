using System.Net;

namespace Blog.Tests.Catalogue;

/// <summary>Whoever has the address of an article gets there, whatever became of it.</summary>
public sealed class RedirectTests
{
    [Fact]
    public async Task A_renamed_file_a_changed_slug_and_a_moved_folder_lead_on_in_one_step()
    {
        await using var site = await Site().Write("articles/a.md", Article("A")).Write("articles/b.md", Article("B")).Started();
        await Move(site, "articles/a.md", "articles/aa.md");
        await Expect(site, "/articles/a", "/articles/aa");
        site.Write("articles/aa.md", "---\ntitle: A\nslug: aaa\n---\nText of A\n");
        await site.Sync();
        await Expect(site, "/articles/a", "/articles/aaa");
        await Expect(site, "/articles/aa", "/articles/aaa");
        await Move(site, "articles", "stories");
        foreach (var old in new[] { "/articles/a", "/articles/aa", "/articles/aaa" }) await Expect(site, old, "/stories/aaa");
        await Expect(site, "/articles/b?x=1", "/stories/b?x=1");
        // And back: no loop, and the address is the article's own again.
        await Move(site, "stories", "articles");
        Assert.Equal(HttpStatusCode.OK, await site.Status("/articles/aaa"));
        await Expect(site, "/stories/aaa", "/articles/aaa");
        await Expect(site, "/articles/a", "/articles/aaa");
    }

    [Fact]
    public async Task A_deleted_article_is_gone_and_comes_back_under_another_name()
    {
        await using var site = await Site().Write("articles/a.md", Article("A")).Write("articles/b.md", Article("B")).Started();
        await Move(site, "articles/a.md", "articles/aa.md");
        File.Delete(Path.Combine(site.ContentPath, "articles/aa.md"));
        await site.Sync();
        Assert.Equal(HttpStatusCode.Gone, await site.Status("/articles/a"));
        Assert.Equal(HttpStatusCode.Gone, await site.Status("/articles/aa"));
        Assert.Contains("removed", await (await site.Client.GetAsync(new Uri("/articles/aa", UriKind.Relative))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        site.Write("articles/back.md", Article("A"));
        await site.Sync();
        await Expect(site, "/articles/a", "/articles/back");
        await Expect(site, "/articles/aa", "/articles/back");
        site.Write("articles/a.md", Article("Another"));
        await site.Sync();
        Assert.Equal(HttpStatusCode.OK, await site.Status("/articles/a"));
    }

    [Fact]
    public async Task An_article_is_known_by_its_id_when_name_and_text_change_at_once()
    {
        await using var site = await Site().Write("articles/a.md", "---\ntitle: A\nid: 7f3\n---\nOld text\n").Write("articles/b.md", Article("B")).Started();
        File.Delete(Path.Combine(site.ContentPath, "articles/a.md"));
        site.Write("articles/z.md", "---\ntitle: Z\nid: 7f3\n---\nNew text\n");
        await site.Sync();
        await Expect(site, "/articles/a", "/articles/z");
    }

    [Fact]
    public async Task A_copy_that_outlives_its_original_takes_its_readers()
    {
        await using var site = await Site().Write("articles/a.md", Article("A")).Write("articles/b.md", Article("B")).Started();
        site.Write("articles/copy.md", Article("A"));
        await site.Sync();
        File.Delete(Path.Combine(site.ContentPath, "articles/a.md"));
        await site.Sync();
        await Expect(site, "/articles/a", "/articles/copy");
    }

    [Fact]
    public async Task Articles_that_change_places_need_no_redirect()
    {
        await using var site = await Site().Write("articles/a.md", "---\ntitle: A\nslug: one\n---\nText of A\n").Write("articles/b.md", "---\ntitle: B\nslug: two\n---\nText of B\n").Started();
        site.Write("articles/a.md", "---\ntitle: A\nslug: two\n---\nText of A\n").Write("articles/b.md", "---\ntitle: B\nslug: one\n---\nText of B\n");
        await site.Sync();
        Assert.Contains("Text of A", await site.Text("/articles/two"), StringComparison.Ordinal);
        Assert.Contains("Text of B", await site.Text("/articles/one"), StringComparison.Ordinal);
        Assert.Empty(await Learned(site));
    }

    [Fact]
    public async Task A_redirect_never_shadows_an_article_nor_tells_of_a_hidden_one()
    {
        await using var site = await Site().Write("articles/a.md", Article("A")).Write("articles/draft.md", "---\ntitle: Draft\ndraft: true\n---\nSecret\n").Started();
        await Move(site, "articles/draft.md", "articles/still-a-draft.md");
        Assert.Equal(HttpStatusCode.NotFound, await site.Status("/articles/draft"));
        File.Delete(Path.Combine(site.ContentPath, "articles/still-a-draft.md"));
        await site.Sync();
        Assert.Equal(HttpStatusCode.NotFound, await site.Status("/articles/still-a-draft"));
        await Move(site, "articles/a.md", "articles/b.md");
        site.Write("articles/b.md", "---\ntitle: A\ndraft: true\n---\nText of A\n");
        await site.Sync();
        Assert.Equal(HttpStatusCode.NotFound, await site.Status("/articles/a"));
    }

    [Fact]
    public async Task What_was_learned_survives_the_catalogue_and_a_rename_while_the_site_was_down_is_learned()
    {
        var data = Directory.CreateTempSubdirectory("blog-test-").FullName;
        await using var site = await Site().Set("Blog:DataPath", data).Write("articles/a.md", Article("A")).Write("articles/b.md", Article("B")).Started();
        await Move(site, "articles/a.md", "articles/aa.md");
        File.Move(Path.Combine(site.ContentPath, "articles/b.md"), Path.Combine(site.ContentPath, "articles/bb.md"));
        await using (var again = await new TestSite().On(site.ContentPath).Set("Blog:DataPath", data).Started())
        {
            await Expect(again, "/articles/a", "/articles/aa");
            await Expect(again, "/articles/b", "/articles/bb");
        }

        foreach (var file in Directory.GetFiles(data, "catalogue-*")) File.Delete(file);
        await using (var anew = await new TestSite().On(site.ContentPath).Set("Blog:DataPath", data).Started())
        {
            await Expect(anew, "/articles/a", "/articles/aa");
            await Expect(anew, "/articles/b", "/articles/bb");
        }

        Directory.Delete(data, true);
    }

    [Fact]
    public async Task A_link_to_a_file_by_its_old_name_still_leads_to_the_article_and_is_reported()
    {
        await using var site = await Site().Write("articles/a.md", "---\ntitle: A\nslug: constant\n---\nText of A\n").Write("articles/b.md", "---\ntitle: B\n---\n[A](a.md)\n").Started();
        await Move(site, "articles/a.md", "articles/renamed.md");
        Assert.NotNull((await site.Page("/articles/b")).QuerySelector(".prose a[href='/articles/constant']"));
        Assert.Contains(await site.Problems(), problem => problem is { Path: "articles/b.md", Code: "moved-link" });
    }

    [Fact]
    public async Task Patterns_that_change_take_all_readers_along()
    {
        await using var site = await Site().Write("articles/a.md", "---\ntitle: A\ndate: 2024-05-01\n---\nText\n").Started();
        site.Write("site.yml", "permalinks:\n  articles: /:year/:slug\n");
        await site.Sync();
        await Expect(site, "/articles/a", "/2024/a");
    }

    private static TestSite Site() => new TestSite().Set("Blog:Watch", "off").Set("Blog:HoldDeletionsSeconds", "0");

    private static string Article(string title) => $"---\ntitle: {title}\n---\nText of {title}\n";

    private static async Task Move(TestSite site, string from, string to)
    {
        Directory.Move(Path.Combine(site.ContentPath, from), Path.Combine(site.ContentPath, to));
        await site.Sync();
    }

    private static async Task Expect(TestSite site, string from, string to)
    {
        using var response = await site.Client.GetAsync(new Uri(from, UriKind.Relative));
        Assert.True(response.StatusCode == HttpStatusCode.MovedPermanently, $"{from} answered {(int)response.StatusCode}");
        Assert.Equal(to, response.Headers.Location?.ToString());
    }

    private static async Task<string> Learned(TestSite site) => File.Exists(site.Catalogue.File.RedirectsPath) ? await File.ReadAllTextAsync(site.Catalogue.File.RedirectsPath) : "";
}
