using System.Text.Json;
using Blog.Commands;
using NJsonSchema;

namespace Blog.Tests.Commands;

/// <summary>The command that tells editors what is wrong.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("blog-test-").FullName;

    public CheckCommandTests() => Directory.CreateDirectory(Path.Combine(_folder, "articles"));

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task Prints_a_line_a_problem_with_path_line_column_severity_code_message_and_suggestion()
    {
        Write("articles/a.md", "---\ntitle: A\ndescripton: Slip\nauthor: ann\n---\nText [gone](b.md) and [here](#nowhere).\n\n![](no.png)\n\n<Calout>x</Calout>\n");
        var (code, text) = await Check("text");
        Assert.Equal(1, code);
        Assert.Contains("articles/a.md:3:1 warning unknown-key “descripton” is not a key that the site reads. — Did you mean “description”?", text, StringComparison.Ordinal);
        Assert.Contains("articles/a.md:4:9 warning unknown-author", text, StringComparison.Ordinal);
        Assert.Contains("articles/a.md:6:6 error broken-link The link leads to articles/b.md, which is not an article.", text, StringComparison.Ordinal);
        Assert.Contains("articles/a.md:6:23 warning broken-anchor", text, StringComparison.Ordinal);
        Assert.Contains("articles/a.md:8:1 warning missing-alt", text, StringComparison.Ordinal);
        Assert.Contains("articles/a.md:8:1 error missing-file There is no file articles/no.png.", text, StringComparison.Ordinal);
        Assert.Contains("articles/a.md:10:1 warning unknown-component <Calout> is not a component; only what stands between its tags is shown. — Did you mean “Callout”?", text, StringComparison.Ordinal);
        Assert.Contains("1 article checked: 2 errors, 5 warnings, 0 hints.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_all_is_well_and_exits_with_0()
    {
        Write("articles/a.md", "---\ntitle: A\n---\nText\n");
        var (code, text) = await Check("text");
        Assert.Equal(0, code);
        Assert.Equal("1 article checked, no problems.", text.Trim());
    }

    [Fact]
    public async Task Json_holds_the_same()
    {
        Write("articles/a.md", "---\ntitle: A\n---\n[gone](b.md)\n");
        var (_, text) = await Check("json");
        var problem = Assert.Single(JsonDocument.Parse(text).RootElement.GetProperty("problems").EnumerateArray());
        Assert.Equal("articles/a.md", problem.GetProperty("path").GetString());
        Assert.Equal(4, problem.GetProperty("line").GetInt32());
        Assert.Equal("broken-link", problem.GetProperty("code").GetString());
        Assert.Equal("error", problem.GetProperty("severity").GetString());
    }

    [Fact]
    public async Task Sarif_is_valid_by_its_schema()
    {
        Write("articles/a ä%.md", "---\ntitle: A\nx: y\n---\n[gone](b.md) <Nothing />\n");
        var schema = await JsonSchema.FromFileAsync(Repository.Path("tests", "Blog.Tests", "Commands", "sarif-2.1.0-rtm.5.json"));
        var (_, text) = await Check("sarif");
        Assert.Empty(schema.Validate(text));
        Assert.Equal(3, JsonDocument.Parse(text).RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
        Assert.NotEmpty(schema.Validate(text.Replace("\"ruleId\"", "\"ruleIds\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_missing_folder_is_told_apart_from_an_empty_one()
    {
        Assert.Equal(2, await CheckCommand.Run(Path.Combine(_folder, "nowhere"), "text", TextWriter.Null, CancellationToken.None));
        Assert.Equal(0, await CheckCommand.Run(_folder, "text", TextWriter.Null, CancellationToken.None));
    }

    [Fact]
    public async Task The_sample_site_has_no_problems()
    {
        using var output = new StringWriter();
        await CheckCommand.Run(Repository.Path("content"), "text", output, CancellationToken.None);
        Assert.Matches(@"^[1-9]\d+ articles checked, no problems\.$", output.ToString().Trim());
    }

    private void Write(string path, string text) => File.WriteAllText(Path.Combine(_folder, path), text);

    private async Task<(int Code, string Text)> Check(string format)
    {
        using var output = new StringWriter();
        return (await CheckCommand.Run(_folder, format, output, CancellationToken.None), output.ToString());
    }
}
