using Microsoft.Playwright;

namespace Blog.Tests.Browser;

/// <summary>What scripts add for readers, and that nothing is missing without them.</summary>
public sealed class EnhancementTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private readonly TestSite _site = new TestSite().On(Repository.Path("content"));
    private readonly List<string> _complaints = [];
    private string _base = "";

    public async Task InitializeAsync()
    {
        _base = _site.Listen();
        await _site.Started();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [SkippableFact]
    public async Task A_footnote_is_shown_beside_its_number()
    {
        var page = await browser.Page(1280, _complaints);
        await page.GotoAsync(_base + "/articles/markdown-tour");
        var number = page.Locator(".footnote-ref").First;
        await number.HoverAsync();
        await page.Locator(".footnote-preview").WaitForAsync();
        var note = await page.Locator(".footnotes li").First.InnerTextAsync();
        Assert.Contains((await page.Locator(".footnote-preview").InnerTextAsync()).Trim(), note, StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal(0, await page.Locator(".footnote-preview").CountAsync());
        Assert.Empty(_complaints);
    }

    [SkippableFact]
    public async Task The_mark_of_a_heading_copies_its_address()
    {
        var page = await browser.Page(1280, _complaints);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync(_base + "/articles/markdown-tour");
        var mark = page.Locator(".prose h2 .anchor").First;
        await mark.ClickAsync();
        await page.Locator(".is-copied").WaitForAsync();
        Assert.Equal(page.Url, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        Assert.Contains('#', page.Url);
        Assert.Equal("Copied", await page.Locator("p[data-copied]").InnerTextAsync());
        Assert.Empty(_complaints);
    }

    [SkippableFact]
    public async Task The_choice_of_colours_never_flashes_and_is_not_offered_where_it_could_not_be_kept()
    {
        var page = await browser.Page(1280, _complaints);
        await page.GotoAsync(_base + "/");
        await page.EvaluateAsync("localStorage.setItem('theme', 'dark')");
        // Noted at the first moment at which there is a body to paint.
        await page.AddInitScriptAsync("new MutationObserver((_, seen) => { if (document.body) { window.first = getComputedStyle(document.documentElement).colorScheme; seen.disconnect(); } }).observe(document, { childList: true, subtree: true })");
        await page.GotoAsync(_base + "/articles/markdown-tour");
        Assert.Equal("dark", await page.EvaluateAsync<string>("window.first"));
        Assert.Empty(_complaints);

        var plain = await browser.Page(1280, _complaints, javaScript: false);
        await plain.GotoAsync(_base + "/");
        Assert.False(await plain.Locator(".theme").IsVisibleAsync());
    }

    [SkippableFact]
    public async Task A_transition_that_is_cut_short_is_not_an_error()
    {
        var page = await browser.Page(1280, _complaints);
        await page.GotoAsync(_base + "/");
        // The window changes after the old page's picture was taken, and before the new page is painted.
        await page.RouteAsync("**/assets/theme.*.js", async route =>
        {
            await page.SetViewportSizeAsync(800, 800);
            await route.ContinueAsync();
        });
        await page.Locator(".card-title a").First.ClickAsync();
        await page.WaitForURLAsync("**/articles/**");
        await page.WaitForFunctionAsync("!document.documentElement.matches(':active-view-transition')");
        Assert.Equal(800, await page.EvaluateAsync<int>("innerWidth"));
        Assert.Empty(_complaints);
    }

    [SkippableFact]
    public async Task Without_scripts_everything_works()
    {
        var page = await browser.Page(390, _complaints, javaScript: false);
        await page.GotoAsync(_base + "/");
        await page.Locator(".pager-step[rel=next]").ClickAsync();
        await page.WaitForURLAsync("**/page/2");
        await page.Locator(".site-nav a", new() { HasText = "Categories" }).ClickAsync();
        await page.Locator(".profile h2 a").First.ClickAsync();
        await page.Locator(".card-title a").First.ClickAsync();
        await page.GotoAsync(_base + "/articles/markdown-tour");
        await page.Locator(".contents summary").ClickAsync();
        await page.Locator(".contents a").Nth(2).ClickAsync();
        Assert.Contains('#', page.Url);
        await page.Locator(".footnote-ref").First.ClickAsync();
        Assert.True(await page.Locator(".footnotes li").First.IsVisibleAsync());
        await page.Locator(".to-top").ClickAsync();
        Assert.EndsWith("#pageTop", page.Url, StringComparison.Ordinal);
        await page.GotoAsync(_base + "/articles/components");
        await page.Locator(".prose details:not([open]) summary").First.ClickAsync();
        Assert.Empty(_complaints);
    }

    [SkippableTheory]
    [InlineData("/articles/markdown-tour")]
    [InlineData("/")]
    public async Task Nothing_moves_while_a_page_comes_up(string url)
    {
        var page = await browser.Page(390, _complaints);
        await page.AddInitScriptAsync("window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true })");
        await page.GotoAsync(_base + url, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Assert.Equal(0, await page.EvaluateAsync<double>("window.shift"));
        Assert.Empty(_complaints);
    }
}
