using System.Globalization;
using System.Xml.Linq;

namespace Blog.Tests.Site;

/// <summary>RSS 2.0 and Atom 1.0 (RFC 4287): the fields that they demand.</summary>
public sealed class FeedTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static Task<TestSite> Site() => new TestSite()
        .Write("site.yml", "title: Feeds & more\ndescription: What <we> write\n")
        .Write("authors.yml", "ann:\n  name: Ann Ó\n")
        .Write("articles/a.md", "---\ntitle: A < B & C\ndescription: On order\ndate: 2024-05-01T10:00:00Z\nupdated: 2024-06-01\nauthor: ann\ntags: [order]\n---\n[B](b.md#top) ]]> and ![p](p.png)\n\n## Head\n")
        .Write("articles/b.md", "---\ntitle: B\n---\nNo date, no author.\n")
        .Write("articles/draft.md", "---\ntitle: Draft\ndraft: true\n---\nSecret\n")
        .Started();

    [Fact]
    public async Task Rss_has_its_channel_and_items()
    {
        await using var site = await Site();
        var channel = XDocument.Parse(await site.Text("/feed.xml")).Root!.Element("channel")!;
        Assert.Equal("Feeds & more", channel.Element("title")!.Value);
        Assert.Equal("https://blog.example/", channel.Element("link")!.Value);
        Assert.Equal("What <we> write", channel.Element("description")!.Value);
        Assert.Equal("https://blog.example/feed.xml", channel.Element(Atom + "link")!.Attribute("href")!.Value);
        var items = channel.Elements("item").ToList();
        Assert.Equal(["A < B & C", "B"], items.Select(item => item.Element("title")!.Value));
        Assert.Equal("https://blog.example/articles/a", items[0].Element("link")!.Value);
        Assert.Equal(items[0].Element("link")!.Value, items[0].Element("guid")!.Value);
        Assert.Equal(new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.Zero), DateTimeOffset.Parse(items[0].Element("pubDate")!.Value, CultureInfo.InvariantCulture));
        Assert.Equal("Ann Ó", items[0].Element(XName.Get("creator", "http://purl.org/dc/elements/1.1/"))!.Value);
        var html = items[0].Element(XName.Get("encoded", "http://purl.org/rss/1.0/modules/content/"))!.Value;
        Assert.Contains("href=\"https://blog.example/articles/b#top\"", html, StringComparison.Ordinal);
        Assert.Contains("src=\"https://blog.example/media/articles/p.png\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"anchor\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Atom_has_what_its_rfc_demands()
    {
        await using var site = await Site();
        var feed = XDocument.Parse(await site.Text("/atom.xml")).Root!;
        Assert.Equal(Atom + "feed", feed.Name);
        Assert.Equal("https://blog.example/atom.xml", feed.Elements(Atom + "link").Single(link => link.Attribute("rel")?.Value == "self").Attribute("href")!.Value);
        foreach (var element in feed.Elements(Atom + "entry").Prepend(feed))
        {
            Assert.Single(element.Elements(Atom + "id"));
            Assert.Single(element.Elements(Atom + "title"));
            Assert.True(DateTimeOffset.TryParse(Assert.Single(element.Elements(Atom + "updated")).Value, CultureInfo.InvariantCulture, out _));
        }

        Assert.Single(feed.Elements(Atom + "author"));
        Assert.Equal("2024-06-01T00:00:00Z", feed.Elements(Atom + "entry").First().Element(Atom + "updated")!.Value);
    }

    [Fact]
    public async Task Whoever_asks_only_for_the_head_of_a_feed_is_told_what_is_said_of_the_whole()
    {
        await using var site = await Site();
        using var asked = new HttpRequestMessage(HttpMethod.Head, "/feed.xml");
        using var head = await site.Client.SendAsync(asked);
        using var whole = await site.Client.GetAsync(new Uri("/feed.xml", UriKind.Relative));
        Assert.Equal(whole.StatusCode, head.StatusCode);
        Assert.NotNull(head.Headers.ETag);
        Assert.Equal(whole.Headers.ETag, head.Headers.ETag);
        Assert.Equal(whole.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal((await whole.Content.ReadAsByteArrayAsync()).Length, head.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Drafts_are_in_no_feed()
    {
        await using var site = await Site();
        Assert.DoesNotContain("Draft", await site.Text("/feed.xml") + await site.Text("/atom.xml") + await site.Text("/sitemap.xml"), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, await site.Status("/articles/draft"));
    }

    [Fact]
    public async Task An_empty_site_has_an_empty_feed_and_a_friendly_home_page()
    {
        await using var site = await new TestSite().Started();
        Assert.Empty(XDocument.Parse(await site.Text("/feed.xml")).Descendants("item"));
        Assert.Empty(XDocument.Parse(await site.Text("/atom.xml")).Descendants(Atom + "entry"));
        Assert.Contains("Nothing has been published yet", (await site.Page("/")).Body!.TextContent, StringComparison.Ordinal);
        foreach (var url in new[] { "/archive", "/tags", "/authors", "/categories", "/sitemap.xml", "/health/ready" }) Assert.Equal(System.Net.HttpStatusCode.OK, await site.Status(url));
    }
}
