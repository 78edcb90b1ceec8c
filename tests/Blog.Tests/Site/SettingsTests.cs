using System.Diagnostics;

namespace Blog.Tests.Site;

/// <summary>What operators and publications may set.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("Blog__ContentPath", "/no/such/folder", "set Blog__ContentPath")]
    [InlineData("Blog__DataPath", " ", "Set Blog__DataPath")]
    [InlineData("Blog__BaseUrl", "blog.example", "Set Blog__BaseUrl")]
    public async Task A_wrong_setting_stops_the_start_and_says_what_to_set(string key, string value, string wanted)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Blog.dll"), "--urls", "http://127.0.0.1:0"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["Blog__ContentPath"] = Path.GetTempPath();
        start.Environment[key] = value;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync();
        Assert.Equal(2, process.ExitCode);
        Assert.Contains(wanted, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Site_yml_decides_on_title_language_zone_navigation_and_addresses()
    {
        await using var site = await new TestSite()
            .Write("site.yml", """
                title: Zeitung
                tagline: Täglich
                language: de
                timeZone: Europe/Berlin
                articlesPerPage: 1
                navigation:
                  - { title: Über uns, url: /ueber }
                social:
                  Mastodon: https://social.example/@zeitung
                permalinks:
                  articles: /:year/:month/:slug
                  tags: /thema/:slug
                """)
            .Write("articles/neujahr.md", "---\ntitle: Neujahr\ndate: 2024-01-01\ntags: [Fest]\n---\nText\n")
            .Write("articles/mitternacht.md", "---\ntitle: Mitternacht\ndate: 2023-12-31T23:30:00Z\n---\nText\n")
            .Write("pages/ueber.md", "---\ntitle: Über uns\n---\nText\n")
            .Started();
        var home = await site.Page("/");
        Assert.Equal("de", home.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Zeitung – Täglich", home.Title);
        Assert.Equal("/ueber", home.QuerySelector(".site-nav a")!.GetAttribute("href"));
        Assert.Contains(home.QuerySelectorAll("footer a[rel=me]"), link => link.GetAttribute("href") == "https://social.example/@zeitung");
        // Half past eleven in London is New Year in Berlin.
        Assert.Contains("1. Januar 2024", (await site.Page("/2024/01/mitternacht")).QuerySelector("time.published")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/2024/01/neujahr", (await site.Page("/thema/fest")).QuerySelector(".card-title a")!.GetAttribute("href"));
        Assert.Equal(2, (await site.Page("/archive/2024")).QuerySelectorAll(".month a").Length);
    }

    [Fact]
    public async Task Mistakes_in_site_yml_are_reported_and_the_defaults_kept()
    {
        await using var site = await new TestSite()
            .Write("site.yml", "title: Good\ntimezone: Middle/Earth\narticlesPerPage: many\nnavigaton:\n  - { title: A, url: /a }\npermalinks:\n  articles: :nope\nsocial:\n  X: javascript:alert(1)\n")
            .Write("articles/a.md", "---\ntitle: A\n---\nText\n")
            .Started();
        var problems = (await site.Problems()).Where(problem => problem.Path == "site.yml").ToList();
        Assert.Equal([(2, "bad-setting"), (3, "bad-setting"), (4, "unknown-setting"), (7, "bad-setting"), (9, "bad-url")], problems.Select(problem => (problem.Line, problem.Code)));
        Assert.Equal("Did you mean “navigation”?", problems[2].Suggestion);
        Assert.StartsWith("Good", (await site.Page("/articles/a")).Title!.Split(" – ")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_right_to_left_site_says_so()
    {
        await using var site = await new TestSite().Write("site.yml", "title: مدونة\nlanguage: ar\n").Write("articles/a.md", "---\ntitle: English\nlanguage: en\n---\nText\n").Started();
        Assert.Equal("rtl", (await site.Page("/")).DocumentElement.GetAttribute("dir"));
        var article = (await site.Page("/articles/a")).QuerySelector("article")!;
        Assert.Equal(("en", "ltr"), (article.GetAttribute("lang"), article.GetAttribute("dir")));
    }

    [Fact]
    public async Task Pages_carry_a_strict_content_security_policy()
    {
        await using var site = await new TestSite().Started();
        using var response = await site.Client.GetAsync(new Uri("/", UriKind.Relative));
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_page_with_something_from_elsewhere_may_have_its_player()
    {
        await using var site = await new TestSite().Write("articles/plain.md", "# Plain\n").Write("articles/film.md", "# Film\n\n<Youtube id=\"abc_DEF-123\" title=\"A film\" />\n").Started();
        Assert.EndsWith("frame-src 'none'", await Policy("/articles/plain"), StringComparison.Ordinal);
        Assert.Contains("frame-src https://www.youtube-nocookie.com ", await Policy("/articles/film"), StringComparison.Ordinal);

        async Task<string> Policy(string url)
        {
            using var response = await site.Client.GetAsync(new Uri(url, UriKind.Relative));
            return response.Headers.GetValues("Content-Security-Policy").Single();
        }
    }
}
