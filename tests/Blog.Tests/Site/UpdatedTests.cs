using Blog.Tests.Catalogue;

namespace Blog.Tests.Site;

/// <summary>What readers are told of an article's last change.</summary>
public sealed class UpdatedTests
{
    private const string Article = "---\ntitle: A\npublishedDate: 2020-01-01\n---\nText\n";

    [Fact]
    public async Task The_time_of_a_file_is_told_to_programs_and_not_to_readers_since_a_copy_is_no_update()
    {
        await using var site = await new TestSite().Write("articles/a.md", Article).Started();
        File.SetLastWriteTimeUtc(Path.Combine(site.ContentPath, "articles/a.md"), new DateTime(2021, 5, 6, 7, 8, 9, DateTimeKind.Utc));
        await site.Sync();
        var page = await site.Page("/articles/a");
        Assert.Null(page.QuerySelector(".updated"));
        Assert.StartsWith("2021-05-06T07:08:09", page.QuerySelector("meta[property='article:modified_time']")?.GetAttribute("content"), StringComparison.Ordinal);
        Assert.Contains("2021-05-06", await site.Text("/sitemap.xml"), StringComparison.Ordinal);
        Assert.Contains("2021-05-06", await site.Text("/atom.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_in_the_front_matter_is_told_to_readers_when_it_is_of_a_later_day()
    {
        await using var site = await new TestSite()
            .Write("articles/later.md", Article.Replace("---\nText", "lastModifiedDate: 2020-02-03\n---\nText", StringComparison.Ordinal))
            .Write("articles/same.md", Article.Replace("---\nText", "lastModifiedDate: 2020-01-01T18:00:00Z\n---\nText", StringComparison.Ordinal)).Started();
        Assert.StartsWith("2020-02-03", (await site.Page("/articles/later")).QuerySelector(".updated time")?.GetAttribute("datetime"), StringComparison.Ordinal);
        Assert.Null((await site.Page("/articles/same")).QuerySelector(".updated"));
    }

    [SkippableFact]
    public async Task So_is_the_date_of_the_last_commit()
    {
        using var repository = new GitRepository();
        repository.Write("articles/a.md", Article).Commit(new DateTimeOffset(2020, 3, 4, 5, 6, 7, TimeSpan.Zero).ToUnixTimeSeconds());
        await using var site = await new TestSite().On(repository.Root).Started();
        await WatcherTests.Until(async () => (await site.Page("/articles/a")).QuerySelector(".updated time")?.GetAttribute("datetime")?.StartsWith("2020-03-04", StringComparison.Ordinal) == true);
    }
}
