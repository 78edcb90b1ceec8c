using Microsoft.Playwright;

namespace Blog.Tests.Browser;

/// <summary>The sample site as readers meet it.</summary>
public sealed class ReaderTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private readonly TestSite _site = new TestSite().On(Repository.Path("content"));
    private string _base = "";

    public async Task InitializeAsync()
    {
        _base = _site.Listen();
        await _site.Started();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [SkippableTheory]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(2560, ColorScheme.Dark)]
    public async Task No_page_scrolls_sideways_asks_for_third_parties_or_complains(int width, ColorScheme scheme)
    {
        var complaints = new List<string>();
        var page = await browser.Page(width, complaints, scheme);
        foreach (var url in await Urls())
        {
            await page.GotoAsync(_base + url);
            var excess = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (excess > 0) complaints.Add($"{url} is {excess} px wider than the window of {width} px");
        }

        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Everything_can_be_read_without_javascript()
    {
        var complaints = new List<string>();
        var page = await browser.Page(390, complaints, javaScript: false);
        await page.GotoAsync(_base + "/");
        await page.Locator(".card-title a").First.ClickAsync();
        await page.WaitForURLAsync("**/articles/**");
        Assert.True(await page.Locator(".prose").IsVisibleAsync());
        await page.Locator(".site-name").ClickAsync();
        await page.WaitForURLAsync(_base + "/");
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task The_first_key_leads_past_the_header()
    {
        var page = await browser.Page(1280, []);
        await page.GotoAsync(_base + "/");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to content", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Keyboard.PressAsync("Enter");
        Assert.EndsWith("#pageMain", page.Url, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<string>> Urls()
    {
        var sitemap = System.Xml.Linq.XDocument.Parse(await _site.Text("/sitemap.xml"));
        return [.. sitemap.Descendants().Where(element => element.Name.LocalName == "loc").Select(element => new Uri(element.Value).AbsolutePath)];
    }
}
