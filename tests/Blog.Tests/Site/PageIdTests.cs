namespace Blog.Tests.Site;

/// <summary>An article and the page around it share one document: no heading takes an id from the page, or gets another because of it.</summary>
public sealed class PageIdTests
{
    private static readonly string[] Headings = ["Main", "Page main", "Top", "Page top", "Related", "Related title", "Contents", "Contents title", "Series title", "Lessons title", "Theme menu", "Zoom view", "Search", "End"];

    [Fact]
    public async Task Headings_called_like_parts_of_the_page_leave_these_alone()
    {
        var text = string.Concat(Headings.Select(heading => $"## {heading}\n\nSome words on the harbour.\n\n"));
        await using var site = await new TestSite()
            .Write("articles/one.md", $"---\ntitle: One\ndate: 2024-05-01\nseries: Harbours\n---\n{text}")
            .Write("articles/two.md", "---\ntitle: Two\ndate: 2024-05-02\nseries: Harbours\n---\nSome words on the harbour.\n")
            .Started();
        var page = await site.Page("/articles/one");
        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id!).ToList();
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
        Assert.Equal(Headings.Select(heading => heading.ToLowerInvariant().Replace(' ', '-')), page.QuerySelectorAll(".prose [id]").Select(heading => heading.Id!));
        Assert.Equal("main", page.QuerySelector(page.QuerySelector(".skip")!.GetAttribute("href")!)!.LocalName);
        Assert.Equal("body", page.QuerySelector(page.QuerySelector(".to-top")!.GetAttribute("href")!)!.LocalName);
    }
}
