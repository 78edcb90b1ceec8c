namespace Blog.Tests.Site;

/// <summary>Courses: a folder whose index lists its lessons.</summary>
public sealed class CourseTests
{
    private const string Index = "---\ntitle: APIs in an hour\ndescription: A short course\nauthors: [ann]\nmodules:\n    - source: index\nlessons:\n    - source: intro\n    - source: second.md\n    - source: gone\nvideoId: abc_DEF-123\n---\nWelcome.\n";

    private static TestSite Course() => new TestSite()
        .Write("courses/config.json", "{\n\t\"siteName\": \"Our courses\",\n\t\"description\": \"All of them\"\n}")
        .Write("courses/posts/apis/index.md", Index)
        .Write("courses/posts/apis/intro.md", "---\ntitle: Intro\n---\nHello\n")
        .Write("courses/posts/apis/second.md", "---\ntitle: Second\n---\nHello\n")
        .Write("courses/posts/apis/b-unlisted.md", "---\ntitle: Unlisted\n---\nHello\n")
        .Write("courses/posts/apis/a-extra.md", "---\ntitle: Extra\nslug: bonus\n---\nHello\n");

    [Fact]
    public async Task The_course_page_lists_its_lessons_in_order_and_the_others_by_name()
    {
        await using var site = await Course().Started();
        var page = await site.Page("/courses/apis");
        Assert.Equal(["/courses/apis/intro", "/courses/apis/second", "/courses/apis/bonus", "/courses/apis/b-unlisted"], page.QuerySelectorAll(".lessons a").Select(link => link.GetAttribute("href")));
        Assert.Equal("https://www.youtube.com/watch?v=abc_DEF-123", page.QuerySelector(".embed a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_lesson_leads_to_the_one_before_and_after_and_shows_how_far_the_reader_is()
    {
        await using var site = await Course().Started();
        var page = await site.Page("/courses/apis/second");
        Assert.Equal("/courses/apis/intro", page.QuerySelector("a[rel=prev]")!.GetAttribute("href"));
        Assert.Equal("/courses/apis/bonus", page.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.Contains("Part 2 of 4", page.QuerySelector(".kicker")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("page", page.QuerySelector(".lessons a[href='/courses/apis/second']")!.GetAttribute("aria-current"));
    }

    [Fact]
    public async Task The_section_lists_courses_and_not_lessons()
    {
        await using var site = await Course().Started();
        var page = await site.Page("/courses");
        Assert.Equal("Our courses", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["/courses/apis"], page.QuerySelectorAll(".card-title a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task A_lesson_that_is_listed_and_missing_is_reported_where_it_is_listed()
    {
        await using var site = await Course().Started();
        var problem = Assert.Single(await site.Problems(), problem => problem.Code == "missing-lesson");
        Assert.Equal(("courses/posts/apis/index.md", 10), (problem.Path, problem.Line));
    }

    [Fact]
    public async Task A_lesson_added_later_takes_its_place()
    {
        await using var site = await Course().Started();
        site.Write("courses/posts/apis/gone.md", "---\ntitle: Found again\n---\nHello\n");
        await site.Sync();
        var page = await site.Page("/courses/apis/gone");
        Assert.Contains("Part 3 of 5", page.QuerySelector(".kicker")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(await site.Problems(), problem => problem.Code == "missing-lesson");
    }

    [Fact]
    public async Task Threads_with_written_dates_and_one_author_are_articles()
    {
        await using var site = await new TestSite()
            .Write("threads/posts/rest/post.md", "---\ntitle: 'REST in short'\ndate: \"Mar 24 2022\"\nid: '1465669880875728897'\nauthor: \"pratham\"\n---\n\n## REST in short\n\n<Tweet>\n\nOne.\n\n</Tweet>\n\n<Tweet>\n\nTwo:\n\n```js\nlet a = 1;\n```\n\n</Tweet>\n")
            .Write("threads/comics/rest/post.md", "---\ntitle: A comic\ndate: 'Mar 11 2022'\nauthor: emina\n---\n<Tweet>\n\nOne.\n\n</Tweet>\n")
            .Started();
        var page = await site.Page("/threads/rest");
        Assert.Equal("REST in short", Assert.Single(page.QuerySelectorAll("h1")).TextContent);
        Assert.Empty(page.QuerySelectorAll(".prose h2"));
        Assert.Equal(2, page.QuerySelectorAll("blockquote.tweet").Length);
        Assert.StartsWith("2022-03-24", page.QuerySelector("time.published")!.GetAttribute("datetime"), StringComparison.Ordinal);
        Assert.Contains((await site.Page("/authors/pratham")).QuerySelectorAll(".card-title a"), link => link.GetAttribute("href") == "/threads/rest");
        Assert.Equal("A comic", (await site.Page("/threads/comics/rest")).QuerySelector("h1")!.TextContent);
        Assert.Contains(await site.Problems(), problem => problem is { Code: "duplicate-slug", Path: "threads/comics/rest/post.md" });
    }
}
