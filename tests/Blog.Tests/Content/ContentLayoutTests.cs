using Blog.Content;

namespace Blog.Tests.Content;

/// <summary>What the place and name of a file say.</summary>
public sealed class ContentLayoutTests
{
    [Theory]
    [InlineData("hello.md", ContentKind.Article)]
    [InlineData("articles/hello.md", ContentKind.Article)]
    [InlineData("articles/hello/index.md", ContentKind.Article)]
    [InlineData("guides/posts/hello/post.mdx", ContentKind.Article)]
    [InlineData("Articles/Hello.MARKDOWN", ContentKind.Article)]
    [InlineData("pages/about.md", ContentKind.Page)]
    [InlineData("index.md", ContentKind.Page)]
    [InlineData("guides/index.md", ContentKind.SectionIndex)]
    [InlineData("guides/posts/_index.md", ContentKind.SectionIndex)]
    [InlineData("guides/sub/_index.md", ContentKind.Other)]
    [InlineData("guides/config.json", ContentKind.SectionSettings)]
    [InlineData("site.yml", ContentKind.Settings)]
    [InlineData("site.yaml", ContentKind.Settings)]
    [InlineData("authors.yml", ContentKind.TermData)]
    [InlineData("authors/data.json", ContentKind.TermData)]
    [InlineData("authors/ada.md", ContentKind.TermProfile)]
    [InlineData("tags/css.md", ContentKind.TermProfile)]
    [InlineData("authors/README.md", ContentKind.Other)]
    [InlineData("authors/ada.png", ContentKind.Asset)]
    [InlineData("components/Box.liquid", ContentKind.Component)]
    [InlineData("components/sub/Box.liquid", ContentKind.Other)]
    [InlineData("static/robots.txt", ContentKind.Static)]
    [InlineData("static/a.md", ContentKind.Static)]
    [InlineData("articles/cat.PNG", ContentKind.Asset)]
    [InlineData("articles/tool.exe", ContentKind.Other)]
    [InlineData("cat.png", ContentKind.Other)]
    public void A_file_is_of_the_kind_that_its_place_says(string path, ContentKind kind) => Assert.Equal(kind, ContentLayout.KindOf(path));

    [Theory]
    [InlineData("hello.md", "articles")]
    [InlineData("_posts/hello.md", "articles")]
    [InlineData("content/blog/hello.md", "articles")]
    [InlineData("guides/hello.md", "guides")]
    [InlineData("My Guides/hello.md", "my-guides")]
    [InlineData("日本/hello.md", "日本")]
    public void The_section_is_the_top_folder(string path, string section) => Assert.Equal(section, ContentLayout.SectionOf(path));

    [Theory]
    [InlineData("articles/hello.md", "hello")]
    [InlineData("articles/hello/index.md", "hello")]
    [InlineData("articles/hello/post.md", "hello")]
    [InlineData("guides/index.md", "index")]
    [InlineData("articles/2024-05-01-hello.md", "hello")]
    [InlineData("articles/2024-05-01_hello.md", "hello")]
    [InlineData("articles/2024-05-01 hello.md", "hello")]
    [InlineData("articles/2024-05-01-hello/index.md", "hello")]
    [InlineData("articles/2024-05-01.md", "2024-05-01")]
    [InlineData("articles/2024-hello.md", "2024-hello")]
    public void The_name_is_that_of_the_file_or_its_folder_without_a_date(string path, string name) => Assert.Equal(name, ContentLayout.NameOf(path));

    [Theory]
    [InlineData("articles/2024-05-01-hello.md", null, "2024-05-01")]
    [InlineData("articles/2024-05-01-hello/index.md", null, "2024-05-01")]
    [InlineData("articles/2024-05-01.md", null, "2024-05-01")]
    [InlineData("articles/2024/05/01/hello.md", null, "2024-05-01")]
    [InlineData("articles/hello.md", "/2024/05/01/hello", "2024-05-01")]
    [InlineData("articles/2024/05/hello.md", null, null)]
    [InlineData("articles/hello-2024-05-01.md", null, null)]
    [InlineData("articles/2024-05-012.md", null, null)]
    public void The_date_is_that_of_the_name_the_folders_or_the_address(string path, string? permalink, string? date) => Assert.Equal(date, ContentLayout.DateOf(path, permalink));

    [Theory]
    [InlineData("guides/hello.md", "")]
    [InlineData("guides/posts/hello/index.md", "")]
    [InlineData("guides/course/lesson.md", "course")]
    [InlineData("guides/course/index.md", "")]
    [InlineData("guides/My Course/Part 1/lesson.md", "my-course/part-1")]
    public void Folders_between_section_and_article_tell_articles_apart(string path, string folders) => Assert.Equal(folders, string.Join('/', ContentLayout.FoldersOf(path)));

    [Theory]
    [InlineData("guides/course/lesson.md", "guides/course/index.md")]
    [InlineData("courses/posts/learn/one.md", "courses/posts/learn/index.md")]
    [InlineData("guides/lesson.md", null)]
    [InlineData("guides/posts/lesson.md", null)]
    [InlineData("guides/course/index.md", null)]
    public void A_lesson_belongs_to_the_bundle_of_its_folder(string path, string? parent) => Assert.Equal(parent, ContentLayout.ParentsOf(path).FirstOrDefault());

    [Theory]
    [InlineData(".git", true)]
    [InlineData("hello.md~", true)]
    [InlineData("#hello.md#", true)]
    [InlineData(".hello.md.swp", true)]
    [InlineData("node_modules", true)]
    [InlineData("hello.md", false)]
    public void What_editors_and_tools_leave_behind_is_ignored(string name, bool isIgnored) => Assert.Equal(isIgnored, ContentLayout.IsIgnored(name));

    [Theory]
    [InlineData("_drafts/idea.md", true)]
    [InlineData("source/_drafts/idea.md", true)]
    [InlineData("articles/drafts/idea.md", false)]
    public void A_drafts_folder_holds_drafts(string path, bool isDraft) => Assert.Equal(isDraft, ContentLayout.IsDraft(path));
}
