using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Blog.Tests.Browser;

/// <summary>Everybody can use the site: whatever they see, hear, or press.</summary>
public sealed class AccessibilityTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private const string Article = "/articles/markdown-tour";

    /// <summary>A page of each type, and those with most on them.</summary>
    private static readonly string[] PageTypes =
    [
        "/", "/page/2", "/articles", "/articles/start-here", Article, "/articles/components", "/articles/links-and-images", "/articles/marhaban", "/courses/first-week", "/courses/first-week/install",
        "/categories", "/categories/writing", "/tags", "/tags/markdown", "/authors", "/authors/ada-marsh", "/archive", "/archive/2026", "/about", "/search", "/search?q=markdown", "/search?q=zzzzzzz", "/no/such/page",
    ];

    private readonly TestSite _site = new TestSite().On(Repository.Path("content"));
    private string _base = "";

    public async Task InitializeAsync()
    {
        _base = _site.Listen();
        await _site.Started();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [SkippableTheory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_on_any_page_type(int width, ColorScheme scheme)
    {
        var page = await browser.Page(width, [], scheme, reducedMotion: true);
        var found = new List<string>();
        foreach (var url in PageTypes) found.AddRange(await Violations(page, url));
        Assert.Empty(found);
    }

    [SkippableTheory]
    [InlineData("#ffe600")]
    [InlineData("crimson")]
    [InlineData("#777")]
    public async Task Any_colour_of_the_site_can_be_read(string accent)
    {
        await using var site = new TestSite().Write("site.yml", $"title: Coloured\naccent: \"{accent}\"\n").Write("articles/a.md", "---\ntitle: A\nauthor: Ann\ntags: [one]\ncategory: Two\n---\n\n[A link](/articles/a) and a note.[^1]\n\n> [!NOTE]\n> A [link](/) in it.\n\n[^1]: The note.\n");
        var address = site.Listen();
        await site.Started();
        var found = new List<string>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await browser.Page(1280, [], scheme, reducedMotion: true);
            foreach (var url in new[] { "/", "/articles/a" }) found.AddRange(await Violations(page, url, address));
        }

        Assert.Empty(found);
    }

    [SkippableTheory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Everything_can_be_reached_and_seen_by_keyboard(int width)
    {
        var complaints = new List<string>();
        var page = await browser.Page(width, complaints, reducedMotion: true);
        foreach (var url in new[] { "/", Article, "/articles/components", "/courses/first-week/install", "/authors/ada-marsh", "/archive", "/search?q=markdown", "/no/such/page" })
        {
            await page.GotoAsync(_base + url);
            var wanted = await page.EvaluateAsync<int>("""
                (() => {
                    const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex='0']")];
                    window.wanted = all.filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.tabIndex >= 0 && (e.type !== "radio" || e.checked || !e.form?.querySelector(`[name="${e.name}"]:checked`)));
                    window.reached = new Set();
                    return window.wanted.length;
                })()
                """);
            for (var i = 0; i < wanted * 2 + 10; i++)
            {
                await page.Keyboard.PressAsync("Tab");
                var trouble = await page.EvaluateAsync<string?>("""
                    (() => {
                        const e = document.activeElement;
                        if (!e || e === document.body) return "end";
                        if (window.reached.has(e)) return "end";
                        window.reached.add(e);
                        const style = getComputedStyle(e), box = e.getBoundingClientRect();
                        const name = e.outerHTML.slice(0, 120);
                        if (style.outlineStyle === "none" && style.boxShadow === "none") return "is not marked: " + name;
                        if (box.bottom < 0 || box.top > innerHeight) return "is out of sight: " + name;
                        return null;
                    })()
                    """);
                if (trouble == "end") break;
                if (trouble is not null) complaints.Add($"{url}: what has the focus {trouble}");
            }

            var missed = await page.EvaluateAsync<string[]>("window.wanted.filter(e => !window.reached.has(e)).map(e => e.outerHTML.slice(0, 120))");
            complaints.AddRange(missed.Select(element => $"{url}: not reached by Tab: {element}"));
        }

        Assert.DoesNotContain(complaints, complaint => !complaint.Contains("404", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task The_colours_are_chosen_by_keyboard_and_stay_chosen()
    {
        var complaints = new List<string>();
        var page = await browser.Page(1280, complaints);
        await page.GotoAsync(_base + Article);
        await page.Locator(".theme-button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#themeMenu [name=theme]:checked").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("light", await page.EvaluateAsync<string?>("document.documentElement.dataset.theme"));
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("dark", await page.EvaluateAsync<string?>("document.documentElement.dataset.theme"));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Escape");
        Assert.False(await page.Locator("#themeMenu").IsVisibleAsync());
        await page.GotoAsync(_base + "/");
        Assert.Equal("dark more", await page.EvaluateAsync<string>("document.documentElement.dataset.theme + ' ' + document.documentElement.dataset.contrast"));
        Assert.Equal("rgb(0, 0, 0)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.Empty(await Violations(page, Article));
        Assert.Empty(complaints);
    }

    /// <summary>At 400 % on a screen of 1280 × 1024 (WCAG 2.2, 1.4.10).</summary>
    [SkippableFact]
    public async Task At_four_times_the_size_nothing_is_lost_or_covered()
    {
        var complaints = new List<string>();
        var page = await browser.Page(320, complaints, height: 256);
        foreach (var url in PageTypes.Except(["/no/such/page"]))
        {
            await page.GotoAsync(_base + url);
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") is > 0 and var excess) complaints.Add($"{url} is {excess} px too wide");
            var covered = await page.EvaluateAsync<double>("""
                [...document.querySelectorAll("body *")].filter(e => ["fixed", "sticky"].includes(getComputedStyle(e).position) && e.checkVisibility())
                    .reduce((sum, e) => sum + e.getBoundingClientRect().height, 0) / innerHeight
                """);
            if (covered > 0.3) complaints.Add($"{url}: {covered:P0} of the window is covered by what stays in place");
        }

        Assert.DoesNotContain(complaints, complaint => !complaint.Contains("404", StringComparison.Ordinal));
    }

    private async Task<IEnumerable<string>> Violations(IPage page, string url, string? address = null)
    {
        await page.GotoAsync((address ?? _base) + url);
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{url}: {rule.Id}: {JsonSerializer.Serialize(node.Html)} {string.Join(' ', node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}"));
    }
}
