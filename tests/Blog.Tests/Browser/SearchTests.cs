using Microsoft.Playwright;

namespace Blog.Tests.Browser;

/// <summary>The search with the keyboard, with the pointer, and without JavaScript.</summary>
public sealed class SearchTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private readonly TestSite _site = new TestSite()
        .Write("articles/bridges.md", "---\ntitle: Building bridges\ncategory: Engineering\n---\nText\n\n## The keystone\n\nAn arch is held by its keystone.\n")
        .Write("articles/bridle.md", "---\ntitle: The bridle\n---\nFor horses.\n");

    private string _base = "";

    public async Task InitializeAsync()
    {
        _base = _site.Listen();
        await _site.Started();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [SkippableFact]
    public async Task Without_javascript_it_is_a_form()
    {
        var complaints = new List<string>();
        var page = await browser.Page(390, complaints, javaScript: false);
        await page.GotoAsync(_base + "/");
        await page.Locator(".site-search").ClickAsync();
        await page.WaitForURLAsync("**/search");
        await page.Locator(".search-field").FillAsync("keystone");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/search?q=keystone");
        await page.Locator(".result-section a").ClickAsync();
        Assert.EndsWith("/articles/bridges#the-keystone", page.Url, StringComparison.Ordinal);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task A_slash_opens_it_and_the_arrows_choose()
    {
        var complaints = new List<string>();
        var page = await browser.Page(1280, complaints);
        await page.GotoAsync(_base + "/articles/bridle");
        await page.Keyboard.PressAsync("/");
        var field = page.Locator(".search-dialog .search-field");
        await Assertions.Expect(field).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("brid");
        var options = page.GetByRole(AriaRole.Option);
        await Assertions.Expect(options).ToHaveCountAsync(2);
        Assert.Equal("true", await field.GetAttributeAsync("aria-expanded"));
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        var active = await field.GetAttributeAsync("aria-activedescendant");
        Assert.Equal("true", await page.Locator($"#{active}").GetAttributeAsync("aria-selected"));
        Assert.Equal(active, await options.Nth(1).GetAttributeAsync("id"));
        // Beyond the last one the choice is the text itself again.
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Null(await field.GetAttributeAsync("aria-activedescendant"));
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal("false", await field.GetAttributeAsync("aria-expanded"));
        await Assertions.Expect(field).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        var title = await options.First.EvaluateAsync<string>("option => option.dataset.url");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**" + title);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task A_second_escape_closes_it_and_a_slash_in_a_field_is_a_slash()
    {
        var page = await browser.Page(1280, []);
        await page.GotoAsync(_base + "/");
        await page.Locator(".site-search").ClickAsync();
        var field = page.Locator(".search-dialog .search-field");
        await page.Keyboard.TypeAsync("brid/");
        Assert.Equal("brid/", await field.InputValueAsync());
        await Assertions.Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(field).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task On_its_page_the_suggestions_move_nothing()
    {
        var complaints = new List<string>();
        var page = await browser.Page(390, complaints);
        await page.GotoAsync(_base + "/search?q=keystone");
        var before = await page.Locator(".result").First.BoundingBoxAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("bridle");
        await Assertions.Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        Assert.Equal(before!.Y, (await page.Locator(".result").First.BoundingBoxAsync())!.Y);
        await page.GetByRole(AriaRole.Option).ClickAsync();
        await page.WaitForURLAsync("**/articles/bridle");
        Assert.Empty(complaints);
    }
}
