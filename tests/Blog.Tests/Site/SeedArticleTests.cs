using System.Net;

namespace Blog.Tests.Site;

/// <summary>The article that the product was conceived from, field by field.</summary>
public sealed class SeedArticleTests : IAsyncLifetime
{
    private const string Url = "/articles/difference-api-microservices";
    private readonly TestSite _site = new();

    public async Task InitializeAsync()
    {
        if (Directory.Exists(Repository.Path("..", "shared", "seed")))
            _site.Write("articles/difference-api-microservices.md", await File.ReadAllTextAsync(SharedFolder.Path("seed/difference-api-microservices.md")));
        await _site.Started();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [SkippableFact]
    public async Task Has_its_title_and_description()
    {
        SharedFolder.Path("seed");
        var page = await _site.Page(Url);
        Assert.Equal("Difference between APIs and Microservices", page.QuerySelector("h1")!.TextContent);
        Assert.StartsWith("Difference between APIs and Microservices", page.Title, StringComparison.Ordinal);
        Assert.Equal("The API is like a middle man, connecting two sides; a waiter takes your order and brings you food. A microservice is an individual service in the microservice architecture.",
            page.QuerySelector("meta[name=description]")!.GetAttribute("content"));
    }

    [SkippableFact]
    public async Task Says_both_dates()
    {
        SharedFolder.Path("seed");
        var page = await _site.Page(Url);
        Assert.Equal("2021-10-27T17:46:45+00:00", page.QuerySelector("time.published")!.GetAttribute("datetime"));
        Assert.Equal("2021-10-27T17:46:45+00:00", page.QuerySelector("meta[property='article:published_time']")!.GetAttribute("content"));
        Assert.Equal("2021-10-27T17:46:45+00:00", page.QuerySelector("meta[property='article:modified_time']")!.GetAttribute("content"));
    }

    [SkippableFact]
    public async Task Is_listed_under_its_author_category_and_tags()
    {
        SharedFolder.Path("seed");
        foreach (var list in new[] { "/authors/saad", "/categories/comparison", "/tags/api", "/tags/microservice", "/", "/articles", "/archive/2021" })
            Assert.Contains((await _site.Page(list)).QuerySelectorAll("main a"), link => link.GetAttribute("href") == Url);
        var page = await _site.Page(Url);
        foreach (var link in new[] { "/authors/saad", "/categories/comparison", "/tags/api", "/tags/microservice" })
            Assert.Contains(page.QuerySelectorAll("main a"), anchor => anchor.GetAttribute("href") == link);
    }

    [SkippableFact]
    public async Task Has_no_broken_cover_image()
    {
        SharedFolder.Path("seed");
        var page = await _site.Page(Url);
        Assert.Empty(page.QuerySelectorAll("main img"));
        Assert.Null(page.QuerySelector("meta[property='og:image']"));
    }

    [SkippableFact]
    public async Task Opens_with_its_lead_as_a_paragraph()
    {
        SharedFolder.Path("seed");
        var lead = (await _site.Page(Url)).QuerySelector(".prose > .lead")!;
        Assert.Single(lead.Children);
        Assert.Equal("P", lead.Children[0].TagName);
        Assert.StartsWith("There are a lot of components that make an application.", lead.TextContent.Trim(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Shows_the_table_with_two_columns_and_four_rows()
    {
        SharedFolder.Path("seed");
        var table = Assert.Single((await _site.Page(Url)).QuerySelectorAll(".prose table"));
        Assert.Equal(["API", "Microservices"], table.QuerySelectorAll("thead th").Select(cell => cell.TextContent));
        Assert.Equal(4, table.QuerySelectorAll("tbody tr").Length);
        Assert.All(table.QuerySelectorAll("tbody tr"), row => Assert.Equal(2, row.QuerySelectorAll("td").Length));
        Assert.Equal("If an API breaks, it will break the application along with it.", table.QuerySelectorAll("tbody tr")[2].QuerySelector("td")!.TextContent);
    }

    [SkippableFact]
    public async Task Keeps_its_curly_apostrophes()
    {
        SharedFolder.Path("seed");
        var text = (await _site.Page(Url)).QuerySelector(".prose")!.TextContent;
        Assert.Contains("Let’s shed some light on APIs", text, StringComparison.Ordinal);
        Assert.Contains("Let’s take a look at the differences", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Has_the_outline_of_its_headings()
    {
        SharedFolder.Path("seed");
        var page = await _site.Page(Url);
        Assert.Equal(["#application-programming-interface-api", "#microservices", "#apis-vs-microservices"], page.QuerySelectorAll(".contents a").Select(link => link.GetAttribute("href")));
        Assert.Equal(HttpStatusCode.OK, await _site.Status("/tags/api/feed.xml"));
    }
}
