using System.Net;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.PageCache;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Blog.Tests.Site.Caches;

/// <summary>Pages name what they show, and syncs what has changed: a page that comes out otherwise is always among what is named, and few others are.</summary>
public sealed class SurrogateKeyTests
{
    // The first of a run of seeds, as in LivePropertyTests.
    private static readonly int First = int.Parse(Environment.GetEnvironmentVariable("BLOG_TEST_SEED") ?? "1", System.Globalization.CultureInfo.InvariantCulture);

    public static TheoryData<int> Seeds() => [First, First + 1, First + 2];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_page_that_changes_has_a_key_that_changed(int seed)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
        await using var site = await new TestSite().By(clock).Set("Blog:Watch", "off").Set("Blog:HoldDeletionsSeconds", "0").Write("articles/first.md", "---\ntitle: First\n---\nText\n").Started();
        var editor = new RandomEditor(site, seed);
        for (var i = 0; i < 25; i++) editor.Act(false);
        await site.Sync();
        var before = await Pages(site, []);
        var (changed, named) = (0, 0);
        for (var step = 0; step < 15; step++)
        {
            editor.Acts.Clear();
            for (var acts = editor.Random.Next(1, 4); acts > 0; acts--) editor.Act(true);
            var last = site.Catalogue.LastSync;
            var keys = new HashSet<string>();
            if (editor.Random.Next(3) == 0)
            {
                clock.Advance(TimeSpan.FromDays(editor.Random.Next(1, 9)));
                await site.Services.GetRequiredService<CatalogueKeeper>().TickAsync(CancellationToken.None);
                if (site.Catalogue.LastSync != last) keys.UnionWith(site.Catalogue.LastSync!.Keys);
                last = site.Catalogue.LastSync;
            }

            await site.Sync();
            if (site.Catalogue.LastSync != last) keys.UnionWith(site.Catalogue.LastSync!.Keys);
            var after = await Pages(site, before.Keys);
            foreach (var (url, page) in before.Where(page => page.Value.Keys.Length > 0))
            {
                var isSame = after[url].Text == page.Text;
                var isNamed = page.Keys.Split(' ').Any(keys.Contains);
                Assert.True(isSame || isNamed, $"Seed {seed}, step {step}: {url} has changed without a key.\nIts keys: {page.Keys}\nChanged: {string.Join(' ', keys)}\nDone: {string.Join(", ", editor.Acts)}\n{Difference(page.Text, after[url].Text)}");
                if (!isSame) changed++;
                if (isNamed && !keys.Contains(SurrogateKeys.Site)) named++;
            }

            before = after;
        }

        // Loose, for everything hangs together on a site so small.
        Assert.InRange(named, 1, 4 * changed);
    }

    [Fact]
    public async Task New_words_in_an_article_concern_its_own_page_and_what_shows_its_card()
    {
        await using var site = await Large().Started();
        var (keys, pages) = await Saved(site, "articles/a20.md", Article(20, "Other words."));
        // And pages of articles that share its words, which may show it as one like them.
        Assert.Equal([SurrogateKeys.Article("articles/a20.md"), SurrogateKeys.Any], keys.Where(key => !key.StartsWith("w-", StringComparison.Ordinal)));
        Assert.Contains(keys[0], pages["/articles/a20"]);
        // Its neighbours show its title.
        Assert.Contains(keys[0], pages["/articles/a19"]);
        Assert.DoesNotContain(keys[0], pages["/archive"]);
    }

    [Fact]
    public async Task A_new_article_concerns_its_lists_and_its_neighbours_and_no_other_article()
    {
        await using var site = await Large().Started();
        var (keys, pages) = await Saved(site, "articles/new.md", "---\ntitle: New\ndate: 2026-01-15T12:00:00Z\ntags: [even]\n---\nEntirely different.\n");
        foreach (var url in new[] { "/", "/archive", "/tags/even", "/tags", "/articles", "/feed.xml", "/tags/even/feed.xml", "/articles/a15", "/articles/a16" }) Assert.True(pages[url].Intersect(keys).Any(), url);
        foreach (var url in new[] { "/articles/a11", "/articles/a21", "/tags/odd", "/authors/ann" }) Assert.False(pages[url].Intersect(keys).Any(), url);
    }

    [Fact]
    public async Task Settings_concern_everything()
    {
        await using var site = await Large().Started();
        var (keys, pages) = await Saved(site, "site.yml", "title: Other\n");
        Assert.Equal([SurrogateKeys.Site], keys);
        Assert.All(pages.Values, page => Assert.Contains(SurrogateKeys.Site, page));
    }

    [Fact]
    public async Task An_authors_file_concerns_those_pages_that_name_the_author()
    {
        await using var site = await Large().Write("authors.yml", "ann:\n  name: Ann\nbob:\n  name: Bob\n").Started();
        var (keys, pages) = await Saved(site, "authors.yml", "ann:\n  name: Ann Marsh\nbob:\n  name: Bob\n");
        Assert.NotEmpty(pages["/articles/a10"].Intersect(keys));
        Assert.Empty(pages["/authors/bob"].Intersect(keys));
    }

    [Fact]
    public async Task What_has_too_many_keys_says_only_that_it_changes_with_everything()
    {
        await using var site = new TestSite().Set("Blog:CacheKeys", "true").Write("site.yml", "articlesPerPage: 100\n");
        for (var i = 0; i < 100; i++) site.Write($"articles/a{i}.md", $"---\ntitle: A{i}\nauthors: [x{i}, y{i}, z{i}]\ncategories: [c{i}, d{i}, e{i}]\n---\nWords.\n");
        await site.Started();
        using var answer = await site.Client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal("any site", Assert.Single(answer.Headers.GetValues("Surrogate-Key")));
        Assert.Contains(SurrogateKeys.Any, (await Saved(site, "articles/a1.md", "---\ntitle: A1\n---\nOther.\n")).Keys);
    }

    [Theory]
    [InlineData("", "", false, false)]
    [InlineData("Blog:CacheKeys", "true", true, true)]
    [InlineData("Blog:CacheKeys", "false", false, false)]
    public async Task Keys_are_sent_where_the_operator_wants_them(string setting, string value, bool key, bool tag)
    {
        var site = Large();
        if (setting.Length > 0) site.Set(setting, value);
        await using var started = await site.Started();
        foreach (var _ in new[] { 1, 2 })
        {
            using var answer = await site.Client.GetAsync(new Uri("/articles/a10", UriKind.Relative));
            Assert.Equal(key, answer.Headers.TryGetValues("Surrogate-Key", out var keys));
            Assert.Equal(tag, answer.Headers.TryGetValues("Cache-Tag", out var tags));
            if (key) Assert.Equal(keys!.Single().Split(' '), tags!.Single().Split(','));
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, "/articles/a10");
        request.Headers.TryAddWithoutValidation("If-None-Match", "*");
        using var known = await site.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Equal(key, known.Headers.Contains("Surrogate-Key"));
    }

    [Fact]
    public async Task Keys_are_the_same_on_every_machine_and_sorted()
    {
        await using var one = await Large().Started();
        await using var other = await Large().Started();
        foreach (var url in new[] { "/", "/articles/a10", "/tags/even", "/feed.xml" })
        {
            var keys = await KeysAt(one, url);
            Assert.Equal(keys, await KeysAt(other, url));
            Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
            Assert.All(keys, key => Assert.Matches("^(site|lists|any|[a-z]-[0-9a-f]{10})$", key));
        }
    }

    [Fact]
    public async Task Shared_caches_keep_pages_for_as_long_as_the_operator_says()
    {
        await using var site = await Large().Set("Blog:CacheSeconds", "86400").Started();
        using var answer = await site.Client.GetAsync(new Uri("/articles/a10", UriKind.Relative));
        Assert.Equal(TimeSpan.FromDays(1), answer.Headers.CacheControl!.SharedMaxAge);
        Assert.Equal(TimeSpan.Zero, answer.Headers.CacheControl!.MaxAge);
    }

    private static TestSite Large()
    {
        var site = new TestSite().Set("Blog:Watch", "off").Write("site.yml", "articlesPerPage: 5\n");
        for (var i = 10; i < 30; i++) site.Write($"articles/a{i}.md", Article(i, "Words."));
        return site;
    }

    private static string Article(int i, string words) => $"---\ntitle: A{i}\ndate: 2026-01-{i}\nauthor: {(i < 20 ? "ann" : "bob")}\ntags: [{(i % 2 == 0 ? "even" : "odd")}]\n---\n{words}\n";

    /// <summary>The keys that change with a save, and those that pages had before it.</summary>
    private static async Task<(IReadOnlyList<string> Keys, Dictionary<string, string[]> Pages)> Saved(TestSite site, string path, string text)
    {
        var pages = (await Pages(site, [])).Where(page => page.Value.Keys.Length > 0).ToDictionary(page => page.Key, page => page.Value.Keys.Split(' '));
        site.Write(path, text);
        return ((await site.Sync()).Keys, pages);
    }

    private static async Task<string[]> KeysAt(TestSite site, string url)
    {
        Assert.Equal(HttpStatusCode.OK, await site.Status(url));
        return site.Services.GetRequiredService<PageStore>().Peek(url)!.Keys.Split(' ');
    }

    /// <summary>Every page that there is, and further ones that there were.</summary>
    private static async Task<Dictionary<string, (string Text, string Keys)>> Pages(TestSite site, IEnumerable<string> further)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CatalogueContext>();
        var permalinks = site.Catalogue.State.Permalinks;
        var terms = (await db.Terms.ToListAsync()).Select(term => Permalinks.Escape(permalinks.ForTerm(term.Taxonomy, term.Slug)));
        var lists = terms.Concat(site.Catalogue.State.Sections.Select(section => Permalinks.Escape(Permalinks.ForSection(section.Name)))).Append("/").ToList();
        var urls = (await db.Articles.Select(article => article.Permalink).ToListAsync()).Select(Permalinks.Escape)
            .Concat(lists).Concat(lists.Select(list => Permalinks.ForPageOf(list, 2))).Concat(lists.Select(Permalinks.ForRss)).Concat(lists.Select(Permalinks.ForAtom))
            .Concat(Taxonomies.All.Select(permalinks.ForTaxonomy)).Append(Permalinks.Archive).Concat(Enumerable.Range(2020, 8).Select(Permalinks.ForYear)).Concat(further).Distinct().ToList();
        var store = site.Services.GetRequiredService<PageStore>();
        var pages = new Dictionary<string, (string, string)>();
        var served = new Dictionary<string, string>();
        foreach (var url in urls)
        {
            using var answer = await site.Client.GetAsync(new Uri(url, UriKind.Relative));
            served[url] = answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync() : answer.StatusCode.ToString();
        }

        // What was kept since none of its keys had changed must be what it would be if it were made now.
        site.Catalogue.Refresh();
        foreach (var url in urls)
        {
            using var answer = await site.Client.GetAsync(new Uri(url, UriKind.Relative));
            var isPage = answer.StatusCode == HttpStatusCode.OK;
            var text = isPage ? await answer.Content.ReadAsStringAsync() : answer.StatusCode.ToString();
            Assert.True(served[url] == text, $"{url} was sent as it had been:\n{Difference(served[url], text)}");
            pages[url] = (text, isPage ? store.Peek(Uri.UnescapeDataString(url))?.Keys ?? throw new InvalidOperationException($"{url} is not kept") : "");
        }

        return pages;
    }

    private static string Difference(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"…{one[Math.Max(0, at - 80)..Math.Min(one.Length, at + 120)]}…\n…{other[Math.Max(0, at - 80)..Math.Min(other.Length, at + 120)]}…";
    }
}
