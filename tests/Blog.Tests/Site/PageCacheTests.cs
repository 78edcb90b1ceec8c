using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Blog.Catalogue;
using Blog.Site.PageCache;
using Blog.Tests.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Blog.Tests.Site;

/// <summary>Finished pages are kept and sent by the rules of HTTP, and never after they are out of date.</summary>
public sealed class PageCacheTests
{
    private const string Page = "/articles/a";

    [Fact]
    public async Task What_was_rendered_once_is_sent_again_until_the_site_changes()
    {
        await using var site = await Small().Started();
        var first = await Get(site, Page);
        var again = await Get(site, Page);
        Assert.NotSame(first, again);
        Assert.NotNull(Store(site).Find(Page));
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        Assert.Contains("First words", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        site.Write("articles/a.md", "---\ntitle: A\n---\nOther words.\n");
        await site.Sync();
        Assert.Null(Store(site).Find(Page));
        var changed = await Get(site, Page);
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
        Assert.Contains("Other words", await changed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEqual(first.Headers.GetValues(PageAnswer.VersionHeader), changed.Headers.GetValues(PageAnswer.VersionHeader));
    }

    [Fact]
    public async Task A_page_that_an_edit_does_not_touch_keeps_its_tag_and_its_bytes()
    {
        await using var site = await Small().Started();
        var before = await Get(site, "/pages-nobody-lists");
        site.Write("articles/b.md", "---\ntitle: B\n---\nWords.\n");
        await site.Sync();
        var after = await Get(site, "/pages-nobody-lists");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Equal(before.Headers.ETag, after.Headers.ETag);
        var home = await (await Get(site, "/")).Content.ReadAsStringAsync();
        Assert.Contains(">B<", home, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_shows_nothing_of_what_changed_is_not_rendered_again()
    {
        await using var site = await Small().Write("articles/b.md", "---\ntitle: B\n---\nWords.\n").Started();
        await Get(site, "/pages-nobody-lists");
        await Get(site, "/articles/b");
        for (var i = 0; i < 3; i++)
        {
            site.Write("articles/b.md", $"---\ntitle: B\n---\nOther words {i}.\n");
            await site.Sync();
            var before = Store(site).Rendered;
            var answer = await Get(site, "/pages-nobody-lists");
            Assert.Equal(0, Store(site).Rendered - before);
            Assert.Equal([site.Catalogue.State.Version], answer.Headers.GetValues(PageAnswer.VersionHeader));
            Assert.Contains($"Other words {i}", await (await Get(site, "/articles/b")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(1, Store(site).Rendered - before);
        }

        // Settings are on every page.
        site.Write("site.yml", "title: Another name\n");
        await site.Sync();
        Assert.Contains("Another name", await (await Get(site, "/pages-nobody-lists")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(1)]
    [InlineData(0)]
    public async Task What_memory_has_no_room_for_waits_on_the_disk(int megabytes)
    {
        await using var site = Large().Set("Blog:PageDiskMegabytes", megabytes.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await site.Started();
        var first = await Round(null);
        var (anew, before) = (0L, Store(site).Rendered);
        for (var round = 0; round < 3; round++)
        {
            await Round(first);
            anew = Store(site).Rendered - before;
        }

        // Two megabytes of pages, one of which is in memory.
        if (megabytes == 256) Assert.Equal(0, anew);
        else Assert.InRange(anew, 100, 900);
        site.Write("articles/a7.md", "---\ntitle: Changed\n---\nOther words.\n");
        await site.Sync();
        Assert.Contains("Other words", await (await Get(site, "/articles/a7")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        // Nothing with a name, so that nothing is left behind.
        if (!OperatingSystem.IsWindows()) Assert.Empty(Directory.EnumerateFiles(site.DataPath, "pages-*"));

        async Task<List<(string Tag, string Text)>> Round(List<(string Tag, string Text)>? known)
        {
            var pages = new List<(string Tag, string Text)>();
            for (var i = 0; i < 150; i++)
            {
                var answer = await Get(site, $"/articles/a{i}", Brotli);
                await using var body = new BrotliStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
                pages.Add((answer.Headers.ETag!.Tag, await new StreamReader(body).ReadToEndAsync()));
                // Another tag only for other bytes of the same text.
                if (known is null) continue;
                Assert.Equal(known[i].Text, pages[i].Text);
                Assert.Equal(known[i].Tag.Split('-')[0], pages[i].Tag.Split('-')[0]);
                var same = await Get(site, $"/articles/a{i}", request => request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(known[i].Tag)));
                Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
            }

            return pages;
        }
    }

    [Fact]
    public async Task What_the_clock_publishes_is_on_pages_that_were_kept()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var site = new TestSite().By(clock).Write("articles/a.md", "---\ntitle: A\n---\nWords.\n").Write("articles/later.md", "---\ntitle: Later\ndate: 2026-03-01T12:30:00Z\n---\nWords.\n");
        await site.Started();
        Assert.DoesNotContain("Later", await (await Get(site, "/")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(31));
        await site.Services.GetRequiredService<CatalogueKeeper>().TickAsync(CancellationToken.None);
        Assert.Contains("Later", await (await Get(site, "/")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip;q=1.0, br;q=0.5", "gzip")]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData("*", "br")]
    [InlineData("*;q=0.5, br;q=0", "gzip")]
    [InlineData("identity", null)]
    [InlineData("identity;q=1, br;q=0.5", null)]
    [InlineData("x-unknown", null)]
    [InlineData("", null)]
    [InlineData(";;;q=", null)]
    public async Task The_coding_is_the_one_that_the_reader_likes_best(string accepted, string? coding)
    {
        await using var site = await Small().Started();
        for (var round = 0; round < 3; round++)
        {
            var answer = await Get(site, Page, request => request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted));
            Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
            Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
            Assert.Contains("First words", await Text(answer), StringComparison.Ordinal);
            // The last round is after it was compressed well.
            if (round == 1) Store(site).Find(Page)!.Compress();
        }
    }

    [Fact]
    public async Task Other_bytes_have_another_tag()
    {
        await using var site = await Small().Started();
        var seen = new Dictionary<string, string>();
        for (var round = 0; round < 2; round++)
        {
            foreach (var coding in new[] { "identity", "gzip", "br" })
            {
                var answer = await Get(site, Page, request => request.Headers.TryAddWithoutValidation("Accept-Encoding", coding));
                var tag = answer.Headers.ETag!;
                Assert.False(tag.IsWeak);
                var bytes = Convert.ToHexString(await answer.Content.ReadAsByteArrayAsync());
                Assert.Equal(bytes, seen.TryGetValue(tag.Tag, out var same) ? same : bytes);
                seen[tag.Tag] = bytes;
            }

            Store(site).Find(Page)!.Compress();
        }

        Assert.True(seen.Count >= 3);
    }

    [Fact]
    public async Task Who_has_the_page_is_told_only_that_it_is_the_same()
    {
        await using var site = await Small().Started();
        var tag = (await Get(site, Page, Brotli)).Headers.ETag!.Tag;
        foreach (var known in new[] { tag, $"W/{tag}", $"\"other\", {tag}", "*", $"\"x\",W/{tag} , \"y\"" })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                var answer = await Get(site, Page, request =>
                {
                    Brotli(request);
                    request.Method = method;
                    request.Headers.TryAddWithoutValidation("If-None-Match", known);
                });
                Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
                Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
                Assert.NotNull(answer.Headers.ETag);
                Assert.NotNull(answer.Headers.CacheControl);
                Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
            }
        }

        foreach (var other in new[] { "\"other\"", "\"\"", "", "nonsense", tag[..^2] + "x\"", "\"" + new string('a', 5000) + "\"" })
            Assert.Equal(HttpStatusCode.OK, (await Get(site, Page, request => request.Headers.TryAddWithoutValidation("If-None-Match", other))).StatusCode);
    }

    /// <summary>RFC 9110, 15.4.5: what was said of the page itself is not said again, whether it was there or had to be rendered first.</summary>
    [Fact]
    public async Task Not_modified_says_only_what_a_cache_needs()
    {
        await using var site = await Small().Started();
        foreach (var rendered in new[] { 1, 0 })
        {
            var before = Store(site).Rendered;
            var answer = await Get(site, Page, request => request.Headers.TryAddWithoutValidation("If-None-Match", "*"));
            Assert.Equal(rendered, Store(site).Rendered - before);
            Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
            Assert.Equal(["Cache-Control", "ETag", "Vary", PageAnswer.VersionHeader], answer.Headers.Where(header => header.Key != "Date").Select(header => header.Key).Order(StringComparer.Ordinal));
            Assert.Null(answer.Content.Headers.ContentType);
        }
    }

    [Fact]
    public async Task A_head_request_is_answered_as_a_get_without_a_body()
    {
        await using var site = await Small().Started();
        foreach (var _ in new[] { 1, 2 })
        {
            var head = await Get(site, Page, request => request.Method = HttpMethod.Head);
            var get = await Get(site, Page);
            Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
            Assert.Equal(get.Headers.ETag, head.Headers.ETag);
            Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task A_kept_page_is_sent_with_all_that_a_rendered_one_is_sent_with()
    {
        await using var site = await Small().Started();
        var (rendered, kept) = (await Get(site, Page), await Get(site, Page));
        Assert.Equal(Described(rendered), Described(kept));
        Assert.Contains("Content-Security-Policy", Described(kept), StringComparison.Ordinal);
        Assert.Contains("Speculation-Rules", Described(kept), StringComparison.Ordinal);

        static string Described(HttpResponseMessage answer) => string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Junk_in_the_query_is_answered_with_the_same_page_and_fills_nothing()
    {
        await using var site = await Small().Started();
        var plain = await Get(site, Page);
        foreach (var query in new[] { "?utm_source=x", "?a=1&b=2", "?", "?page=7", "?q=%00" })
            Assert.Equal(plain.Headers.ETag, (await Get(site, Page + query)).Headers.ETag);
        Assert.Null(Store(site).Find(Page + "?utm_source=x"));
        Assert.Equal(HttpStatusCode.OK, (await Get(site, Page, request => request.Headers.Host = "evil.example")).StatusCode);
        Assert.DoesNotContain("evil.example", await (await Get(site, Page)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_what_is_missing_nor_what_moved_nor_a_search_is_kept()
    {
        await using var site = await Small().Started();
        site.Write("articles/old.md", "---\ntitle: Old\naliases: [/elsewhere]\n---\nWords.\n");
        await site.Sync();
        foreach (var path in new[] { "/articles/none", "/elsewhere", "/search" })
        {
            await Get(site, path);
            Assert.Null(Store(site).Find(path));
        }
    }

    [Fact]
    public async Task A_preview_is_neither_kept_nor_hidden_by_what_is_kept()
    {
        await using var site = await Small().Set("Blog:DeskToken", "0123456789abcdef0123").Started();
        await Get(site, Page);
        var asked = await Get(site, Page + "?preview=forged");
        Assert.NotNull(Store(site).Find(Page));
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
    }

    [Fact]
    public async Task A_page_whose_pictures_can_be_looked_at_is_kept_as_any_other()
    {
        await using var site = await Small().Write("static/large.png", TestPictures.Png(1600, 900)).Write("articles/a.md", "---\ntitle: A\n---\n![A picture](/large.png)\n").Started();
        var answer = await Get(site, Page);
        Assert.Contains("zoom-view", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.NotNull(Store(site).Find(Page));
    }

    [Fact]
    public async Task A_thousand_who_ask_at_once_have_it_rendered_once()
    {
        await using var site = await Small().Started();
        await Get(site, "/");
        var before = Store(site).Rendered;
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Get(site, Page)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single(answers.Select(answer => answer.Content.Headers.ContentLength).Distinct());
        Assert.Equal(1, Store(site).Rendered - before);
    }

    [Fact]
    public async Task Memory_is_bounded_and_what_was_asked_for_last_is_kept()
    {
        await using var site = await Large().Started();
        for (var i = 0; i < 150; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await Get(site, $"/articles/a{i}")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await Get(site, "/articles/a0")).StatusCode);
        }

        Assert.InRange(Store(site).Bytes, 1, 1024 * 1024);
    }

    [Fact]
    public async Task Without_memory_for_it_every_page_is_rendered()
    {
        await using var site = await Small().Set("Blog:PageCacheMegabytes", "0").Started();
        foreach (var _ in new[] { 1, 2 })
            Assert.Contains("First words", await (await Get(site, Page)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(Store(site).Find(Page));
    }

    private static TestSite Small() => new TestSite().Write("articles/a.md", "---\ntitle: A\n---\nFirst words.\n").Write("pages/pages-nobody-lists.md", "---\ntitle: Alone\n---\nWords.\n");

    /// <summary>More pages than the memory for them holds.</summary>
    private static TestSite Large()
    {
        var site = new TestSite().Set("Blog:PageCacheMegabytes", "1");
        for (var i = 0; i < 150; i++)
        {
            // Words that nothing makes much shorter.
            var random = new Random(i);
            site.Write($"articles/a{i}.md", $"---\ntitle: A{i}\n---\n{string.Join(' ', Enumerable.Range(0, 3000).Select(_ => random.Next(1_000_000, 9_999_999)))}\n");
        }

        return site;
    }

    private static PageStore Store(TestSite site) => site.Services.GetRequiredService<PageStore>();

    private static void Brotli(HttpRequestMessage request) => request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));

    private static async Task<HttpResponseMessage> Get(TestSite site, string path, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        with?.Invoke(request);
        return await site.Client.SendAsync(request);
    }

    private static async Task<string> Text(HttpResponseMessage answer)
    {
        var stream = await answer.Content.ReadAsStreamAsync();
        await using Stream decoded = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(stream, CompressionMode.Decompress),
            "gzip" => new GZipStream(stream, CompressionMode.Decompress),
            _ => stream,
        };
        using var reader = new StreamReader(decoded, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
