using Blog.Catalogue;
using Microsoft.Extensions.DependencyInjection;

namespace Blog.Tests.Catalogue;

/// <summary>Readers of the catalogue keep the terms that pages name, for as long as these are true.</summary>
public sealed class KeptTermsTests
{
    [Fact]
    public async Task A_reader_sees_terms_as_they_are_at_its_moment()
    {
        await using var site = await new TestSite().Write("authors.yml", "ada:\n  name: Ada\n").Write("articles/one.md", "---\ntitle: One\nauthors: [ada]\ntags: [Old]\n---\nText.\n").Set("Blog:PageCacheMegabytes", "0").Started();
        var readers = site.Services.GetRequiredService<CatalogueReaders>();
        var id = Named(readers, ["Ada", "Old"]);

        var before = readers.Rent();
        Assert.Equal(["Ada", "Old"], before.Reader.TermsOf([id])[id].Select(term => term.Name));
        site.Write("authors.yml", "ada:\n  name: Countess\n  avatar: https://example.org/a.png\n");
        await site.Sync();
        // Who began before the sync reads on as it was, and the next one, by the same connection, as it is.
        Assert.Equal(["Ada", "Old"], before.Reader.TermsOf([id])[id].Select(term => term.Name));
        before.Dispose();
        Named(readers, ["Countess", "Old"]);
        Assert.Contains("Countess", await site.Text("/articles/one"), StringComparison.Ordinal);

        site.Write("site.yml", "permalinks:\n  tags: /topics/:slug\n").Write("categories.yml", "old:\n  name: Of old\n");
        await site.Sync();
        Assert.Contains("/topics/old", await site.Text("/articles/one"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_terms_than_are_kept_are_all_found()
    {
        await using var site = new TestSite();
        for (var i = 0; i < 60; i++) site.Write($"articles/a{i:00}.md", $"---\ntitle: Number {i}\ntags: [{string.Join(", ", Enumerable.Range(i * 50, 50).Select(tag => $"tag {tag}"))}]\n---\nText.\n");
        await site.Started();
        var readers = site.Services.GetRequiredService<CatalogueReaders>();
        for (var round = 0; round < 2; round++)
        {
            using var lease = readers.Rent();
            foreach (var article in lease.Reader.Newest(ArticleList.All, 0, 60, DateTimeOffset.UtcNow))
            {
                var first = int.Parse(article.Title.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) * 50;
                Assert.Equal(Enumerable.Range(first, 50).Select(tag => $"tag {tag}"), lease.Reader.TermsOf([article.Id])[article.Id].Select(term => term.Name));
                Assert.All(lease.Reader.TermLinksOf([article.Id], site.Catalogue.State)[article.Id], term => Assert.Equal($"/tags/{term.Name.Replace(' ', '-')}", term.Url));
            }
        }
    }

    private static int Named(CatalogueReaders readers, string[] names)
    {
        using var lease = readers.Rent();
        var id = lease.Reader.Newest(ArticleList.All, 0, 1, DateTimeOffset.UtcNow)[0].Id;
        Assert.Equal(names, lease.Reader.TermsOf([id])[id].Select(term => term.Name));
        return id;
    }
}
