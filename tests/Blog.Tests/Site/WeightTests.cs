using System.Net.Http.Headers;
using Blog.Site.Assets;

namespace Blog.Tests.Site;

/// <summary>What a reader downloads before there is something to read.</summary>
public sealed class WeightTests
{
    [Fact]
    public async Task Of_an_article_of_1500_words_page_and_style_sheet_come_in_the_first_14_KB()
    {
        await using var site = await new TestSite().On(Repository.Path("content")).Started();
        var (page, html) = await Weigh(site, "/articles/the-moment-after");
        var sheets = Sheets(html);
        var weight = page + (await Task.WhenAll(sheets.Select(sheet => Weigh(site, sheet)))).Sum(sheet => sheet.Bytes);
        Assert.True(weight <= 14 * 1024, $"{weight} bytes, with {string.Join(" and ", sheets)}.");
    }

    [Theory]
    [InlineData("Plain *text* with `code`.", 1)]
    [InlineData("> [!NOTE]\n> A callout is at home in many articles.", 1)]
    [InlineData("<Steps>\n<Step title=\"One\">\nDo it.\n</Step>\n</Steps>", 2)]
    [InlineData("Some <span class='other tabs'>HTML</span>", 2)]
    public async Task An_article_waits_for_the_second_sheet_only_where_it_needs_it(string text, int sheets)
    {
        await using var site = await new TestSite().Write("articles/one.md", $"---\ntitle: One\ndate: 2024-01-01\n---\n{text}\n").Started();
        Assert.Equal(sheets, Sheets(await site.Client.GetStringAsync("/articles/one")).Count);
        Assert.Equal(2, Sheets(await site.Client.GetStringAsync("/")).Count);
    }

    [Fact]
    public async Task Style_sheets_are_served_without_comments()
    {
        await using var site = await new TestSite().Started();
        foreach (var sheet in Sheets(await site.Client.GetStringAsync("/")))
            Assert.DoesNotContain("/*", await site.Client.GetStringAsync(sheet), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a { color: red; }\n\nb {}", "a{color:red}b{}")]
    [InlineData(".a :hover, .b:hover { margin: 0 -1px; }", ".a :hover,.b:hover{margin:0 -1px}")]
    [InlineData("a::after { content: \"/* : ; */ \\\" }\" / \"\"; }", "a::after{content:\"/* : ; */ \\\" }\" / \"\"}")]
    [InlineData("@media (width >= 68rem) and (hover) { a /* why */ b { x: calc(1px + 2px) } }", "@media (width >= 68rem) and (hover){a b{x:calc(1px + 2px)}}")]
    [InlineData("a { /* first */ x: y; /* last */ }", "a{x:y}")]
    [InlineData("/* never closed", "")]
    public void Shortening_takes_only_what_means_nothing(string css, string wanted) => Assert.Equal(wanted, CssShortener.Shorten(css));

    private static List<string> Sheets(string html) =>
        [.. html.Split("<link rel=\"stylesheet\" href=\"").Skip(1).Select(rest => rest[..rest.IndexOf('"', StringComparison.Ordinal)])];

    private static async Task<(int Bytes, string Html)> Weigh(TestSite site, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        using var response = await site.Client.SendAsync(request);
        Assert.Equal("br", Assert.Single(response.Content.Headers.ContentEncoding));
        return ((await response.Content.ReadAsByteArrayAsync()).Length, await site.Client.GetStringAsync(url));
    }
}
