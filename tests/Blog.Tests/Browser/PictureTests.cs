using System.Text.RegularExpressions;
using Blog.Tests.Images;
using Microsoft.Playwright;

namespace Blog.Tests.Browser;

/// <summary>Pictures as readers meet them: nothing moves when they come, and the larger view opens and closes.</summary>
public sealed class PictureTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private readonly TestSite _site = new();
    private readonly List<string> _complaints = [];
    private string _base = "";

    public async Task InitializeAsync()
    {
        var body = string.Join("\n\n", Enumerable.Range(1, 6).Select(i => $"Words before picture {i}.\n\n![Picture {i}](p{i}.jpg \"Caption {i}\")"));
        _site.Write("articles/a.md", $"---\ntitle: A\ndate: 2024-05-01\ncoverImage: cover.png\nauthor: ann\n---\n{body}\n\n![Drawn](d.svg) and ![Moving](m.gif)\n").Write("articles/cover.png", TestPictures.Png(1000, 300)).Write("articles/m.gif", TestPictures.AnimatedGif(300, 200));
        _site.Write("articles/d.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1200 300'><style>rect { fill: green }</style><rect width='1200' height='300'/></svg>").Write("authors.yml", "ann:\n  name: Ann\n  avatar: articles/cover.png\n");
        for (var i = 1; i <= 6; i++) _site.Write($"articles/p{i}.jpg", TestPictures.Jpeg(1000 + i, 600));
        _base = _site.Listen();
        await _site.Started();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [SkippableTheory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task Nothing_moves_when_pictures_come(int width)
    {
        var page = await browser.Page(width, _complaints);
        await page.AddInitScriptAsync("window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true })");
        await page.GotoAsync(_base + "/articles/a");
        for (var i = 0; i < 40 && await page.EvaluateAsync<bool>("scrollY + innerHeight < document.documentElement.scrollHeight - 2"); i++) await page.EvaluateAsync("scrollBy({ top: 500, behavior: 'instant' })");
        await AllShown(page, "img");
        Assert.Equal(0, await page.EvaluateAsync<double>("window.shift"));
        Assert.All(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('picture img')].map(image => image.currentSrc)"), url => Assert.EndsWith(".avif", url, StringComparison.Ordinal));
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.prose img')].every(image => image.getBoundingClientRect().right <= innerWidth)"));
        Assert.Empty(_complaints);
    }

    [SkippableFact]
    public async Task The_larger_view_opens_by_key_and_closes_to_where_one_was()
    {
        var page = await browser.Page(800, _complaints);
        await page.GotoAsync(_base + "/articles/a");
        var link = page.Locator("a.zoom").Nth(1);
        await link.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var view = page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "Picture 2" });
        await Assertions.Expect(view).ToBeVisibleAsync();
        await Assertions.Expect(view.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close" })).ToBeFocusedAsync();
        await AllShown(page, "dialog img");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(view).ToHaveCountAsync(0);
        Assert.True(await link.EvaluateAsync<bool>("link => link === document.activeElement"));
        await link.ClickAsync();
        await page.Locator("dialog img").ClickAsync();
        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        Assert.Empty(_complaints);
    }

    [SkippableFact]
    public async Task Without_javascript_the_link_leads_to_the_picture()
    {
        var page = await browser.Page(800, _complaints, javaScript: false);
        await page.GotoAsync(_base + "/articles/a");
        await page.Locator("a.zoom").First.ClickAsync();
        // Not WaitForURLAsync: it waits for the "load" of a document that is a picture, which the browser's driver misses at times.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/media/[^/]+-1001\.jpg$"), new PageAssertionsToHaveURLOptions { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 1001, new LocatorAssertionsToHaveJSPropertyOptions { Timeout = 60_000 });
        Assert.Empty(_complaints);
    }

    private static async Task AllShown(IPage page, string selector)
    {
        foreach (var image in await page.Locator(selector).AllAsync()) await Assertions.Expect(image).Not.ToHaveJSPropertyAsync("naturalWidth", 0, new LocatorAssertionsToHaveJSPropertyOptions { Timeout = 60_000 });
    }
}
