using System.Net;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Blog.Content;

namespace Blog.Tests.InvalidSites;

/// <summary>Whatever an editor or an attacker leaves in the content folder: it is reported, it does no harm, and all else is served.</summary>
public sealed class InvalidSiteTests
{
    private const int PagesToOpen = 60;

    private static readonly string[] Pages = ["/", "/articles", "/archive", "/tags", "/authors", "/categories", "/tags/fine", "/authors/ann"];
    private static readonly string[] Feeds = ["/feed.xml", "/atom.xml", "/tags/fine/feed.xml", "/articles/feed.xml"];
    private static readonly string[] Forbidden = ["script", "iframe", "object", "embed", "form", "base", "meta", "link", "style", "svg", "annotation-xml", "maction", "mglyph", "template"];

    public static TheoryData<string> Cases => new(InvalidSite.Names);

    [SkippableTheory(Timeout = 30_000)]
    [MemberData(nameof(Cases))]
    public async Task A_bad_file_is_reported_and_harms_nothing(string name)
    {
        var expected = InvalidSite.Read(name);
        Skip.If(expected.NotAsRoot && Environment.IsPrivilegedProcess, "Root may read everything.");
        await using var site = new TestSite();
        using var written = expected.WriteTo(site.ContentPath);
        foreach (var good in new[] { "first-good", "second-good" })
            site.Write($"articles/{good}.md", $"---\ntitle: The {good}\ndate: 2024-06-01\nauthor: Ann\ntags: fine\n---\nText of the {good}.\n");
        await site.Started();

        Assert.Null(site.Catalogue.LastFailure);
        var problems = (await site.Problems()).Select(problem => $"{problem.Path.Replace("\n", "\\n", StringComparison.Ordinal)}:{problem.Line} {problem.Code}").ToList();
        foreach (var problem in expected.Problems) Assert.Contains(problem, problems);
        Assert.DoesNotContain(problems, problem => problem.EndsWith("internal-error", StringComparison.Ordinal));
        Assert.True(problems.Count < 1000, $"{problems.Count} problems flood the report.");

        foreach (var feed in Feeds) XDocument.Parse(await site.Text(feed));
        var sitemap = XDocument.Parse(await site.Text("/sitemap.xml")).Descendants().Where(element => element.Name.LocalName == "loc").Select(element => new Uri(element.Value).PathAndQuery).ToList();
        foreach (var url in expected.Served.Concat(Pages).Concat(sitemap.Take(PagesToOpen)).Distinct())
        {
            var page = await site.Page(url);
            AssertHarmless(page, url);
            foreach (var text in expected.Absent) Assert.DoesNotContain(text, page.QuerySelector("main")!.OuterHtml, StringComparison.OrdinalIgnoreCase);
        }

        foreach (var url in expected.Gone) Assert.Equal(HttpStatusCode.NotFound, await site.Status(url));
        foreach (var text in expected.Shown) Assert.Contains(text, (await site.Page(expected.Served[0])).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var home = (await site.Page("/")).QuerySelectorAll(".card-title").Select(title => title.TextContent).ToList();
        foreach (var good in new[] { "first-good", "second-good" })
        {
            Assert.Contains($"The {good}", home);
            Assert.Contains($"Text of the {good}.", (await site.Page($"/articles/{good}")).QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_article_of_five_thousand_lines_is_rendered_whole()
    {
        var table = string.Concat(Enumerable.Range(0, 2500).Select(i => $"| row {i} | `code` | [link](first.md) | **bold** | https://example.org/{i} | a < b | x | y |\n"));
        var items = string.Concat(Enumerable.Range(0, 2000).Select(i => new string(' ', 2 * (i % 12)) + $"- item {i} with <b>HTML</b> and *emphasis*\n"));
        await using var site = new TestSite();
        site.Write("articles/long.md", $"---\ntitle: Long\n---\n{items}\n| a | b | c | d | e | f | g | h |\n|---|---|---|---|---|---|---|---|\n{table}\n```js\n{new string('x', 150_000)}\n```\n\n{string.Concat(Enumerable.Range(0, 500).Select(i => $"Paragraph {i}: {{.braces}} stay, 1 < 2 and <Callout-ish.\n\n"))}The end.\n");
        site.Write("articles/first.md", "---\ntitle: First\n---\nText.\n");
        await site.Started();
        Assert.DoesNotContain(await site.Problems(), problem => problem.Severity == Severity.Error);
        var prose = (await site.Page("/articles/long")).QuerySelector(".prose")!;
        Assert.Equal(2500, prose.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(2000, prose.QuerySelectorAll("li").Length);
        Assert.Contains("{.braces} stay, 1 < 2 and <Callout-ish.", prose.TextContent, StringComparison.Ordinal);
        Assert.EndsWith("The end.", prose.TextContent.TrimEnd(), StringComparison.Ordinal);
    }

    /// <summary>Nothing on the page runs, loads, submits or redirects but what the site itself put there.</summary>
    private static void AssertHarmless(IHtmlDocument page, string url)
    {
        // The choice of colours and the sign of the search are the site's own, in its one header.
        var ours = Assert.Single(page.QuerySelectorAll(".site-header")).QuerySelectorAll(".theme *, .site-search *").ToHashSet();
        foreach (var element in page.Body!.QuerySelectorAll("*").Where(element => !ours.Contains(element)))
        {
            Assert.False(Forbidden.Contains(element.LocalName), $"{url} has <{element.LocalName}>");
            foreach (var attribute in element.Attributes)
            {
                Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "style" or "srcdoc" or "formaction", $"{url} has {attribute.Name}={attribute.Value}");
                if (attribute.Name is "href" or "src" or "poster" or "data-embed" or "cite") Assert.True(LinkTarget.IsSafe(attribute.Value) || attribute.Value.StartsWith("data:image/", StringComparison.Ordinal), $"{url} links to {attribute.Value}");
            }
        }

        Assert.All(page.Head!.QuerySelectorAll("script, link, meta"), element => Assert.True(element.LocalName != "meta" || element.GetAttribute("http-equiv") is null));
        // Two files of ours, that of diagrams on a page that has one, and data that nothing executes and that no title can end.
        Assert.All(page.QuerySelectorAll("script"), script => Assert.True(script.GetAttribute("type") == "application/ld+json" ? script.TextContent.Length > 0 && !script.TextContent.Contains('<', StringComparison.Ordinal) : script.TextContent.Length == 0 && script.GetAttribute("src")!.StartsWith("/assets/", StringComparison.Ordinal), $"{url} has {script.OuterHtml}"));
        Assert.All(page.QuerySelectorAll("script[type='application/ld+json']"), data => System.Text.Json.JsonDocument.Parse(data.TextContent).Dispose());
    }
}
