using System.Net;
using AngleSharp.Html.Dom;
using Blog.Catalogue;
using Blog.Site.Desk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Blog.Tests.Site.Desk;

/// <summary>What editors see at the desk.</summary>
public sealed class DeskTests
{
    internal static readonly string[] Pages =
    [
        .. DeskRoom.All.Select(room => room.Path),
        "/desk/problems?severity=warning&q=a", "/desk/problems?file=articles/one.md", "/desk/problems?severity=nonsense&page=-7", "/desk/problems?page=100000",
        "/desk/articles?state=draft&q=%25_%5C&order=longest", "/desk/articles?section=articles&order=title", "/desk/articles?state=expiring", "/desk/articles?state=kept&page=9",
        "/desk/links?list=missing", "/desk/links?list=orphans&q=x", "/desk/terms?taxonomy=author", "/desk/terms?taxonomy=category&list=undescribed", "/desk/terms?list=thin", "/desk/terms?list=similar", "/desk/terms?list=unused&q=a",
        "/desk/redirects?gone=true&q=x",
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_page_is_there_on_the_sample_site_and_on_an_empty_one(bool isEmpty)
    {
        await using var site = new TestSite().In("Development");
        if (!isEmpty) site.On(Repository.Path("content"));
        await site.Started();
        foreach (var address in Pages)
        {
            using var answer = await site.Client.GetAsync(new Uri(address, UriKind.Relative));
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address} answered {(int)answer.StatusCode}");
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            Assert.Equal("noindex", answer.Headers.GetValues("X-Robots-Tag").Single());
            Assert.Contains("default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }

        foreach (var asset in (await site.Page("/desk")).QuerySelectorAll("link[rel=stylesheet], script").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!))
        {
            Assert.StartsWith("/assets/desk.", asset, StringComparison.Ordinal);
            Assert.NotEmpty(await site.Text(asset));
        }

        Assert.DoesNotContain("/assets/desk.", await site.Text("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_and_texts_stay_text()
    {
        const string Hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";
        await using var site = new TestSite().In("Development")
            .Write("articles/<script>alert(2)<&\">.md", $"---\ntitle: '{Hostile}'\nauther: x\ntags: ['{Hostile}', '<b>bold</b>']\nauthors: ['{Hostile}']\ncategories: ['{Hostile}']\n---\n[away](<script>.md) <script>alert(3)</script> \u202Eturned\u0007\n\n<Nope onclick=\"alert(4)\">x</Nope>\n")
            .Write("articles/draft.md", $"---\ntitle: 'D {Hostile}'\ndraft: true\n---\n![](<{Hostile}.png>)\n")
            .Write("articles/later.md", $"---\ntitle: 'L {Hostile}'\ndate: 2999-01-01\n---\nText.\n")
            .Write("site.yml", $"title: '{Hostile}'\nlogo: 'javascript:alert(1)'\n");
        await site.Started();
        foreach (var address in Pages.Append("/desk/problems?q=" + Uri.EscapeDataString(Hostile)).Append("/desk/problems?file=" + Uri.EscapeDataString("articles/<script>alert(2)<&\">.md")))
        {
            var page = await site.Page(address);
            Assert.Single(page.QuerySelectorAll("script"));
            Assert.Empty(page.QuerySelectorAll("main :is(img, b, iframe, svg, style, object)"));
            Assert.DoesNotContain(page.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Name == "style"));
            Assert.All(page.QuerySelectorAll("a[href], form[action]"), element => Assert.StartsWith("/", element.GetAttribute("href") is { } href && href.StartsWith('#') ? "/" : element.GetAttribute("href") ?? element.GetAttribute("action"), StringComparison.Ordinal));
        }

        var excerpts = string.Concat((await site.Page("/desk/problems")).QuerySelectorAll(".excerpt").Select(excerpt => excerpt.TextContent));
        Assert.Contains("⟨U+202E⟩turned␇", excerpts, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', excerpts);
    }

    [Fact]
    public async Task The_overview_counts_every_state_and_lists_what_waits()
    {
        await using var site = new TestSite().In("Development");
        site.Write("articles/live.md", "---\ntitle: Live\ndate: 2024-01-01\n---\nText.\n")
            .Write("articles/draft.md", "---\ntitle: Draft\ndraft: true\n---\nText.\n")
            .Write("articles/soon.md", $"---\ntitle: Soon\ndate: {DateTimeOffset.UtcNow.AddMinutes(200):yyyy-MM-ddTHH:mm:ssZ}\n---\nText.\n")
            .Write("articles/leaving.md", $"---\ntitle: Leaving\ndate: 2024-01-01\nexpiryDate: {DateTimeOffset.UtcNow.AddDays(3).AddHours(1):yyyy-MM-ddTHH:mm:ssZ}\n---\nText.\n")
            .Write("articles/expired.md", "---\ntitle: Expired\ndate: 2020-01-01\nexpiryDate: 2021-01-01\n---\nText.\n");
        await site.Started();
        var page = await site.Page("/desk");
        Assert.Equal(["2 Live", "1 Drafts", "1 Scheduled", "1 Leaving soon", "1 Expired", "0 Broken, kept"], page.QuerySelectorAll(".stat").Select(stat => Words(stat.TextContent)));
        Assert.Contains("in 3 h", Panel(page, "Scheduled"), StringComparison.Ordinal);
        Assert.Contains("Draft", Panel(page, "Drafts"), StringComparison.Ordinal);
        Assert.Contains("in 3 days", Panel(page, "Leaving soon"), StringComparison.Ordinal);

        static string Panel(IHtmlDocument page, string title) => page.QuerySelectorAll(".panel").Single(panel => panel.QuerySelector("h2")!.TextContent == title).TextContent;
    }

    [Fact]
    public async Task Queries_and_rows_agree_on_the_state_of_an_article()
    {
        await using var site = new TestSite().In("Development");
        foreach (var isDraft in new[] { "true", "false" })
            foreach (var date in new[] { "", "date: 2020-01-01\n", "date: 2999-01-01\n" })
                foreach (var end in new[] { "", "expiryDate: 2021-01-01\n", "expiryDate: 2999-06-01\n" })
                    site.Write($"articles/a{Guid.NewGuid():N}.md", $"---\ntitle: T\ndraft: {isDraft}\n{date}{end}---\nText.\n");
        await site.Started();
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CatalogueContext>();
        var now = DateTimeOffset.UtcNow;
        var all = await db.Articles.ToListAsync();
        Assert.Equal(18, all.Count);
        foreach (var state in Enum.GetValues<ArticleState>())
            Assert.Equal(all.Where(article => article.StateAt(now) == state).Select(article => article.Path).Order(StringComparer.Ordinal), await db.Articles.InState(state, now).Select(article => article.Path).OrderBy(path => path).ToListAsync());
    }

    [Fact]
    public async Task A_problem_shows_the_line_and_what_is_marked_in_it()
    {
        await using var site = new TestSite().In("Development").Write("articles/one.md", "---\ntitle: One\nauther: ada\n---\n\nA line.\n\nSee [it](nowhere.md) there.\n\nMore.\n").Write("articles/two.md", "---\ntitle: Two\n---\n![](/x.png)\n");
        await site.Started();
        var page = await site.Page("/desk/problems?code=broken-link&q=nowhere");
        var problem = Assert.Single(page.QuerySelectorAll(".problem"));
        Assert.Equal("/desk/problems?file=articles%2Fone.md", page.QuerySelector(".file .row-link")!.GetAttribute("href"));
        Assert.Equal("/articles/one", page.QuerySelector(".file-header p a")!.GetAttribute("href"));
        Assert.Equal("[it](nowhere.md)", problem.QuerySelector("mark")!.TextContent);
        Assert.Equal(["6", "7", "8", "9", "10"], problem.QuerySelectorAll("li[value]").Select(line => line.GetAttribute("value")!));
        Assert.Equal("See [it](nowhere.md) there.", problem.QuerySelector(".is-here")!.TextContent);

        Assert.Equal("1", Words((await site.Page("/desk/problems?q=AUTHER")).QuerySelector(".heading-count")!.TextContent));
        Assert.All((await site.Page("/desk/problems?severity=error")).QuerySelectorAll(".problem .badge"), badge => Assert.Equal("error", badge.TextContent));
        Assert.Equal(["articles/two.md"], (await site.Page("/desk/problems?file=articles/two.md")).QuerySelectorAll(".file h2").Select(heading => heading.TextContent));
    }

    [Fact]
    public async Task Orphans_are_articles_that_no_other_links_to()
    {
        await using var site = new TestSite().In("Development")
            .Write("articles/hub.md", "---\ntitle: Hub\n---\n[a](by-path.md) [b](bundle/index.md) [c](folder) [d](/articles/by-address) [e](/old/address) [f](/articles/by-slash/) [g](bare)\n")
            .Write("articles/by-path.md", "---\ntitle: By path\n---\n[me](by-path.md)\n")
            .Write("articles/bundle/index.md", "---\ntitle: Bundle\n---\nText.\n")
            .Write("articles/folder/index.md", "---\ntitle: Folder\n---\nText.\n")
            .Write("articles/by-address.md", "---\ntitle: By address\n---\nText.\n")
            .Write("articles/by-alias.md", "---\ntitle: By alias\naliases: [/old/address]\n---\nText.\n")
            .Write("articles/by-slash.md", "---\ntitle: By slash\n---\nText.\n")
            .Write("articles/bare.md", "---\ntitle: Bare\n---\nText.\n")
            .Write("articles/self.md", "---\ntitle: Self\n---\n[me](self.md) and [me](/articles/self)\n")
            .Write("articles/from-draft.md", "---\ntitle: From a draft\n---\nText.\n")
            .Write("articles/draft.md", "---\ntitle: Draft\ndraft: true\n---\n[x](from-draft.md)\n")
            .Write("pages/about.md", "---\ntitle: About\n---\nText.\n");
        await site.Started();
        var orphans = (await site.Page("/desk/links?list=orphans")).QuerySelectorAll(".row-link").Select(link => link.TextContent);
        Assert.Equal(["From a draft", "Hub", "Self"], orphans.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Terms_say_how_often_they_are_used_and_which_are_alike()
    {
        await using var site = new TestSite().In("Development").Write("categories.yml", "news:\n  name: News\n  description: What is new.\n");
        for (var i = 0; i < 3; i++) site.Write($"articles/a{i}.md", $"---\ntitle: A{i}\ndraft: {(i == 0 ? "true" : "false")}\ntags: [api, graphql]\ncategories: [news]\n---\nText.\n");
        site.Write("articles/b.md", "---\ntitle: B\ntags: [apis, grapqhl, web]\n---\nText.\n");
        await site.Started();
        var rows = (await site.Page("/desk/terms")).QuerySelectorAll("tbody tr").Select(row => Words(row.TextContent)).ToList();
        Assert.Contains("api Live: 2 All: 3 Described: no", rows);
        Assert.Equal(3, (await site.Page("/desk/terms?list=thin")).QuerySelectorAll("tbody tr").Length);
        Assert.Equal(["api 3 apis 1", "graphql 3 grapqhl 1"], (await site.Page("/desk/terms?list=similar")).QuerySelectorAll("main li[data-row]").Select(row => Words(row.TextContent)));
        Assert.Equal("News news Live: 2 All: 3 Described: yes", Words((await site.Page("/desk/terms?taxonomy=category")).QuerySelector("tbody tr")!.TextContent));
    }

    [Fact]
    public async Task What_links_miss_is_listed_with_those_who_link_there()
    {
        await using var site = new TestSite().In("Development")
            .Write("articles/one.md", "---\ntitle: One\n---\n[a](nowhere.md) [b](/no/page)\n")
            .Write("articles/two.md", "---\ntitle: Two\n---\nText.\n\n[a](nowhere.md)\n");
        await site.Started();
        var groups = (await site.Page("/desk/links?list=missing")).QuerySelectorAll(".file").Select(group => Words(group.TextContent)).ToList();
        Assert.Equal(["articles/nowhere.md 2 links articles/one.md:4 articles/two.md:6", "/no/page 1 link articles/one.md:4"], groups);
        Assert.Equal("2", Words((await site.Page("/desk/links")).QuerySelector(".heading-count")!.TextContent));
    }

    [Fact]
    public async Task What_a_sync_did_is_told_by_file_and_what_moved_can_be_exported()
    {
        await using var site = new TestSite().In("Development").Set("Blog:Watch", "Off");
        foreach (var name in new[] { "moved", "gone", "edited", "stays", "broken" }) site.Write($"articles/{name}.md", $"---\ntitle: The {name} one\ndate: 2024-01-01\n---\nText of {name}.\n");
        await site.Started();
        File.Move(Path.Combine(site.ContentPath, "articles/moved.md"), Path.Combine(site.ContentPath, "articles/here-now.md"));
        File.Delete(Path.Combine(site.ContentPath, "articles/gone.md"));
        site.Write("articles/edited.md", "---\ntitle: The edited one\ndate: 2024-01-01\n---\nNew text. [x](nowhere.md)\n").Write("articles/new.md", "---\ntitle: The new one\n---\nText.\n");
        await File.WriteAllBytesAsync(Path.Combine(site.ContentPath, "articles/broken.md"), [1, 0, 2, 0]);
        await site.Sync();

        var rows = (await site.Page("/desk/activity")).QuerySelector(".sync")!.QuerySelectorAll(".row").Select(row => Words(row.TextContent)).ToList();
        Assert.Contains("renamed articles/moved.md → The moved one articles/here-now.md", rows);
        Assert.Contains(rows, row => row.StartsWith("removed", StringComparison.Ordinal) && row.Contains("articles/gone.md", StringComparison.Ordinal));
        Assert.Contains("changed The edited one articles/edited.md 1 error, 0 warnings", rows);
        Assert.Contains(rows, row => row.StartsWith("added The new one articles/new.md", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("broken, kept", StringComparison.Ordinal));
        var overview = await site.Page("/desk");
        Assert.Equal("1 Broken, kept", Words(overview.QuerySelector(".stat-bad")!.TextContent));
        Assert.Contains("The broken one", overview.QuerySelector(".panel")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["live", "kept"], (await site.Page("/desk/articles?state=kept")).QuerySelectorAll("tbody .badge").Select(badge => badge.TextContent));

        var redirects = (await site.Page("/desk/redirects")).QuerySelectorAll("tbody tr").Select(row => Words(row.TextContent)).ToList();
        Assert.Equal(["/articles/gone articles/gone.md gone just now", "/articles/moved articles/moved.md /articles/here-now just now"], redirects);
        Assert.Single((await site.Page("/desk/redirects?gone=true")).QuerySelectorAll("tbody tr"));
        using var export = await site.Client.GetAsync(new Uri("/desk/redirects/aliases.yml", UriKind.Relative));
        Assert.Equal("text/yaml", export.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith("\n---\n# articles/here-now.md\naliases:\n  - /articles/moved\n", await export.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deletions_that_are_held_back_can_be_let_go()
    {
        await using var site = new TestSite().In("Development").Set("Blog:Watch", "Off");
        for (var i = 0; i < 20; i++) site.Write($"articles/a{i}.md", $"---\ntitle: A{i}\n---\nText.\n");
        await site.Started();
        for (var i = 0; i < 19; i++) File.Delete(Path.Combine(site.ContentPath, $"articles/a{i}.md"));
        await site.Sync();
        Assert.Contains("19 files are gone", (await site.Page("/desk")).QuerySelector(".notice h2")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await site.Status("/articles/a0"));
        using var answer = await LoginTests.Post(site, "/desk", "/desk/deletions");
        Assert.Equal("/desk", answer.Headers.Location!.ToString());
        Assert.Null((await site.Page("/desk")).QuerySelector(".notice"));
        Assert.Equal(HttpStatusCode.Gone, await site.Status("/articles/a0"));
    }

    [Fact]
    public void Aliases_are_yaml_whatever_is_in_them() =>
        Assert.EndsWith("---\n# a??b.md\naliases:\n  - \"/x: #y\"\n  - /z\n---\n# c.md\naliases:\n  - /w\n", Blog.Site.Desk.Redirects.AliasYaml.Write("Addresses.", [("a\n\u2028b.md", "/x: #y"), ("a\n\u2028b.md", "/z"), ("c.md", "/w")]), StringComparison.Ordinal);

    [Fact]
    public async Task Long_lists_come_in_pages_that_keep_the_filter()
    {
        await using var site = new TestSite().In("Development");
        for (var i = 0; i < 120; i++) site.Write($"articles/a{i:000}.md", $"---\ntitle: Article {i:000}\ndate: 2024-01-01\n---\n![](/none.png)\n");
        await site.Started();
        var second = await site.Page("/desk/articles?q=article&order=title&page=2");
        Assert.Equal("Article 050", second.QuerySelector("tbody .row-link")!.TextContent);
        Assert.Equal("/desk/articles?q=article&order=title&page=3", second.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.Equal("/desk/articles?q=article&order=title", second.QuerySelector("a[rel=prev]")!.GetAttribute("href"));
        Assert.Equal(15, (await site.Page("/desk/problems?page=8")).QuerySelectorAll(".file").Length);
        Assert.Null((await site.Page("/desk/problems?page=99")).QuerySelector("a[rel=next]"));
    }

    [Fact]
    public async Task Open_pages_are_told_at_once_and_at_every_change()
    {
        await using var site = await new TestSite().In("Development").Set("Blog:Watch", "Off").Started();
        using var answer = await site.Client.GetAsync(new Uri("/desk/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var first = await Next(reader);
        Assert.Equal((await site.Page("/desk")).QuerySelector("main")!.GetAttribute("data-stamp"), first);
        site.Write("articles/new.md", "---\ntitle: New\n---\nText.\n");
        await site.Sync();
        var second = await Next(reader);
        Assert.NotEqual(first, second);
        Assert.Equal((await site.Page("/desk")).QuerySelector("main")!.GetAttribute("data-stamp"), second);

        static async Task<string> Next(StreamReader reader)
        {
            while (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)) is { } line)
                if (line.StartsWith("data: ", StringComparison.Ordinal)) return line[6..];
            throw new EndOfStreamException();
        }
    }

    [Fact]
    public async Task The_stream_ends_when_the_application_stops()
    {
        await using var site = new TestSite().In("Development");
        site.Listen();
        await site.Started();
        using var answer = await site.Client.GetAsync(new Uri("/desk/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("event: stamp", await reader.ReadLineAsync());
        site.Services.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().StopApplication();
        await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(5));
    }

    internal static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
