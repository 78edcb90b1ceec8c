using System.Net;
using System.Text.Json;
using Blog.Catalogue;
using Blog.Tests.Catalogue;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace Blog.Tests.Site.Caches;

/// <summary>Caches are told what has changed: in their own form, again until they have heard it, and with nobody waiting for that.</summary>
public sealed class PurgeTests
{
    private const string Token = "0123456789abcdef";

    [Fact]
    public void What_may_be_secret_in_an_address_is_told_to_nobody()
    {
        using var client = new HttpClient();
        var target = new Blog.Site.Purge.PurgeTarget(new Uri("https://user:word@cache.example:8443/purge?key=k"), PurgeKind.Generic, new PurgeOptions(), client, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        Assert.Equal("https://cache.example:8443", target.Name);
    }

    [Theory]
    [InlineData("generic", "POST", "keys", "Authorization", "Bearer " + Token)]
    [InlineData("cloudflare", "POST", "tags", "Authorization", "Bearer " + Token)]
    [InlineData("fastly", "POST", "surrogate_keys", "Fastly-Key", Token)]
    [InlineData("varnish-xkey", "PURGE", "xkey", "Authorization", "Bearer " + Token)]
    [InlineData("varnish-ban", "BAN", "Surrogate-Key", "Authorization", "Bearer " + Token)]
    public async Task A_cache_is_told_in_its_own_form(string kind, string method, string name, string secretIn, string secret)
    {
        await using var cache = await FakeCache.Start();
        await using var site = await Site(cache, kind).Set("Blog:Purge:Token", Token).Started();
        Assert.Equal([SurrogateKeys.Site], KeysOf(await cache.Next(), name));
        var report = await Saved(site, "Other words.");
        var call = await cache.Next();
        Assert.Equal(method, call.Method);
        Assert.Equal(report.Keys, KeysOf(call, name));
        Assert.Equal(secret, call[secretIn]);
        Assert.Equal(kind == "fastly" ? "1" : "", call["Fastly-Soft-Purge"]);

        // What is told to purge is what pages are sent with.
        using var page = await site.Client.GetAsync(new Uri("/articles/a", UriKind.Relative));
        var sent = page.Headers.GetValues(kind == "cloudflare" ? "Cache-Tag" : "Surrogate-Key").Single().Split(' ', ',');
        Assert.NotEmpty(sent.Intersect(report.Keys));
    }

    [Fact]
    public async Task Every_cache_is_told()
    {
        await using var one = await FakeCache.Start();
        await using var other = await FakeCache.Start();
        await using var site = await Site(one, "varnish-xkey").Set("Blog:Purge:Url", $"{one.Url}, {other.Url}").Started();
        foreach (var cache in new[] { one, other }) Assert.Equal(SurrogateKeys.Site, (await cache.Next())["xkey"]);
        var report = await Saved(site, "Other words.");
        foreach (var cache in new[] { one, other }) Assert.Equal(report.Keys, (await cache.Next())["xkey"].Split(' '));
    }

    [Fact]
    public async Task A_call_has_no_more_keys_than_the_cache_takes()
    {
        await using var cache = await FakeCache.Start();
        await using var site = await Site(cache, "varnish-xkey").Set("Blog:Purge:KeysPerCall", "2").Started();
        await cache.Next();
        var report = await Saved(site, "Words.", "tags: [one, two]");
        Assert.InRange(report.Keys.Count, 5, 12);
        var told = new List<string>();
        while (told.Count < report.Keys.Count)
        {
            var keys = (await cache.Next())["xkey"].Split(' ');
            Assert.InRange(keys.Length, 1, 2);
            told.AddRange(keys);
        }

        Assert.Equal(report.Keys, told);
    }

    [Fact]
    public async Task Neither_a_sync_nor_a_page_waits_for_a_cache_and_what_comes_meanwhile_goes_together()
    {
        await using var cache = await FakeCache.Start();
        var answer = new TaskCompletionSource<int>();
        await using var site = await Site(cache, "varnish-xkey").Started();
        await cache.Next();
        cache.Answer = () => answer.Task;
        await Saved(site, "Second.");
        await cache.Next();
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var words in new[] { "Third.", "Fourth." })
        {
            keys.UnionWith((await Saved(site, words)).Keys);
            Assert.Contains(words, await site.Text("/articles/a"), StringComparison.Ordinal);
        }

        keys.UnionWith((await Saved(site, "Fifth.", "tags: [new]")).Keys);
        // Whoever tells the cache hears of a sync a moment after the sync has ended.
        await WatcherTests.Until(async () => (await Health(site)).Waiting == keys.Count);
        Assert.Null(cache.TryNext());
        answer.SetResult(200);
        Assert.Equal(keys, (await cache.Next())["xkey"].Split(' '));
    }

    [Fact]
    public async Task A_cache_that_fails_is_told_again_and_the_health_says_so_meanwhile()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var cache = await FakeCache.Start();
        await using var site = await Site(cache, "varnish-xkey").By(clock).Started();
        await cache.Next();
        await WatcherTests.Until(async () => (await Health(site)).Trouble is null);
        cache.Answer = () => Task.FromResult(503);
        var report = await Saved(site, "Other words.");
        await cache.Next();
        await WatcherTests.Until(async () => (await Health(site)).Trouble is { } trouble && trouble.Contains("503", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, await site.Status("/health/ready"));
        cache.Answer = () => Task.FromResult(200);
        Assert.Equal(report.Keys, (await Soon(cache, clock, TimeSpan.FromSeconds(1)))["xkey"].Split(' '));
        await WatcherTests.Until(async () => (await Health(site)) is { Trouble: null, Waiting: 0 });
    }

    [Fact]
    public async Task What_could_not_be_told_for_long_becomes_everything()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var cache = await FakeCache.Start();
        await using var site = await Site(cache, "varnish-xkey").By(clock).Set("Blog:Purge:GiveUpSeconds", "30").Started();
        await cache.Next();
        cache.Answer = () => Task.FromResult(500);
        var report = await Saved(site, "Other words.");
        Assert.Equal(report.Keys, (await cache.Next())["xkey"].Split(' '));
        Call last;
        var tries = 0;
        do
        {
            last = await Soon(cache, clock, TimeSpan.FromSeconds(5));
            tries++;
        }
        while (last["xkey"] != SurrogateKeys.Site && tries < 20);
        Assert.Equal(SurrogateKeys.Site, last["xkey"]);
    }

    [Fact]
    public async Task What_came_into_the_cache_while_it_was_told_is_let_go_of_a_moment_later()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var cache = await FakeCache.Start();
        await using var site = await Site(cache, "varnish-xkey").By(clock).Started();
        await cache.Next();
        var report = await Saved(site, "Other words.");
        Assert.Equal(report.Keys, (await cache.Next())["xkey"].Split(' '));
        Assert.Equal(report.Keys, (await Soon(cache, clock, TimeSpan.FromSeconds(1)))["xkey"].Split(' '));
    }

    [Fact]
    public async Task A_page_that_is_missing_is_let_go_of_with_every_change()
    {
        await using var cache = await FakeCache.Start();
        await using var site = await Site(cache, "varnish-xkey").Started();
        using var answer = await site.Client.GetAsync(new Uri("/articles/soon", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.NotEmpty((await Saved(site, "Other words.")).Keys.Intersect(answer.Headers.GetValues("Surrogate-Key").Single().Split(' ')));
    }

    [Theory]
    [InlineData("Blog:Purge:Url", "varnish", "no web address")]
    [InlineData("Blog:Purge:Kind", "squid", "varnish-xkey")]
    [InlineData("Blog:Purge:Kind", "fastly", "answers nobody without a secret")]
    [InlineData("Blog:Purge:TokenFile", "/no/such/file", "is not there")]
    [InlineData("Blog:Purge:KeysPerCall", "-1", "Blog__Purge__KeysPerCall")]
    [InlineData("Blog:Purge:GiveUpSeconds", "-1", "Blog__Purge__GiveUpSeconds")]
    [InlineData("Blog:CacheSeconds", "-1", "Blog__CacheSeconds")]
    public void What_makes_no_sense_is_explained_at_the_start(string setting, string value, string message)
    {
        var options = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Blog:Purge:Url"] = "http://127.0.0.1:9/", [setting] = value }).Build().GetSection(BlogOptions.Section).Get<BlogOptions>()!;
        Assert.Contains(new BlogOptionsCheck().Validate(null, options).Failures!, failure => failure.Contains(message, StringComparison.Ordinal));
    }

    // Time stands still, so that nothing is told twice in between.
    private static TestSite Site(FakeCache cache, string kind) =>
        new TestSite().By(new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56))).Set("Blog:Watch", "off").Set("Blog:Purge:Url", cache.Url).Set("Blog:Purge:Kind", kind).Write("articles/a.md", "---\ntitle: A\n---\nWords.\n");

    private static async Task<SyncReport> Saved(TestSite site, string words, string more = "")
    {
        site.Write("articles/a.md", $"---\ntitle: A\n{more}\n---\n{words}\n");
        return await site.Sync();
    }

    private static IEnumerable<string> KeysOf(Call call, string name) =>
        call.Method == "POST" ? JsonDocument.Parse(call.Body).RootElement.GetProperty(name).EnumerateArray().Select(key => key.GetString()!) : call[name].Split(' ');

    /// <summary>The next call, for which time has to pass.</summary>
    private static async Task<Call> Soon(FakeCache cache, FakeTimeProvider clock, TimeSpan step)
    {
        Call? call = null;
        await WatcherTests.Until(() =>
        {
            clock.Advance(step);
            return Task.FromResult((call = cache.TryNext()) is not null);
        });
        return call!;
    }

    private static async Task<(string? Trouble, int Waiting)> Health(TestSite site)
    {
        using var health = JsonDocument.Parse(await site.Text("/health/ready"));
        var cache = health.RootElement.GetProperty("checks").GetProperty("purge").GetProperty("data").GetProperty("caches")[0];
        return (cache.GetProperty("trouble").GetString(), cache.GetProperty("waiting").GetInt32());
    }
}
