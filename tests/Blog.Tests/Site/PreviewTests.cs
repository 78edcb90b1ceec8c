using System.Net;
using Blog.Site.Preview;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Blog.Tests.Site;

/// <summary>Who has a link sees an article before readers do, and nobody else does.</summary>
public sealed class PreviewTests : IAsyncLifetime
{
    private const string Secret = "a secret of the desk";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));
    private readonly TestSite _site = new();

    public async Task InitializeAsync() => await Publication(_site).By(_clock).Set("Blog:DeskToken", Secret).Started();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("draft", "Draft", "readers see nothing of it.")]
    [InlineData("soon", "Scheduled for 24 December 2026, 16:00", "readers see nothing of it before.")]
    [InlineData("gone", "Expired on 6 September 2026, 23:59", "readers see nothing of it any more.")]
    [InlineData("live", "Published", "readers see the same.")]
    public async Task A_link_shows_the_article_and_says_what_it_is(string name, string label, string words)
    {
        var page = await _site.Page(Link(name));
        Assert.Equal($"Title of {name}", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Words", page.QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
        var bar = page.QuerySelector("aside.preview-bar[aria-label=Preview]")!.TextContent;
        Assert.Contains($"{label}: {words}", bar, StringComparison.Ordinal);
        Assert.Contains("Link ends 2 December 2026, 12:00", bar, StringComparison.Ordinal);
        Assert.Equal(name == "live" ? "/articles/live" : null, page.QuerySelector(".preview-bar a")?.GetAttribute("href"));
    }

    [Fact]
    public async Task Nobody_is_to_keep_a_preview_index_it_or_tell_others_of_it()
    {
        using var response = await _site.Client.GetAsync(new Uri(Link("draft"), UriKind.Relative));
        Assert.Equal("noindex, nofollow", response.Headers.GetValues("X-Robots-Tag").Single());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        var page = await _site.Page(Link("draft"));
        Assert.Equal("noindex, nofollow", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Empty(page.QuerySelectorAll("link[rel=canonical], link[rel=alternate], meta[property], meta[name^=twitter]"));
    }

    [Theory]
    [InlineData("/articles/draft")]
    [InlineData("/articles/draft?preview=")]
    [InlineData("/articles/draft?preview=true")]
    [InlineData("/articles/draft?preview=%00%FF")]
    [InlineData("/articles/draft?preview=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Without_a_token_of_ours_there_is_nothing(string url) => Assert.Equal(HttpStatusCode.NotFound, await _site.Status(url));

    [Fact]
    public async Task A_token_of_which_anything_was_changed_is_none()
    {
        var link = Link("draft");
        var start = link.IndexOf('=', StringComparison.Ordinal) + 1;
        for (var i = start; i < link.Length - 1; i += 7)
            Assert.Equal(HttpStatusCode.NotFound, await _site.Status(link[..i] + (link[i] == 'A' ? 'B' : 'A') + link[(i + 1)..]));
        Assert.Equal(HttpStatusCode.NotFound, await _site.Status(link[..^4]));
        Assert.Equal(HttpStatusCode.NotFound, await _site.Status(link + "AAAA"));
        Assert.Equal(HttpStatusCode.NotFound, await _site.Status(link.Replace("?preview=", "?preview=" + new string('A', 9000), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_link_ends()
    {
        var (draft, live) = (Link("draft"), Link("live"));
        _clock.Advance(PreviewLinks.Life - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await _site.Status(draft));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NotFound, await _site.Status(draft));
        Assert.Null((await _site.Page(live)).QuerySelector(".preview-bar"));
    }

    [Fact]
    public async Task A_token_opens_no_other_article()
    {
        var token = Link("draft")[Link("draft").IndexOf('?', StringComparison.Ordinal)..];
        Assert.Equal(HttpStatusCode.NotFound, await _site.Status("/articles/soon" + token));
        Assert.Equal(HttpStatusCode.NotFound, await _site.Status("/articles/no-such-article" + token));
        Assert.Equal(HttpStatusCode.OK, await _site.Status("/articles" + token));
        Assert.Null((await _site.Page("/articles/live" + token)).QuerySelector(".preview-bar"));
    }

    [Fact]
    public async Task A_link_follows_its_article_to_another_address()
    {
        var link = Link("draft");
        _site.Write("articles/draft.md", "---\ntitle: Title of draft\nslug: renamed\ndraft: true\n---\nWords that are more\n");
        await _site.Sync();
        using var response = await _site.Client.GetAsync(new Uri(link, UriKind.Relative));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal(link.Replace("/articles/draft", "/articles/renamed", StringComparison.Ordinal), response.Headers.Location!.OriginalString);
        Assert.Equal("Title of draft", (await _site.Page(response.Headers.Location.OriginalString)).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_link_shows_what_was_saved_last()
    {
        var link = Link("draft");
        _site.Write("articles/draft.md", "---\ntitle: Another title\ndraft: true\n---\nOther words\n");
        await _site.Sync();
        Assert.Equal("Another title", (await _site.Page(link)).QuerySelector("h1")!.TextContent);
        File.Delete(Path.Combine(_site.ContentPath, "articles/draft.md"));
        await _site.Sync();
        Assert.Equal(HttpStatusCode.NotFound, await _site.Status(link));
    }

    [Fact]
    public async Task No_page_feed_or_sitemap_knows_of_what_is_previewed()
    {
        Assert.Equal(HttpStatusCode.OK, await _site.Status(Link("draft")));
        foreach (var url in new[] { "/", "/articles", "/archive", "/sitemap.xml", "/feed.xml", "/atom.xml", "/articles/feed.xml", "/articles/live", "/tags", "/authors", Link("live"), Link("soon") })
        {
            var text = await _site.Text(url);
            foreach (var name in new[] { "draft", "gone", "soon" }.Where(name => !url.Contains(name, StringComparison.Ordinal))) Assert.DoesNotContain($"Title of {name}", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_preview_leads_to_no_other_draft()
    {
        _site.Write("articles/draft.md", "---\ntitle: Title of draft\ndraft: true\nseries: S\n---\nWords on [the other](soon.md)\n").Write("articles/soon.md", "---\ntitle: Title of soon\ndate: 2026-12-24\nseries: S\n---\nWords\n");
        await _site.Sync();
        var page = await _site.Page(Link("draft"));
        Assert.Empty(page.QuerySelectorAll(".series, .neighbours"));
        Assert.Equal("/articles/soon", page.QuerySelector(".prose a")!.GetAttribute("href"));
        Assert.Equal(HttpStatusCode.NotFound, await _site.Status("/articles/soon"));
    }

    [Fact]
    public async Task A_link_holds_on_every_replica_that_has_the_secret()
    {
        await using var same = await Publication(new TestSite()).By(_clock).Set("Blog:DeskToken", Secret).Started();
        await using var other = await Publication(new TestSite()).By(_clock).Set("Blog:DeskToken", Secret + "!").Started();
        Assert.Equal(HttpStatusCode.OK, await same.Status(Link("draft")));
        Assert.Equal(HttpStatusCode.NotFound, await other.Status(Link("draft")));
    }

    [Fact]
    public async Task Without_a_secret_there_are_no_links()
    {
        await using var site = await Publication(new TestSite()).By(_clock).Started();
        Assert.Null(site.Services.GetRequiredService<PreviewLinks>().For("articles/draft.md", "/articles/draft"));
        Assert.Equal(HttpStatusCode.NotFound, await site.Status(Link("draft")));
    }

    [Fact]
    public async Task A_file_that_never_was_an_article_shows_its_problems()
    {
        _site.Write("articles/binary.md", "---\ntitle: Broken\n---\n\0\0");
        await _site.Sync();
        var link = _site.Services.GetRequiredService<PreviewLinks>().For("articles/binary.md", PreviewFinder.AddressOf("articles/binary.md", _site.Catalogue.State))!;
        Assert.StartsWith("/articles/binary?", link, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await _site.Status("/articles/binary"));
        var page = await _site.Page(link);
        Assert.Contains("Broken: it was never readable, and readers see nothing of it.", page.QuerySelector(".preview-bar")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The file is not text.", page.QuerySelector(".preview-problems")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_file_is_shown_as_far_as_it_can_be_read_while_readers_see_its_last_good_version()
    {
        _site.Write("articles/live.md", "---\ntitle: Newer title\nauther: ann\n\nNewer words on [the draft](draft.md)\n");
        await _site.Sync();
        Assert.Equal("Title of live", (await _site.Page("/articles/live")).QuerySelector("h1")!.TextContent);
        var page = await _site.Page(Link("live"));
        Assert.Contains("Newer words", page.QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Broken: readers see the version from before 25 November 2026, 12:00.", page.QuerySelector(".preview-bar")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/articles/live", page.QuerySelector(".preview-bar a")!.GetAttribute("href"));
        Assert.Contains("Line 1, column 1:", page.QuerySelector(".preview-problems li.problem-error")!.TextContent, StringComparison.Ordinal);
        _site.Write("articles/live.md", "---\ntitle: Newer title\n---\nNewer words\n");
        await _site.Sync();
        Assert.Equal("Newer title", (await _site.Page("/articles/live")).QuerySelector("h1")!.TextContent);
        Assert.Null((await _site.Page(Link("live"))).QuerySelector(".preview-problems"));
    }

    [Fact]
    public async Task In_development_everything_is_at_its_own_address()
    {
        await using var site = await Publication(new TestSite()).By(_clock).In("Development").Write("articles/binary.md", "\0\0").Started();
        foreach (var (name, label) in new[] { ("draft", "Draft"), ("soon", "Scheduled"), ("gone", "Expired"), ("binary", "Broken") })
            Assert.StartsWith(label, (await site.Page($"/articles/{name}")).QuerySelector(".preview-bar strong")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await site.Page("/articles/live")).QuerySelector(".preview-bar"));
        Assert.Equal("/articles/draft", site.Services.GetRequiredService<PreviewLinks>().For("articles/draft.md", "/articles/draft"));
        Assert.DoesNotContain("Title of draft", await site.Text("/articles"), StringComparison.Ordinal);
    }

    private static TestSite Publication(TestSite site) => site
        .Write("articles/live.md", "---\ntitle: Title of live\ndate: 2026-01-02\n---\nWords\n")
        .Write("articles/draft.md", "---\ntitle: Title of draft\ndate: 2026-01-03\ndraft: true\nauthor: ann\ntags: [secret]\n---\nWords\n")
        .Write("articles/soon.md", "---\ntitle: Title of soon\ndate: 2026-12-24T16:00:00Z\n---\nWords\n")
        .Write("articles/gone.md", "---\ntitle: Title of gone\ndate: 2026-01-01\nexpiryDate: 2026-09-06T23:59:00Z\n---\nWords\n");

    private string Link(string name) => _site.Services.GetRequiredService<PreviewLinks>().For($"articles/{name}.md", $"/articles/{name}")!;
}
