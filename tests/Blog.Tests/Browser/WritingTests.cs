using Blog.Content;
using Microsoft.Playwright;

namespace Blog.Tests.Browser;

/// <summary>The site in Development as whoever writes meets it: pages follow what is saved, and show what is wrong with it.</summary>
public sealed class WritingTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private readonly List<string> _complaints = [];
    private readonly TestSite _site = new TestSite().In("Development").Set("Blog:Watch", "events");
    private string _base = "";

    public async Task InitializeAsync()
    {
        _site.Write("site.yml", "title: Writing\nlanguage: en\nlogo: /logo.svg\n").Write("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>").Write("articles/a.md", Article("A", Paragraphs(80))).Write("articles/draft.md", "---\ntitle: Draft\ndraft: true\n---\nText\n");
        _base = _site.Listen();
        await _site.Started();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [SkippableFact]
    public async Task A_saved_article_changes_in_place_and_what_is_read_stays_where_it_is()
    {
        var page = await Open("/articles/a");
        await page.EvaluateAsync("window.mark = document.querySelector('main'); document.querySelector('#part-50').scrollIntoView({ behavior: 'instant' })");
        await page.Locator("details.details summary").EvaluateAsync("summary => { summary.parentElement.open = true; summary.focus({ preventScroll: true }); }");
        var before = await Top(page, "#part-50");
        _site.Write("articles/a.md", Article("A new title", "New words at the top.\n\nAnd more of them.\n\n" + Paragraphs(80).Replace("Words of part 51", "Other words of part 51", StringComparison.Ordinal)));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("A new title");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Other words of part 51");
        Assert.InRange(await Top(page, "#part-50"), before - 2, before + 2);
        Assert.Equal("A new title – Writing", await page.TitleAsync());
        Assert.True(await page.EvaluateAsync<bool>("window.mark === document.querySelector('main') && document.querySelector('details.details').open && document.activeElement.localName === 'summary'"));
        Assert.Empty(_complaints);
    }

    [SkippableFact]
    public async Task What_is_wrong_is_shown_with_its_place_until_it_is_mended()
    {
        var page = await Open("/articles/a");
        var overlay = page.GetByRole(AriaRole.Alertdialog);
        _site.Write("articles/a.md", Article("A", "A [link](missing.md) to **<b>nowhere</b>**.\n"));
        await Assertions.Expect(overlay).ToBeVisibleAsync();
        await Assertions.Expect(overlay.GetByRole(AriaRole.Heading)).ToHaveTextAsync("1 error");
        await Assertions.Expect(overlay.Locator(".live-place")).ToHaveTextAsync("articles/a.md:7:3 broken-link");
        await Assertions.Expect(overlay.Locator("[aria-current]")).ToHaveTextAsync("7A [link](missing.md) to **<b>nowhere</b>**.");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(overlay).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "1 error" }).ClickAsync();
        await Assertions.Expect(overlay).ToBeVisibleAsync();
        _site.Write("articles/a.md", Article("A", "No link to nowhere, nor to anywhere else.\n"));
        await Assertions.Expect(overlay).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".live-badge")).ToBeHiddenAsync();
        Assert.Empty(_complaints);
    }

    [SkippableFact]
    public async Task A_warning_waits_behind_a_badge_and_an_error_on_load_does_not()
    {
        _site.Write("articles/warned.md", "---\ntitle: Warned\nauther: ann\n---\nText\n").Write("articles/wrong.md", Article("Wrong", "A [link](missing.md).\n"));
        await _site.Sync();
        var page = await Open("/articles/warned");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "1 warning" }).ClickAsync();
        await Assertions.Expect(page.Locator(".live-place")).ToHaveTextAsync("articles/warned.md:3:1 unknown-key");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Close" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alertdialog)).ToBeHiddenAsync();
        await page.GotoAsync(_base + "/articles/wrong");
        await Assertions.Expect(page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();
        Assert.Empty(_complaints);
    }

    [SkippableFact]
    public async Task A_page_follows_its_article_to_another_address()
    {
        var page = await Open("/articles/a");
        _site.Write("articles/a.md", "---\ntitle: A\nslug: elsewhere\n---\nMoved\n");
        await page.WaitForURLAsync(_base + "/articles/elsewhere");
        await Assertions.Expect(page.Locator(".prose")).ToHaveTextAsync("Moved");
        Assert.Empty(_complaints);
    }

    [SkippableFact]
    public async Task Every_tab_follows_lists_as_well_and_a_draft_shows_its_bar()
    {
        var (list, draft) = (await Open("/"), await Open("/articles/draft"));
        await Assertions.Expect(draft.GetByRole(AriaRole.Complementary, new PageGetByRoleOptions { Name = "Preview" })).ToContainTextAsync("Draft");
        _site.Write("articles/draft.md", "---\ntitle: No draft\n---\nText\n");
        await Assertions.Expect(draft.Locator("h1")).ToHaveTextAsync("No draft");
        await Assertions.Expect(draft.Locator(".preview-bar")).ToBeHiddenAsync();
        await Assertions.Expect(list.Locator("main")).ToContainTextAsync("No draft");
        Assert.Empty(_complaints);
    }

    [SkippableFact]
    public async Task A_file_that_was_saved_broken_is_shown_and_so_is_one_that_another_page_is_about()
    {
        var (list, page) = (await Open("/"), await Open("/articles/a"));
        _site.Write("articles/a.md", "---\ntitle: A\n\nNever closed\n");
        foreach (var each in new[] { page, list })
            await Assertions.Expect(each.GetByRole(AriaRole.Alertdialog).Locator(".live-place").First).ToContainTextAsync("articles/a.md:1:1 unclosed-front-matter");
        await Assertions.Expect(page.Locator(".preview-bar")).ToContainTextAsync("Broken");
        await Assertions.Expect(page.Locator(".prose")).ToContainTextAsync("Never closed");
        _site.Write("articles/a.md", Article("A", "Closed"));
        foreach (var each in new[] { page, list }) await Assertions.Expect(each.GetByRole(AriaRole.Alertdialog)).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".prose")).ToContainTextAsync("Closed");
        await Assertions.Expect(page.Locator(".preview-bar")).ToBeHiddenAsync();
        Assert.Empty(_complaints);
    }

    [SkippableFact]
    public async Task A_page_follows_its_file_to_another_name()
    {
        var page = await Open("/articles/a");
        File.Move(Path.Combine(_site.ContentPath, "articles/a.md"), Path.Combine(_site.ContentPath, "articles/b.md"));
        await page.WaitForURLAsync(_base + "/articles/b");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("A");
        Assert.Empty(_complaints);
    }

    private async Task<IPage> Open(string url)
    {
        var page = await browser.Page(1280, _complaints);
        var listening = page.WaitForRequestAsync("**" + Permalinks.Changes);
        await page.GotoAsync(_base + url);
        await listening;
        return page;
    }

    private static Task<double> Top(IPage page, string selector) => page.Locator(selector).EvaluateAsync<double>("element => element.getBoundingClientRect().top");

    private static string Article(string title, string body) => $"---\ntitle: {title}\n---\n\n<Details title=\"More\">Hidden</Details>\n\n{body}";

    private static string Paragraphs(int count) => string.Concat(Enumerable.Range(1, count).Select(i => $"## Part {i}\n\nWords of part {i}, which are many, so that it takes more than a line to say all of them here.\n\n"));
}
