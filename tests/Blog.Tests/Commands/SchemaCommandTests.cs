using System.Text.Json.Nodes;
using Blog.Commands;
using Blog.Content;
using Blog.Content.Components;
using Blog.Content.FrontMatter;
using Blog.Content.Markdown;
using NJsonSchema;
using YamlDotNet.Serialization;

namespace Blog.Tests.Commands;

/// <summary>The schemas by which editors complete and check what the site reads.</summary>
public sealed class SchemaCommandTests
{
    public static TheoryData<string> Keys() => new(FrontMatterKeys.All.Select(key => key.Name));

    public static TheoryData<string> Synonyms() => new(FrontMatterKeys.All.SelectMany(key => key.Synonyms));

    public static TheoryData<string> Settings() => new(SiteSettingKeys.All.Select(key => key.Name));

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Front_matter_has_the_key_with_its_description(string name) =>
        Assert.Equal(FrontMatterKeys.Find(name)!.Description, (string?)(await Print("front-matter"))["properties"]![name]!["description"]);

    [Theory]
    [MemberData(nameof(Synonyms))]
    public async Task Front_matter_has_the_synonym_but_editors_propose_the_main_name(string synonym)
    {
        var property = (await Print("front-matter"))["properties"]![synonym]!;
        Assert.StartsWith($"Same as {FrontMatterKeys.Find(synonym)!.Name}.", (string?)property["description"], StringComparison.Ordinal);
        Assert.True((bool?)property["doNotSuggest"]);
        Assert.Null(property["deprecationMessage"]);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Site_has_the_setting_with_its_description(string name) =>
        Assert.Equal(SiteSettingKeys.Find(name)!.Description, (string?)(await Print("site"))["properties"]![name]!["description"]);

    [Theory]
    [InlineData("title: Hello\ndate: 3rd of May\ntags: a, b\ndraft: Yes\npart: 2\n")]
    [InlineData("title: 2024\ndescription: true\ntags: [2024, true, { name: Ada }]\nauthors: { name: Ada }\nnoindex: 1\nseriesOrder: \"3\"\n")]
    [InlineData("title:\ndate:\ntags: []\nauthors: ~\ndraft:\nseriesOrder:\ncover: [a.png]\naliases: /old\n")]
    [InlineData("title: { text: Hello }\nimage: { src: a.png, alt: A }\nlast_update: { date: 2024-01-02, author: ann }\npublished: false\nlessons: [a, { source: b }, { title: C, lessons: [d] }]\nstranger: { at: home }\n")]
    public async Task Front_matter_may_be_what_the_site_reads_without_a_warning(string yaml)
    {
        Assert.Empty(Errors(await Schema("front-matter"), yaml));
        Assert.DoesNotContain(ProblemsOf($"---\n{yaml}---\nText"), problem => problem.Code is "wrong-type");
    }

    [Theory]
    [InlineData("draft: perhaps", "draft")]
    [InlineData("seriesOrder: second", "seriesOrder")]
    [InlineData("title: [a, b]", "title")]
    [InlineData("tags: [[a]]", "tags")]
    [InlineData("lastmod: [2024-01-01]", "lastmod")]
    public async Task What_the_site_warns_of_the_schema_does_not_accept(string yaml, string key)
    {
        Assert.Equal([key], Errors(await Schema("front-matter"), yaml));
        Assert.Contains(ProblemsOf($"---\n{yaml}\n---\nText"), problem => problem.Line == 2 && problem.Severity == Severity.Warning);
    }

    [Theory]
    [InlineData("title: A\nbase-url: https://x.example\nnavigation: { About: /about }\nsocial: [https://a.example, { Mastodon: https://b.example }]\nsections: [articles, { section: guides, title: Guides }]\n", "")]
    [InlineData("articlesPerPage: 100\nhtml: sanitized\nsmartPunctuation: false\npermalinks: { articles: /:year/:slug, pages: /:slug/ }\nbaseUrl: HTTPS://blog.example\nlogo:\n", "")]
    [InlineData("articlesPerPage: 101\nhtml: clean\nsmartPunctuation: maybe\npermalinks: { articles: /:year }\nbaseUrl: blog.example\nlanguage: [de]\ntimeZone: 1\nsections: [{ title: A }]\n",
        "articlesPerPage baseUrl html language permalinks sections smartPunctuation timeZone")]
    public async Task Settings_are_accepted_or_not_as_the_site_does(string yaml, string wrong)
    {
        Assert.Equal(wrong.Split(' ', StringSplitOptions.RemoveEmptyEntries), Errors(await Schema("site"), yaml));
        var problems = new ProblemList("site.yml");
        SiteSettings.Read(yaml, problems);
        Assert.Equal(wrong.Length > 0, problems.Sorted().Any(problem => problem.Code == "bad-setting"));
    }

    [Fact]
    public async Task The_sample_site_is_valid()
    {
        Assert.Empty(Errors(await Schema("site"), await File.ReadAllTextAsync(Repository.Path("content", "site.yml"))));
        Assert.NotEqual(0, await CheckFolder(Repository.Path("content")));
    }

    [SkippableTheory]
    [InlineData("guides")]
    [InlineData("docusaurus")]
    [InlineData("eleventy")]
    [InlineData("hexo")]
    [InlineData("hugo")]
    [InlineData("jekyll")]
    [InlineData("next")]
    public async Task Of_real_articles_it_complains_only_where_the_site_does(string corpus) => Assert.NotEqual(0, await CheckFolder(SharedFolder.Path($"corpus/{corpus}")));

    [Fact]
    public async Task Writes_a_file_and_its_folder_or_says_why_not()
    {
        var folder = Directory.CreateTempSubdirectory("blog-test-").FullName;
        var file = Path.Combine(folder, ".vscode", "site.schema.json");
        Assert.Equal(0, await SchemaCommand.Run("site", file, TextWriter.Null, TextWriter.Null));
        Assert.Equal(0, await SchemaCommand.Run("site", file, TextWriter.Null, TextWriter.Null));
        Assert.NotNull(JsonNode.Parse(await File.ReadAllTextAsync(file)));

        using var errors = new StringWriter();
        Assert.Equal(1, await SchemaCommand.Run("site", Path.Combine(file, "below"), TextWriter.Null, errors));
        Assert.Contains("can't be written", errors.ToString(), StringComparison.Ordinal);
        Directory.Delete(folder, true);
    }

    /// <summary>Checks that of each article only such lines break the schema as the site has a problem with. Returns how many were looked at.</summary>
    private static async Task<int> CheckFolder(string root)
    {
        var (schema, count) = (await Schema("front-matter"), 0);
        var folder = new ContentFolder(root);
        foreach (var found in folder.Find().Files.Where(file => file.Kind is ContentKind.Article or ContentKind.Page))
        {
            var file = folder.Read(found);
            var problems = new ProblemList(file.Path);
            var block = FrontMatterBlock.Read(file.Text, problems);
            // What is no YAML is no matter for a schema.
            if (!block.IsPresent || problems.Count > 0 || file.Text.StartsWith("+++", StringComparison.Ordinal)) continue;
            count++;
            var lines = ProblemsOf(file.Text).Select(problem => problem.Line).ToHashSet();
            foreach (var key in Errors(schema, string.Join('\n', file.Text.Split('\n').Skip(1).Take(block.BodyLine - 3))))
                Assert.True(block.Entries.Any(entry => entry.Key == key && lines.Contains(entry.Value.Line)), $"{file.Path}: {key}");
        }

        return count;
    }

    private static IReadOnlyList<Problem> ProblemsOf(string text) =>
        ArticleReader.Read(new SourceFile("articles/a.md", text, new string('0', 64), []), ContentKind.Article, RenderingRules.From(new SiteSettings(), new ComponentList([]))).Problems;

    private static async Task<JsonSchema> Schema(string of) => await JsonSchema.FromJsonAsync((await Print(of)).ToJsonString());

    private static async Task<JsonNode> Print(string of)
    {
        using var output = new StringWriter();
        Assert.Equal(0, await SchemaCommand.Run(of, null, output, TextWriter.Null));
        return JsonNode.Parse(output.ToString())!;
    }

    /// <summary>The top-level keys whose values break the schema, in order.</summary>
    private static List<string> Errors(JsonSchema schema, string yaml)
    {
        var value = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object?>(yaml) ?? new Dictionary<object, object>();
        var json = new SerializerBuilder().JsonCompatible().Build().Serialize(value);
        return schema.Validate(json).Select(error => error.Path!.TrimStart('#', '/').Split('.', '[')[0]).Distinct().Order(StringComparer.Ordinal).ToList();
    }
}
