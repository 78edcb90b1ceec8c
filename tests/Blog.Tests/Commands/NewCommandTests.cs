using System.Net;
using Blog.Commands;
using Blog.Content;
using Blog.Content.FrontMatter;

namespace Blog.Tests.Commands;

/// <summary>The command that begins an article.</summary>
public sealed class NewCommandTests : IDisposable
{
    private readonly TestSite _site = new TestSite()
        .Write("site.yml", "timeZone: Europe/Berlin\n")
        .Write("authors.yml", "ada-marsh: { name: Ada Marsh }\n")
        .Write("categories.yml", "writing: { name: Writing }\n")
        .Write("articles/2026/first.md", "---\ntitle: First\naliases: [/articles/zeroth]\n---\nText\n")
        .Write("articles/2026/second.md", "---\ntitle: Second\nslug: other\n---\nText\n")
        .Write("articles/third/index.md", "---\ntitle: Third\n---\nText\n")
        .Write("pages/about.md", "---\ntitle: About\n---\nText\n");

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Writes_a_draft_that_check_has_nothing_to_say_about()
    {
        var (code, path, remarks) = await New(new NewArticle("Hello, world") { Authors = ["Ada Marsh"], Categories = ["writing"], Tags = ["a", "C#"] });
        Assert.Equal((0, "articles/hello-world.md"), (code, path));
        Assert.Equal("It is a draft. Take out the line “draft: true”, and readers see it at /articles/hello-world.", remarks);
        Assert.Equal("""
            ---
            title: "Hello, world"
            description: # One or two sentences for lists, search engines and feeds.
            publishedDate: 2026-07-01T12:30:00+02:00
            authors: [ada-marsh]
            categories: [writing]
            tags: [a, "C#"]
            draft: true # Take this line out to publish.
            ---


            """.ReplaceLineEndings("\n"), Read(path));
        await _site.Started();
        Assert.Empty(await _site.Problems());
        Assert.Equal(HttpStatusCode.NotFound, await _site.Status("/articles/hello-world"));
        _site.Write(path, Read(path).Replace("draft: true # Take this line out to publish.\n", "", StringComparison.Ordinal) + "The text.\n");
        await _site.Sync();
        Assert.Equal("Hello, world", (await _site.Page("/articles/hello-world")).QuerySelector("h1")!.TextContent.Trim());
        Assert.Empty(await _site.Problems());
    }

    [Fact]
    public async Task From_the_command_line_it_is_served_at_once_when_asked()
    {
        await _site.Started();
        Assert.Equal(0, await CommandList.Run(["new", "@ada:", "a", "bundle", "--bundle", "--publish", "--section", "guides", "--tags", "x,y", "--content", _site.ContentPath], _ => throw new InvalidOperationException("It serves.")));
        Assert.True(File.Exists(Path.Combine(_site.ContentPath, "guides", "ada-a-bundle", "index.md")));
        await _site.Sync();
        Assert.Equal("@ada: a bundle", (await _site.Page("/guides/ada-a-bundle")).QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal(HttpStatusCode.OK, await _site.Status("/tags/y"));
    }

    [Theory]
    [InlineData("First", false, "articles/2026/first.md has that name or address")]
    [InlineData("Zeroth", false, "articles/2026/first.md has that name or address")]
    [InlineData("Second", true, "articles/2026/second.md has that name or address")]
    [InlineData("Other", false, "articles/2026/second.md has that name or address")]
    [InlineData("Third", false, "articles/third/index.md has that name or address")]
    [InlineData("Third", true, "it is there already")]
    [InlineData("2026", true, "articles/2026/first.md would become a part of it")]
    public async Task Refuses_what_is_there_already(string title, bool isBundle, string why)
    {
        var before = Files();
        var (code, path, remarks) = await New(new NewArticle(title) { IsBundle = isBundle });
        Assert.Equal((1, ""), (code, path));
        Assert.Contains($" is not written: {why}. Give the new article another title, or another name with --slug NAME.", remarks, StringComparison.Ordinal);
        Assert.Equal(before, Files());
        Assert.Equal(0, (await New(new NewArticle(title) { IsBundle = isBundle, Slug = "free" })).Code);
    }

    [Fact]
    public async Task Of_those_who_write_the_same_at_once_one_succeeds()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => New(new NewArticle("Race") { Tags = [$"t{i}"] }))));
        Assert.Single(runs, run => run.Code == 0);
        Assert.Equal(7, runs.Count(run => run.Code == 1 && run.Remarks.Contains("it is there already", StringComparison.Ordinal)));
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(_site.ContentPath, "articles")), file => Path.GetFileName(file).StartsWith('.'));
    }

    [Theory]
    [InlineData("北京的春天：第一章", "articles/北京的春天-第一章.md")]
    [InlineData("مرحبا بالعالم", "articles/مرحبا-بالعالم.md")]
    [InlineData("🎉🎊", "articles/article-2026-07-01.md")]
    [InlineData("— !", "articles/article-2026-07-01.md")]
    [InlineData("2024-05-31 Fog", "articles/article-2024-05-31-fog.md")]
    [InlineData("Index", "articles/article-index.md")]
    [InlineData("Say \"hi\": it's # 1 \\ [x] {y} & *z* | %", "articles/say-hi-its-1-x-y-and-z.md")]
    [InlineData("- true", "articles/true.md")]
    [InlineData("null", "articles/null.md")]
    [InlineData("--- {{ x }}", "articles/x.md")]
    [InlineData("a\u0007b\nc\td\u202Ee\u0085f", "articles/a-b-c-d-e-f.md")]
    [InlineData("README", "articles/readme.md")]
    [InlineData("<script>alert(1)</script>", "articles/script-alert-1-script.md")]
    public async Task Titles_of_any_kind_are_read_as_they_were_written(string title, string path)
    {
        var written = await New(new NewArticle(NewArticle.Clean(title)));
        Assert.Equal((0, path), (written.Code, written.Path));
        var problems = new ProblemList(path);
        Assert.Equal(NewArticle.Clean(title), FrontMatterBlock.Read(Read(path), problems).Entries[0].Value.Text);
        await _site.Started();
        Assert.Empty(await _site.Problems());
    }

    [Fact]
    public async Task Long_titles_are_cut_and_their_files_have_names_that_a_disk_takes()
    {
        var (code, path, remarks) = await New(new NewArticle(new string('長', 400)));
        Assert.Equal(0, code);
        Assert.StartsWith("The title has 400 characters; it is cut after 300.", remarks, StringComparison.Ordinal);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(Path.GetFileName(path)), 100, 255);
        Assert.Equal("articles/word-word", (await New(new NewArticle(string.Join(' ', Enumerable.Repeat("word", 50))))).Path[..18]);
        await _site.Started();
        Assert.Empty(await _site.Problems());
    }

    [Fact]
    public async Task Warns_of_unknown_authors_and_categories_as_check_does()
    {
        var (code, path, remarks) = await New(new NewArticle("Hello") { Authors = ["ada-mash"], Categories = ["gardens"] });
        Assert.Equal(0, code);
        await _site.Started();
        var problems = (await _site.Problems()).Where(problem => problem.Path == path).Select(problem => problem.ToString()).ToList();
        Assert.Equal(problems, remarks.Split('\n')[..2]);
        Assert.EndsWith("Did you mean “ada-marsh”?", problems[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tags")]
    [InlineData("search")]
    [InlineData("static")]
    [InlineData("components")]
    [InlineData("../out")]
    [InlineData("!")]
    public async Task Refuses_sections_that_can_be_none(string section)
    {
        var (code, _, remarks) = await New(new NewArticle("Hello") { Section = section });
        Assert.Equal(2, code);
        Assert.Equal($"“{section}” can't be a section. Give the name of a folder in the content folder, such as articles.", remarks);
    }

    [Fact]
    public async Task Pages_and_sections_have_addresses_that_are_theirs()
    {
        Assert.Equal(1, (await New(new NewArticle("About") { Section = "pages" })).Code);
        Assert.Contains("/search belongs to the site itself", (await New(new NewArticle("Search") { Section = "pages" })).Remarks, StringComparison.Ordinal);
        Assert.Contains("/articles belongs to the site itself", (await New(new NewArticle("Articles") { Section = "pages" })).Remarks, StringComparison.Ordinal);
        Assert.Equal("pages/contact.md", (await New(new NewArticle("Contact") { Section = "pages" })).Path);
        Assert.StartsWith("“article” is a new section. Did you mean “articles”?", (await New(new NewArticle("Hello") { Section = "article" })).Remarks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uses_the_folder_that_the_section_has()
    {
        using var site = new TestSite().Write("_posts/2024-05-31-old.md", "---\ntitle: Old\n---\nText\n");
        Assert.Equal("_posts/hello.md", (await New(new NewArticle("Hello"), site.ContentPath)).Path);
    }

    [Fact]
    public async Task Without_a_folder_or_a_title_it_writes_nothing()
    {
        var (code, _, remarks) = await New(new NewArticle("Hello"), Path.Combine(_site.ContentPath, "nowhere"));
        Assert.Equal(2, code);
        Assert.Contains("does not exist. Give the folder with your articles as --content DIR.", remarks, StringComparison.Ordinal);
        Assert.Equal(2, (await New(new NewArticle(NewArticle.Clean(" \u0007\u202E ")))).Code);
        Assert.Equal(2, await CommandList.Run(["new"], _ => throw new InvalidOperationException("It serves.")));
    }

    [Fact]
    public async Task Says_when_it_can_not_write()
    {
        _site.Write("notes", "A file where the folder should be.");
        var (code, _, remarks) = await New(new NewArticle("Hello") { Section = "notes" });
        Assert.Equal(1, code);
        Assert.StartsWith("notes/hello.md can't be written: ", remarks, StringComparison.Ordinal);
    }

    private Task<(int Code, string Path, string Remarks)> New(NewArticle article) => New(article, _site.ContentPath);

    private static async Task<(int Code, string Path, string Remarks)> New(NewArticle article, string content)
    {
        using var output = new StringWriter();
        using var remarks = new StringWriter();
        var code = await NewCommand.Run(article, content, new Noon(), output, remarks);
        var path = output.ToString().Trim();
        return (code, path.Length == 0 ? "" : Path.GetRelativePath(content, path), remarks.ToString().ReplaceLineEndings("\n").Trim());
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(_site.ContentPath, path));

    private List<string> Files() => Directory.GetFiles(_site.ContentPath, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();

    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 7, 1, 10, 30, 0, TimeSpan.Zero);
    }
}
