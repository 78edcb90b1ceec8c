using Blog.Catalogue;
using Blog.Content;
using Microsoft.Extensions.DependencyInjection;

namespace Blog.Tests.Catalogue;

/// <summary>Lists show their articles newest first, page by page, and each of them once.</summary>
public sealed class ListOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(100)]
    public async Task Pages_of_a_list_follow_one_another(int perPage)
    {
        await using var site = new TestSite();
        var expected = new List<(DateOnly? Date, string Title, string Path)>();
        for (var i = 0; i < 60; i++)
        {
            // Many of one date, some without any, and titles that are the same.
            DateOnly? date = i % 9 == 0 ? null : new DateOnly(2024, 1 + i % 4, 1);
            var (title, path) = ($"Title {i * 7 % 20:00}", $"articles/a{i:00}.md");
            site.Write(path, $"---\ntitle: {title}\ntags: [shared]\n{(date is null ? "" : $"publishedDate: {date:yyyy-MM-dd}\n")}---\nText.\n");
            expected.Add((date, title, path));
        }

        site.Write("articles/later.md", "---\ntitle: Later\ntags: [shared]\npublishedDate: 2999-01-01\n---\nText.\n").Write("articles/never.md", "---\ntitle: Never\ntags: [shared]\ndraft: true\n---\nText.\n")
            .Write("articles/other.md", "---\ntitle: Other\ntags: [another]\npublishedDate: 2024-02-01\n---\nText.\n");
        await site.Started();
        using var lease = site.Services.GetRequiredService<CatalogueReaders>().Rent();
        var whole = expected.OrderByDescending(article => article.Date).ThenBy(article => article.Title, StringComparer.Ordinal).ThenBy(article => article.Path, StringComparer.Ordinal).Select(article => article.Path).ToList();
        var tag = ArticleList.WithTerm(Taxonomy.Tag, "shared");
        Assert.Equal(whole, Pages(lease.Reader, tag, perPage));
        Assert.Equal(whole, Pages(lease.Reader, tag.Listed(), perPage));
        Assert.Equal(whole, Pages(lease.Reader, ArticleList.InSection("articles"), perPage).Where(path => path != "articles/other.md"));
        Assert.Equal(whole, Pages(lease.Reader, ArticleList.All, perPage).Where(path => path != "articles/other.md"));
    }

    [Theory]
    [InlineData(195, true)]
    [InlineData(205, false)]
    public async Task What_terms_go_together_the_newest_articles_tell(int newer, bool countsOld)
    {
        await using var site = new TestSite();
        for (var i = 0; i < newer; i++) site.Write($"articles/new{i}.md", $"---\ntitle: New {i}\ntags: [common, recent]\npublishedDate: 2024-05-01\n---\nText.\n");
        for (var i = 0; i < 5; i++) site.Write($"articles/old{i}.md", $"---\ntitle: Old {i}\ntags: [common, ancient]\npublishedDate: 2014-05-01\n---\nText.\n");
        await site.Started();
        using var lease = site.Services.GetRequiredService<CatalogueReaders>().Rent();
        var near = lease.Reader.TermsNear(lease.Reader.TermWith(Taxonomy.Tag, "common")!, DateTimeOffset.UtcNow, site.Catalogue.State).Select(term => term.Name);
        Assert.Equal(countsOld ? ["recent", "ancient"] : ["recent"], near);
    }

    private static List<string> Pages(CatalogueReader reader, ArticleList list, int perPage)
    {
        var (paths, now) = (new List<string>(), DateTimeOffset.UtcNow);
        while (reader.Newest(list, paths.Count, perPage, now) is { Count: > 0 } page) paths.AddRange(page.Select(article => article.Path));
        return paths;
    }
}
