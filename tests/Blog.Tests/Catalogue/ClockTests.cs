using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace Blog.Tests.Catalogue;

/// <summary>Articles appear and leave at their minute, with nobody touching anything.</summary>
public sealed class ClockTests
{
    // 29 March 2026, when Berlin sets its clocks from 02:00 to 03:00; and 25 October, when 02:00 to 03:00 comes twice.
    [Theory]
    [InlineData("2026-03-29 01:59", "2026-03-29T00:59:00Z")]
    [InlineData("2026-03-29 02:30", "2026-03-29T01:30:00Z")]
    [InlineData("2026-03-29 03:00", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25 01:59", "2026-10-24T23:59:00Z")]
    [InlineData("2026-10-25 02:30", "2026-10-25T01:30:00Z")]
    [InlineData("2026-10-25 03:00", "2026-10-25T02:00:00Z")]
    public async Task A_scheduled_article_appears_at_its_minute(string date, string moment)
    {
        var due = DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture);
        var clock = new FakeTimeProvider(due.AddMinutes(-90));
        await using var site = await Site(clock).Write("news/a.md", $"---\ntitle: Due\ndate: {date}\ntags: [timely]\n---\nText\n").Started();
        var version = site.Catalogue.State.Version;
        Assert.DoesNotContain(site.Catalogue.State.Sections, section => section.Name == "news");
        await Advance(clock, due.AddSeconds(-1));
        foreach (var url in new[] { "/news/a", "/tags/timely", "/news" }) Assert.Equal(HttpStatusCode.NotFound, await site.Status(url));
        foreach (var url in new[] { "/", "/feed.xml", "/sitemap.xml", "/archive" }) Assert.DoesNotContain("news/a", await site.Text(url), StringComparison.Ordinal);
        Assert.Equal(version, site.Catalogue.State.Version);

        await Advance(clock, due);
        foreach (var url in new[] { "/news/a", "/tags/timely", "/news" }) Assert.Equal(HttpStatusCode.OK, await site.Status(url));
        foreach (var url in new[] { "/", "/feed.xml", "/sitemap.xml", "/archive" }) Assert.Contains("news/a", await site.Text(url), StringComparison.Ordinal);
        // Caches and replicas know by the version, the desk by the report.
        await WatcherTests.Until(() => Task.FromResult(site.Catalogue.State.Version != version));
        Assert.Contains(site.Catalogue.LastSync!.Files, file => file is { Path: "news/a.md", Change: Blog.Catalogue.FileChange.Published });
        Assert.Contains(site.Catalogue.State.Sections, section => section.Name == "news");
    }

    [Fact]
    public async Task An_article_leaves_at_its_expiry()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 28, 12, 0, 0, TimeSpan.Zero));
        await using var site = await Site(clock).Write("articles/a.md", "---\ntitle: Leaving\ndate: 2026-01-01\nexpiryDate: 2026-03-29 03:00\n---\nText\n").Write("articles/b.md", "---\ntitle: B\ndate: 2026-01-01\n---\nText\n").Started();
        await Advance(clock, new DateTimeOffset(2026, 3, 29, 0, 59, 59, TimeSpan.Zero));
        Assert.Equal(HttpStatusCode.OK, await site.Status("/articles/a"));
        await Advance(clock, new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero));
        Assert.Equal(HttpStatusCode.NotFound, await site.Status("/articles/a"));
        Assert.DoesNotContain("Leaving", await site.Text("/"), StringComparison.Ordinal);
        await WatcherTests.Until(() => Task.FromResult(site.Catalogue.LastSync!.Files.Any(file => file.Change == Blog.Catalogue.FileChange.Expired)));
    }

    private static TestSite Site(TimeProvider clock) => new TestSite().By(clock).Set("Blog:Watch", "off").Write("site.yml", "timeZone: Europe/Berlin\n").Write("articles/old.md", "---\ntitle: Old\ndate: 2020-01-01\n---\nText\n");

    /// <summary>In steps, as time passes.</summary>
    private static async Task Advance(FakeTimeProvider clock, DateTimeOffset to)
    {
        while (clock.GetUtcNow() < to)
        {
            clock.Advance(to - clock.GetUtcNow() < TimeSpan.FromMinutes(10) ? to - clock.GetUtcNow() : TimeSpan.FromMinutes(10));
            await Task.Delay(5);
        }
    }
}
