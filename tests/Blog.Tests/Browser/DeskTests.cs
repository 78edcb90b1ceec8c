using Microsoft.Playwright;

namespace Blog.Tests.Browser;

/// <summary>The desk as editors use it: left open, by keyboard, on a telephone, without scripts.</summary>
public sealed class DeskTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private const string Token = "a token of more than sixteen characters";

    private readonly TestSite _site = new TestSite().In("Development");
    private string _base = "";

    public async Task InitializeAsync()
    {
        _site.Write("articles/alpha.md", "---\ntitle: Alpha\ndate: 2024-01-02\ntags: [api]\n---\n[gone](nowhere.md)\n")
            .Write("articles/beta.md", "---\ntitle: Beta\ndate: 2024-01-01\ntags: [apis]\n---\nText.\n")
            .Write("articles/gamma.md", $"---\ntitle: G{new string('a', 200)}\ndraft: true\n---\n![]({new string('x', 300)}.png) {new string('y', 3000)}\n")
            .Write("static/favicon.ico", "");
        for (var i = 0; i < 60; i++) _site.Write($"notes/n{i:00}.md", $"---\ntitle: Note {i:00}\ndate: 2023-01-01\n---\nText.\n");
        _base = _site.Listen();
        await _site.Started();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [SkippableTheory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task No_page_scrolls_sideways_or_complains(int width, ColorScheme scheme)
    {
        var complaints = new List<string>();
        var page = await browser.Page(width, complaints, scheme);
        foreach (var url in Site.Desk.DeskTests.Pages)
        {
            await page.GotoAsync(_base + url);
            var excess = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (excess > 0) complaints.Add($"{url} is {excess} px wider than the window of {width} px");
        }

        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task An_open_page_follows_the_folder_and_keeps_the_editors_place()
    {
        var complaints = new List<string>();
        var page = await browser.Page(1280, complaints);
        await page.GotoAsync(_base + "/desk/articles");
        var filter = page.Locator("input[name=q]");
        await filter.FillAsync("half a wor");
        await page.Locator("select[name=state]").SelectOptionAsync("draft");
        await filter.FocusAsync();
        await page.EvaluateAsync("document.querySelector('input[name=q]').setSelectionRange(2, 4)");
        await page.EvaluateAsync("scrollTo({ top: 900, behavior: 'instant' })");
        var before = await page.EvaluateAsync<double>(PlaceOf("Note 20"));

        _site.Write("articles/new.md", "---\ntitle: Newcomer\ndate: 2024-06-01\n---\nText.\n");
        await page.GetByText("Newcomer").WaitForAsync(new() { Timeout = 15_000, State = WaitForSelectorState.Attached });
        Assert.StartsWith("Updated at", await page.Locator("#note").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal("half a wor", await filter.InputValueAsync());
        Assert.Equal("draft", await page.Locator("select[name=state]").InputValueAsync());
        Assert.Equal("q 2 4", await page.EvaluateAsync<string>("`${document.activeElement.name} ${document.activeElement.selectionStart} ${document.activeElement.selectionEnd}`"));
        Assert.InRange(await page.EvaluateAsync<double>(PlaceOf("Note 20")) - before, -2, 2);

        _site.Write("articles/second.md", "---\ntitle: Second newcomer\ndate: 2024-06-02\n---\nText.\n");
        await page.GetByText("Second newcomer").WaitForAsync(new() { Timeout = 15_000, State = WaitForSelectorState.Attached });
        Assert.Empty(complaints);

        static string PlaceOf(string title) => $"[...document.querySelectorAll('.row-link')].find(link => link.textContent === '{title}').getBoundingClientRect().top";
    }

    [SkippableFact]
    public async Task A_transition_that_is_cut_short_is_not_an_error()
    {
        var complaints = new List<string>();
        var page = await browser.Page(1280, complaints);
        await page.GotoAsync(_base + "/desk");
        await page.RouteAsync("**/assets/desk.*.js", async route =>
        {
            await page.SetViewportSizeAsync(800, 800);
            await route.ContinueAsync();
        });
        await page.Locator(".desk-header a[href='/desk/articles']").ClickAsync();
        await page.WaitForURLAsync("**/desk/articles");
        await page.WaitForFunctionAsync("!document.documentElement.matches(':active-view-transition')");
        Assert.Equal(800, await page.EvaluateAsync<int>("innerWidth"));
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Single_keys_lead_everywhere()
    {
        var page = await browser.Page(1280, []);
        await page.GotoAsync(_base + "/desk");
        await Go(page, "ga", "/desk/articles");
        await page.Keyboard.PressAsync("/");
        Assert.Equal("q", await page.EvaluateAsync<string>("document.activeElement.name"));
        await page.Keyboard.TypeAsync("gj?");
        Assert.Equal("gj?", await page.Locator("input[name=q]").InputValueAsync());
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("j");
        Assert.Equal("Alpha", await Focused(page));
        await page.Keyboard.PressAsync("j");
        Assert.Equal("Beta", await Focused(page));
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(_base + "/articles/alpha");

        await page.GotoAsync(_base + "/desk");
        foreach (var room in Blog.Site.Desk.DeskRoom.All) await Go(page, "g" + room.Key, room.Path);
        await page.Keyboard.PressAsync("?");
        Assert.True(await page.Locator("#keys").IsVisibleAsync());
        await page.Locator("#use-keys").UncheckAsync();
        await page.Keyboard.PressAsync("Escape");
        Assert.False(await page.Locator("#keys").IsVisibleAsync());
        await page.Keyboard.PressAsync("?");
        Assert.False(await page.Locator("#keys").IsVisibleAsync());
        await page.Locator("#show-keys").ClickAsync();
        Assert.True(await page.Locator("#keys").IsVisibleAsync());

        async Task Go(IPage page, string keys, string path)
        {
            // On a busy machine more time may pass between two keys than makes them one command: whoever sees nothing happen presses them again.
            for (var tries = 1; ; tries++)
            {
                foreach (var key in keys) await page.Keyboard.PressAsync(key.ToString());
                try
                {
                    await page.WaitForURLAsync(_base + path, new PageWaitForURLOptions { Timeout = 10_000 });
                    break;
                }
                catch (TimeoutException) when (tries < 3) { }
            }

            await page.WaitForFunctionAsync("!document.getElementById('show-keys').hidden");
        }

        static Task<string> Focused(IPage page) => page.EvaluateAsync<string>("document.activeElement.textContent");
    }

    [SkippableFact]
    public async Task Everything_but_the_keys_works_without_javascript()
    {
        var complaints = new List<string>();
        var page = await browser.Page(390, complaints, javaScript: false);
        await page.GotoAsync(_base + "/desk");
        await page.Locator(".desk-nav a", new() { HasText = "Articles" }).ClickAsync();
        await page.Locator("select[name=state]").SelectOptionAsync("draft");
        await page.Locator(".filter button").ClickAsync();
        Assert.Equal(1, await page.Locator("tbody tr").CountAsync());
        Assert.False(await page.Locator("#show-keys").IsVisibleAsync());
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task The_token_opens_the_desk_and_logging_out_closes_it()
    {
        await using var site = new TestSite().Set("Blog:DeskToken", Token).Write("static/favicon.ico", "");
        var root = site.Listen();
        await site.Started();
        var complaints = new List<string>();
        var page = await browser.Page(390, complaints);
        await page.GotoAsync(root + "/desk/terms");
        Assert.Equal("token", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Keyboard.TypeAsync(Token);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(root + "/desk/terms");
        await page.WaitForFunctionAsync("!document.getElementById('show-keys').hidden");
        await page.GetByText("Log out").ClickAsync();
        await page.WaitForURLAsync(root + "/desk/login");
        await page.GotoAsync(root + "/desk");
        Assert.StartsWith(root + "/desk/login", page.Url, StringComparison.Ordinal);
        Assert.Empty(complaints);
    }
}
