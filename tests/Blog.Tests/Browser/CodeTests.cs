using Microsoft.Playwright;

namespace Blog.Tests.Browser;

/// <summary>Code, formulas and diagrams as readers meet them, under the policy that pages have.</summary>
public sealed class CodeTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private const string Samples = """
        ---
        title: Code
        ---
        ```js title="tide.js" showLineNumbers ins={2} del={1} {3}
        const a = "low"; // old
        const b = "high"; // new
        class Tide extends Place { height = 3; next() { return this.depth(/x/); } }
        ```

        ```md
        # Title *and* **strong** `code`
        ```

        ```html
        <!doctype html><p class="a">text</p>
        ```

        ```diff
        @@ -1 +1 @@
        -low
        +high
        ```

        ```
        a line of code that is much longer than any phone is wide, so that it has to scroll in a box of its own and never with the page around it
        ```

        Long: $a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + a_{10} + a_{11} + a_{12} + a_{13} + a_{14} + a_{15} + a_{16}$.

        $$ \sum_{i=0}^{n} a_i = a_0 + a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + a_{10} + a_{11} + a_{12} + a_{13} + a_{14} $$
        """;

    private const string Diagrams = """
        ---
        title: Diagrams
        ---
        ```mermaid title="A day"
        flowchart LR
          A[Low & <high>] --> B
        ```

        ```mermaid
        sequenceDiagram
          accTitle: Two who talk
          Ann->>Bob: Tide?
        ```

        ```mermaid
        flowchart LR
          A -->
          -->
        ```
        """;

    private readonly TestSite _site = new TestSite().Write("site.yml", "title: Site\nlogo: /logo.svg\n").Write("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .Write("articles/code.md", Samples).Write("articles/diagrams.md", Diagrams);

    private string _base = "";

    public async Task InitializeAsync()
    {
        _base = _site.Listen();
        await _site.Started();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [SkippableTheory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task Long_code_and_long_formulas_scroll_by_themselves(int width)
    {
        var complaints = new List<string>();
        var page = await browser.Page(width, complaints);
        await page.GotoAsync(_base + "/articles/code");
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        // Whatever scrolls can be reached by key.
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.querySelectorAll('main *')].filter(box => ['auto', 'scroll'].includes(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth + 1 && box.tabIndex < 0).length"));
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Code_can_be_copied_without_numbers_and_without_what_is_struck_out()
    {
        var complaints = new List<string>();
        var page = await browser.Page(1280, complaints);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync(_base + "/articles/code");
        await page.Locator(".code-copy").First.ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]:not([data-copied])")).ToHaveTextAsync("Copied");
        Assert.Equal("const b = \"high\"; // new\nclass Tide extends Place { height = 3; next() { return this.depth(/x/); } }", await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        Assert.Empty(complaints);
        var plain = await browser.Page(1280, complaints, javaScript: false);
        await plain.GotoAsync(_base + "/articles/code");
        Assert.Equal(0, await plain.Locator(".code-copy").CountAsync());
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_colour_of_code_can_be_read_on_every_ground(ColorScheme scheme)
    {
        var page = await browser.Page(1280, [], scheme);
        await page.GotoAsync(_base + "/articles/code");
        // WCAG 2.2, 1.4.3: relative luminance of what the browser paints, the ground being the box with a line's wash over it.
        var worst = await page.EvaluateAsync<string[]>("""
            () => {
              const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
              const painted = colours => { for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); } return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3); };
              const luminance = rgb => rgb.map(part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
              const contrast = (one, other) => { const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b); return (high + 0.05) / (low + 0.05); };
              const box = document.querySelector(".code pre"), code = box.querySelector("code"), bad = [];
              const surface = getComputedStyle(box).backgroundColor;
              for (const line of ["span", "mark", "ins", "del"])
                for (const kind of ["", ..."cksnftamideb"]) {
                  const ground = Object.assign(document.createElement(line), { className: "line" }), word = Object.assign(document.createElement("span"), { className: kind });
                  ground.append(word);
                  code.append(ground);
                  const ratio = contrast(painted([getComputedStyle(word).color]), painted([surface, getComputedStyle(ground).backgroundColor]));
                  if (ratio < 4.5) bad.push(`${kind} on ${line}: ${ratio.toFixed(2)}`);
                }
              return bad;
            }
            """);
        Assert.Empty(worst);
    }

    [SkippableFact]
    public async Task Diagrams_are_drawn_and_drawn_again_in_the_dark()
    {
        var complaints = new List<string>();
        var page = await browser.Page(1280, complaints);
        await page.GotoAsync(_base + "/articles/diagrams");
        var pictures = page.Locator(".diagram-drawing img");
        await Assertions.Expect(pictures).ToHaveCountAsync(2, new LocatorAssertionsToHaveCountOptions { Timeout = 30_000 });
        Assert.Equal("A day", await pictures.First.GetAttributeAsync("alt"));
        Assert.Equal("Two who talk", await pictures.Last.GetAttributeAsync("alt"));
        Assert.True(await pictures.First.EvaluateAsync<bool>("async picture => { await picture.decode(); return picture.naturalWidth > 50; }"));
        var note = page.Locator(".diagram-note");
        await Assertions.Expect(note).ToContainTextAsync("The diagram can’t be drawn.", new LocatorAssertionsToContainTextOptions { Timeout = 30_000 });
        Assert.True(await page.Locator(".diagram:has(.diagram-note) pre").IsVisibleAsync());

        var light = await pictures.First.GetAttributeAsync("src");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await Assertions.Expect(pictures.First).Not.ToHaveAttributeAsync("src", light!, new LocatorAssertionsToHaveAttributeOptions { Timeout = 30_000 });

        // By the reader's choice as well as by the system's.
        await page.EvaluateAsync("document.documentElement.dataset.theme = 'light'");
        await Assertions.Expect(pictures.First).ToHaveAttributeAsync("src", new System.Text.RegularExpressions.Regex("svg.*background%3A%20rgb\\(2[3-5]\\d"), new LocatorAssertionsToHaveAttributeOptions { Timeout = 30_000 });
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Only_a_page_with_diagrams_may_have_a_frame_and_without_a_script_it_shows_their_source()
    {
        Assert.EndsWith("frame-src 'self'", await Policy("/articles/diagrams"), StringComparison.Ordinal);
        Assert.EndsWith("frame-src 'none'", await Policy("/articles/code"), StringComparison.Ordinal);
        Assert.DoesNotContain("mermaid", await _site.Text("/articles/code"), StringComparison.Ordinal);
        var page = await browser.Page(1280, [], javaScript: false);
        await page.GotoAsync(_base + "/articles/diagrams");
        Assert.Contains("A[Low & <high>] --> B", await page.Locator(".diagram pre").First.InnerTextAsync(), StringComparison.Ordinal);
    }

    private async Task<string> Policy(string url)
    {
        using var response = await _site.Client.GetAsync(new Uri(url, UriKind.Relative));
        return Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
    }
}
