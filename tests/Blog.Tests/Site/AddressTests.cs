using System.Net;

namespace Blog.Tests.Site;

/// <summary>Every public address, what answers there, and the one spelling that it has.</summary>
public sealed class AddressTests : IAsyncLifetime
{
    private readonly TestSite _site = new();

    public async Task InitializeAsync()
    {
        _site.Write("site.yml", "title: Addresses\nlanguage: en\narticlesPerPage: 2\n")
            .Write("articles/one.md", "---\ntitle: One\ndate: 2024-05-01\nauthor: ann\ncategory: News\ntags: [Web APIs, C#]\naliases: [/old/one]\n---\nText of [two](2024/two.md#part).\n\n![A dot](dot.png)\n")
            .Write("articles/2024/two.md", "---\ntitle: Two\ndate: 2024-05-02\n---\n## Part\n\nText\n")
            .Write("articles/three/index.md", "---\ntitle: Three\ndate: 2023-01-01\n---\nText\n")
            .Write("articles/dot.png", "not really a picture")
            .Write("pages/about.md", "---\ntitle: About\n---\nText\n")
            .Write("guides/posts/setup/post.md", "---\ntitle: Set-up\ndate: 2022-01-01\n---\nText\n")
            .Write("courses/posts/first/index.md", "---\ntitle: First course\nlessons:\n  - source: intro\n---\nText\n")
            .Write("courses/posts/first/intro.md", "---\ntitle: Intro\n---\nText\n")
            .Write("static/Robots-Notes.TXT", "as it is");
        await _site.Started();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/page/2", "text/html")]
    [InlineData("/articles", "text/html")]
    [InlineData("/articles/one", "text/html")]
    [InlineData("/articles/two", "text/html")]
    [InlineData("/articles/three", "text/html")]
    [InlineData("/about", "text/html")]
    [InlineData("/guides", "text/html")]
    [InlineData("/guides/setup", "text/html")]
    [InlineData("/courses", "text/html")]
    [InlineData("/courses/first", "text/html")]
    [InlineData("/courses/first/intro", "text/html")]
    [InlineData("/authors", "text/html")]
    [InlineData("/authors/ann", "text/html")]
    [InlineData("/categories", "text/html")]
    [InlineData("/categories/news", "text/html")]
    [InlineData("/tags", "text/html")]
    [InlineData("/tags/web-apis", "text/html")]
    [InlineData("/tags/c-sharp", "text/html")]
    [InlineData("/archive", "text/html")]
    [InlineData("/archive/2024", "text/html")]
    [InlineData("/feed.xml", "application/rss+xml")]
    [InlineData("/atom.xml", "application/atom+xml")]
    [InlineData("/articles/feed.xml", "application/rss+xml")]
    [InlineData("/tags/web-apis/feed.xml", "application/rss+xml")]
    [InlineData("/authors/ann/atom.xml", "application/atom+xml")]
    [InlineData("/categories/news/feed.xml", "application/rss+xml")]
    [InlineData("/sitemap.xml", "application/xml")]
    [InlineData("/robots.txt", "text/plain")]
    [InlineData("/media/articles/dot.png", "image/png")]
    [InlineData("/Robots-Notes.TXT", "text/plain")]
    [InlineData("/health/live", "application/json")]
    [InlineData("/health/ready", "application/json")]
    public async Task Answers(string url, string type)
    {
        using var response = await _site.Client.GetAsync(new Uri(url, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        using var head = await _site.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [Theory]
    [InlineData("/articles/one/", "/articles/one")]
    [InlineData("/Articles/One", "/articles/one")]
    [InlineData("//articles//one", "/articles/one")]
    [InlineData("/articles/one/?a=b", "/articles/one?a=b")]
    [InlineData("/page/1", "/")]
    [InlineData("/articles/page/1", "/articles")]
    [InlineData("/tags/webapis", "/tags/web-apis")]
    [InlineData("/tags/webapis/feed.xml", "/tags/web-apis/feed.xml")]
    [InlineData("/old/one", "/articles/one")]
    public async Task Redirects_for_good_to_the_canonical_spelling(string url, string canonical)
    {
        using var response = await _site.Client.GetAsync(new Uri("http://localhost" + url));
        Assert.Equal(HttpStatusCode.MovedPermanently, response.StatusCode);
        Assert.Equal(canonical, response.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/articles/nothing")]
    [InlineData("/page/9")]
    [InlineData("/page/0")]
    [InlineData("/page/x")]
    [InlineData("/articles/one/page/2")]
    [InlineData("/archive/1999")]
    [InlineData("/tags/nothing")]
    [InlineData("/nothing/feed.xml")]
    [InlineData("/media/site.yml")]
    [InlineData("/media/articles/one.md")]
    [InlineData("/media/../site.yml")]
    [InlineData("/media/%2e%2e/data/x.png")]
    [InlineData("/site.yml")]
    [InlineData("/desk")]
    [InlineData("/error")]
    public async Task Has_nothing_at(string url) => Assert.Equal(HttpStatusCode.NotFound, await _site.Status(url));

    [Fact]
    public async Task Links_to_other_files_lead_to_their_addresses()
    {
        var page = await _site.Page("/articles/one");
        Assert.Equal("/articles/two#part", page.QuerySelector(".prose a")!.GetAttribute("href"));
        Assert.Equal("/media/articles/dot.png", page.QuerySelector(".prose img")!.GetAttribute("src"));
        Assert.DoesNotContain(await _site.Problems(), problem => problem.Code is "broken-link" or "missing-file");
    }

    [Fact]
    public async Task A_missing_page_helps()
    {
        using var response = await _site.Client.GetAsync(new Uri("/articles/thre-e-three", UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("/articles/three", text, StringComparison.Ordinal);
        Assert.Contains("noindex", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_says_its_whole_canonical_address()
    {
        foreach (var url in new[] { "/", "/page/2", "/articles/one", "/tags/web-apis", "/archive/2024", "/about", "/courses/first/intro" })
            Assert.Equal("https://blog.example" + url, (await _site.Page(url)).QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Every_address_in_the_sitemap_answers()
    {
        var sitemap = System.Xml.Linq.XDocument.Parse(await _site.Text("/sitemap.xml"));
        var urls = sitemap.Descendants().Where(element => element.Name.LocalName == "loc").Select(element => new Uri(element.Value).AbsolutePath).ToList();
        Assert.Contains("/articles/one", urls);
        Assert.Contains("/courses/first/intro", urls);
        Assert.Equal(urls.Count, urls.Distinct().Count());
        foreach (var url in urls) Assert.Equal(HttpStatusCode.OK, await _site.Status(url));
    }

    [Fact]
    public async Task No_link_on_any_page_leads_nowhere()
    {
        var (open, seen) = (new Queue<string>(["/"]), new HashSet<string> { "/" });
        while (open.TryDequeue(out var url))
        {
            var page = await _site.Page(url);
            foreach (var href in page.QuerySelectorAll("a[href], link[href], img[src], script[src]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!))
            {
                var path = href.Split('#')[0].Replace("https://blog.example", "", StringComparison.Ordinal);
                if (path.Length == 0 || path.Contains("://", StringComparison.Ordinal) || path.StartsWith("mailto:", StringComparison.Ordinal) || !seen.Add(path)) continue;
                using var response = await _site.Client.GetAsync(new Uri(path, UriKind.Relative));
                Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}, linked from {url}, answers {(int)response.StatusCode}");
                if (response.Content.Headers.ContentType!.MediaType == "text/html") open.Enqueue(path);
            }
        }

        Assert.True(seen.Count > 20);
    }

    [Fact]
    public async Task What_readers_may_not_see_takes_no_address_from_a_section()
    {
        await using var site = await new TestSite().Write("guides/posts/setup/post.md", "---\ntitle: Set-up\n---\nText\n").Write("pages/draft.md", "---\ntitle: Draft\npermalink: /guides\ndraft: true\n---\nText\n").Started();
        Assert.Equal(HttpStatusCode.OK, await site.Status("/guides"));
        Assert.DoesNotContain("Draft", await site.Text("/guides"), StringComparison.Ordinal);
    }
}
