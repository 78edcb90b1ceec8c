using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using AngleSharp.Dom;
using Microsoft.Extensions.Time.Testing;

namespace Blog.Tests.Site.Search;

/// <summary>What readers find, and how it is shown.</summary>
public sealed class SearchTests
{
    private static TestSite Site(string language = "en") => new TestSite()
        .Write("site.yml", $"title: Rivers & more\ndescription: What flows\nlanguage: {language}\n")
        .Write("authors.yml", "ann:\n  name: Ann Ó Cléirigh\nbob:\n  name: Bob\n");

    private static TestSite Filled() => Site()
        .Write("articles/bridges.md", "---\ntitle: Building bridges\ndate: 2024-05-01\nauthor: ann\ncategory: Engineering\ntags: [stone, arches]\n---\nOf crossing water.\n\n## The keystone\n\nAn arch is held by its keystone, and by nothing else.\n\n## Cost\n\nMuch.\n")
        .Write("articles/mills.md", "---\ntitle: Water mills\ndate: 2024-04-01\nauthor: bob\ncategory: Engineering\ntags: [stone]\n---\nA mill beside a bridge grinds corn. Café crème. They use Node.js and C#.\n\n```js\nconst wheelSpeed = 3;\n```\n")
        .Write("articles/fish.md", "---\ntitle: Fish\ndate: 2024-03-01\nauthor: bob\ncategory: Nature\n---\nSalmon swim up the river. A keystone species.\n")
        .Write("articles/draft.md", "---\ntitle: Secret bridge\ndraft: true\n---\nKeystone\n")
        .Write("pages/about.md", "---\ntitle: About\n---\nOn the riverkeepers.\n");

    [Theory]
    [InlineData("bridges", "Building bridges", "Water mills")]
    [InlineData("BRIDGE", "Building bridges", "Water mills")]
    [InlineData("keystone", "Building bridges", "Fish")]
    [InlineData("swimming", "Fish")]
    [InlineData("cafe creme", "Water mills")]
    [InlineData("Café", "Water mills")]
    [InlineData("\"held by its keystone\"", "Building bridges")]
    [InlineData("\"keystone species\"", "Fish")]
    [InlineData("“keystone species”", "Fish")]
    [InlineData("riverk", "About")]
    [InlineData("nodejs", "Water mills")]
    [InlineData("node.js", "Water mills")]
    [InlineData("c#", "Water mills")]
    [InlineData("wheelSpeed", "Water mills")]
    [InlineData("arches", "Building bridges")]
    [InlineData("cleirigh", "Building bridges")]
    [InlineData("author:bob stone", "Water mills")]
    [InlineData("author:\"Ann Ó Cléirigh\"", "Building bridges")]
    [InlineData("tag:stone", "Building bridges", "Water mills")]
    [InlineData("category:nature", "Fish")]
    public async Task Finds(string query, params string[] titles)
    {
        await using var site = await Filled().Started();
        Assert.Equal(titles, Titles(await site.Page(Url(query))));
    }

    [Fact]
    public async Task Shows_the_place_in_its_section_with_what_was_found_marked()
    {
        await using var site = await Filled().Started();
        var result = (await site.Page(Url("keystones"))).QuerySelector(".result")!;
        Assert.Equal("/articles/bridges#the-keystone", result.QuerySelector(".result-section a")!.GetAttribute("href"));
        Assert.Equal("The keystone", result.QuerySelector(".result-section")!.TextContent.Trim());
        Assert.Equal(["keystone"], result.QuerySelectorAll(".result-text mark").Select(mark => mark.TextContent));
        Assert.Equal("An arch is held by its keystone, and by nothing else.", result.QuerySelector(".result-text")!.TextContent.Trim());
        var page = await site.Page("/articles/bridges");
        Assert.NotNull(page.GetElementById("the-keystone"));
    }

    [Fact]
    public async Task Mends_a_slip_and_lets_the_reader_insist()
    {
        await using var site = await Filled().Started();
        var page = await site.Page(Url("keystnoe"));
        Assert.Equal(["Building bridges", "Fish"], Titles(page));
        Assert.Contains("keystone", page.QuerySelector(".search-summary")!.TextContent, StringComparison.Ordinal);
        var insist = page.QuerySelector(".search-summary a")!.GetAttribute("href")!;
        Assert.Empty(Titles(await site.Page(insist)));
        // Names and accents are mended to what articles have.
        Assert.Equal(["Building bridges"], Titles(await site.Page(Url("clerigh"))));
        Assert.Equal(["Fish"], Titles(await site.Page(Url("rivre salmon"))));
    }

    [Fact]
    public async Task Articles_with_some_of_the_words_are_better_than_none()
    {
        await using var site = await Filled().Started();
        var page = await site.Page(Url("salmon corn"));
        Assert.Equal(["Fish", "Water mills"], Titles(page).Order(StringComparer.Ordinal));
        Assert.Contains("No article has all of these words", page.QuerySelector(".search-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facets_count_narrow_and_are_taken_back()
    {
        await using var site = await Filled().Started();
        var page = await site.Page(Url("keystone"));
        var facets = page.QuerySelectorAll(".facets li").Select(item => string.Join(' ', item.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Contains("Engineering 1", facets);
        Assert.Contains("Bob 1", facets);
        var nature = page.QuerySelectorAll(".facets a").Single(link => link.TextContent == "Nature").GetAttribute("href")!;
        var narrowed = await site.Page(nature);
        Assert.Equal(["Fish"], Titles(narrowed));
        Assert.Equal("nature", narrowed.QuerySelector(".search-form input[type=hidden][name=category]")!.GetAttribute("value"));
        Assert.Equal(["Building bridges", "Fish"], Titles(await site.Page(narrowed.QuerySelector(".search-filters a")!.GetAttribute("href")!)));
    }

    [Fact]
    public async Task Before_a_question_and_after_one_without_answer_there_is_something_to_read()
    {
        await using var site = await Filled().Started();
        foreach (var url in new[] { "/search", "/search?q=", "/search?q=%20", Url("xyzzyplugh"), Url("author:nobody"), Url("!!! ???") })
        {
            var page = await site.Page(url);
            Assert.Empty(page.QuerySelectorAll(".result"));
            Assert.Equal(3, page.QuerySelectorAll(".card").Length);
            Assert.Contains("Engineering", page.QuerySelector(".topics")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(url == "/search" ? null : "noindex", page.QuerySelector("meta[name=robots]")?.GetAttribute("content"));
        }

        Assert.Contains("author:nobody", (await site.Page(Url("author:nobody"))).QuerySelector(".search-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await new TestSite().Started()).Catalogue.State.Sections);
    }

    [Fact]
    public async Task An_empty_site_has_nothing_to_find()
    {
        await using var site = await new TestSite().Started();
        Assert.Empty(Titles(await site.Page(Url("anything"))));
    }

    [Fact]
    public async Task Articles_are_found_from_their_hour_until_their_last()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-01-01T00:00:00Z", CultureInfo.InvariantCulture));
        await using var site = await Site().By(clock).Write("articles/a.md", "---\ntitle: Comet\ndate: 2026-01-02T00:00:00Z\nexpires: 2026-01-03T00:00:00Z\n---\nIt comes and goes.\n").Write("articles/b.md", "---\ntitle: Comets of old\ndate: 2020-01-01\n---\nText\n").Started();
        Assert.Equal(["Comets of old"], Titles(await site.Page(Url("comet"))));
        clock.Advance(TimeSpan.FromDays(1.5));
        Assert.Equal(["Comet", "Comets of old"], Titles(await site.Page(Url("comet"))));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(["Comets of old"], Titles(await site.Page(Url("comet"))));
        Assert.DoesNotContain("comes and goes", await site.Text("/search/suggest?q=comet"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_saved_renamed_and_deleted_is_found_as_it_is()
    {
        await using var site = await Filled().Started();
        site.Write("articles/fish.md", "---\ntitle: Trout\n---\nNo other fish.\n");
        await site.Sync();
        Assert.Empty(Titles(await site.Page(Url("salmon") + "&exact=1")));
        Assert.Equal(["Trout"], Titles(await site.Page(Url("trout"))));
        // The word is not suggested any more.
        Assert.Empty(Titles(await site.Page(Url("salmn"))));
        site.Write("authors.yml", "ann:\n  name: Grace\nbob:\n  name: Bob\n");
        await site.Sync();
        Assert.Equal(["Building bridges"], Titles(await site.Page(Url("grace"))));
        Assert.Empty(Titles(await site.Page(Url("cleirigh") + "&exact=1")));
        File.Delete(Path.Combine(site.ContentPath, "articles", "bridges.md"));
        await site.Sync();
        Assert.Empty(Titles(await site.Page(Url("grace") + "&exact=1")));
        site.Write("site.yml", "title: Rivers\nlanguage: de\n").Write("articles/haus.md", "---\ntitle: Häuser\n---\nAm Fluss.\n");
        await site.Sync();
        Assert.Equal(["Häuser"], Titles(await site.Page(Url("haus"))));
        Assert.Equal(["Trout"], Titles(await site.Page(Url("trout"))));
    }

    [Theory]
    [InlineData("de", "Die Übersetzungen der Bücher", "übersetzung", "ubersetzung", "buch", "BÜCHER")]
    [InlineData("es", "Las canciones y la información", "canción", "cancion", "informacion")]
    [InlineData("fr", "L’évolution des chevaux", "cheval", "evolution", "évolutions")]
    [InlineData("ar", "الكتاب والمدرسة", "كتاب", "مدرسة", "كِتَاب")]
    [InlineData("ru", "Книги и ёлки", "книга", "елка")]
    [InlineData("ja", "東京都の日本語教育", "日本語", "東京", "本", "教育")]
    [InlineData("zh", "北京的春天很美", "春天", "北京", "美")]
    [InlineData("ko", "한국어를 배우다", "한국어", "배우다")]
    [InlineData("th", "ภาษาไทยง่าย", "ไทย", "ภาษา")]
    [InlineData("he", "ספרים ובתים", "ספרים")]
    [InlineData("hi", "हिन्दी किताबें", "हिन्दी")]
    [InlineData("nl", "De gebouwen", "gebouwen", "gebouw")]
    [InlineData("xx", "Blarg fnords", "fnords", "FNORDS")]
    public async Task Words_are_found_by_the_rules_of_the_language(string language, string title, params string[] queries)
    {
        // Both as the site's language, and as that of one article.
        foreach (var (ofSite, ofArticle) in new[] { (language, ""), ("en", $"lang: {language}\n") })
        {
            await using var site = await Site(ofSite).Write("articles/a.md", $"---\ntitle: {title}\n{ofArticle}---\nText\n").Write("articles/b.md", "---\ntitle: Other\n---\nNothing else\n").Started();
            foreach (var query in ofArticle.Length == 0 ? queries : queries[..1])
                Assert.True(Titles(await site.Page(Url(query))).SequenceEqual([title]), $"“{query}” does not find “{title}” ({ofSite})");
        }
    }

    [Fact]
    public async Task A_word_in_the_title_wins_over_one_in_the_text()
    {
        await using var site = await Site()
            .Write("articles/a.md", $"---\ntitle: Something else\n---\n{string.Join(' ', Enumerable.Repeat("Lighthouse keepers.", 10))}\n")
            .Write("articles/b.md", "---\ntitle: Lighthouse\n---\nText\n")
            .Write("articles/c.md", "---\ntitle: My lighthouse and other stories of the coast\n---\nText\n").Started();
        Assert.Equal(["Lighthouse", "My lighthouse and other stories of the coast", "Something else"], Titles(await site.Page(Url("lighthouse"))));
    }

    [Fact]
    public async Task Results_are_paged_and_pages_beyond_lead_to_the_first()
    {
        var site = Site();
        for (var i = 0; i < 25; i++) site.Write($"articles/a{i}.md", $"---\ntitle: Heron {i}\n---\nText\n");
        await using (await site.Started())
        {
            var titles = new List<string>();
            string? next = Url("heron");
            for (var pages = 0; next is not null && pages < 5; pages++)
            {
                var page = await site.Page(next);
                titles.AddRange(Titles(page));
                next = page.QuerySelector(".pager [rel=next]")?.GetAttribute("href");
            }

            Assert.Equal(25, titles.Distinct().Count());
            Assert.Equal(25, titles.Count);
            foreach (var page in new[] { "4", "999999999999", "-1", "x" }) Assert.Contains(await site.Status(Url("heron") + "&page=" + page), new[] { HttpStatusCode.OK, HttpStatusCode.Redirect });
        }
    }

    [Fact]
    public async Task Suggestions_are_small_and_know_unfinished_words()
    {
        await using var site = await Filled().Started();
        using var suggestions = JsonDocument.Parse(await site.Text("/search/suggest?q=bri"));
        var items = suggestions.RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["Building bridges", "Water mills"], items.Select(item => item.GetProperty("title").GetString()));
        Assert.Equal("/articles/bridges", items[0].GetProperty("url").GetString());
        Assert.Equal("2 results", suggestions.RootElement.GetProperty("status").GetString());
        using var none = JsonDocument.Parse(await site.Text("/search/suggest"));
        Assert.Empty(none.RootElement.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Browsers_learn_how_to_search_here()
    {
        await using var site = await Filled().Started();
        var link = (await site.Page("/")).QuerySelector("link[rel=search]")!;
        Assert.Equal("application/opensearchdescription+xml", link.GetAttribute("type"));
        using var response = await site.Client.GetAsync(new Uri(link.GetAttribute("href")!, UriKind.Relative));
        Assert.Equal("application/opensearchdescription+xml", response.Content.Headers.ContentType!.MediaType);
        var description = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
        var ns = description.Name.Namespace;
        Assert.Equal("Rivers & more", description.Element(ns + "ShortName")!.Value);
        Assert.Equal("https://blog.example/search?q={searchTerms}", description.Elements(ns + "Url").First().Attribute("template")!.Value);
    }

    [Fact]
    public async Task A_wrong_address_leads_to_articles_that_have_its_words()
    {
        await using var site = await Filled().Started();
        using var response = await site.Client.GetAsync(new Uri("/articles/old-bridges-in-stone", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("/articles/bridges", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    internal static string Url(string query) => "/search?q=" + Uri.EscapeDataString(query);

    internal static IReadOnlyList<string> Titles(IDocument page) => page.QuerySelectorAll(".result-title").Select(title => title.TextContent.Trim()).ToList();

    [Fact]
    public async Task More_searches_than_can_wait_are_sent_away_for_a_moment()
    {
        await using var site = await Filled().Started();
        var answers = await Task.WhenAll(Enumerable.Range(0, 600).Select(number => site.Client.GetAsync(new Uri($"/search?q=bridge+{number}", UriKind.Relative))));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.OK), answer =>
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.True(answer.Headers.CacheControl!.NoStore);
        });
        Assert.Equal(HttpStatusCode.OK, await site.Status("/search?q=bridge"));
    }
}
