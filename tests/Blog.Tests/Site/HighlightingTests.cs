using Blog.Content.Code;
using Blog.Site.Highlighting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Blog.Tests.Site;

/// <summary>Code is coloured when it is shown: from what is kept, within a budget, and never at the cost of the page.</summary>
public sealed class HighlightingTests : IDisposable
{
    private const string Code = "public class Tide\n{\n    // How <high> & \"low\"\n    public int Height => 3;\n}\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _data = Directory.CreateTempSubdirectory("blog-test-").FullName;

    public static TheoryData<string> Grammars => new(CodeLanguages.All.Where(language => language.Grammar is not null).Select(language => language.Grammar!).Distinct());

    public void Dispose() => Directory.Delete(_data, true);

    [Fact]
    public async Task Code_is_coloured_before_anybody_asks_for_it_and_says_the_same()
    {
        await using var site = await Site().Write("articles/a.md", $"---\ntitle: A\n---\n```cs {{2}}\n{Code}```\n").Started();
        await Kept(site, "/articles/a");
        var code = (await site.Page("/articles/a")).QuerySelector("pre code")!;
        Assert.Equal(Code, code.TextContent);
        Assert.Equal("// How <high> & \"low\"", code.QuerySelector(".c")!.TextContent);
        Assert.Equal(["public", "class", "public"], code.QuerySelectorAll(".k").Select(word => word.TextContent));
        Assert.Equal("{", code.QuerySelector("mark.line")!.TextContent);
    }

    [Fact]
    public async Task What_is_saved_is_coloured_too()
    {
        await using var site = await Site().Write("articles/a.md", "---\ntitle: A\n---\nText\n").Started();
        site.Write("articles/a.md", $"---\ntitle: A\n---\n```cs\n{Code}```\n");
        await site.Sync();
        await Kept(site, "/articles/a");
        Assert.NotEmpty((await site.Page("/articles/a")).QuerySelectorAll("pre .k"));
    }

    [Fact]
    public async Task What_was_coloured_is_there_at_once_after_a_restart()
    {
        string first;
        await using (var site = await Site().Write("articles/a.md", $"---\ntitle: A\n---\n```cs\n{Code}```\n").Started())
        {
            await Kept(site, "/articles/a");
            first = (await site.Page("/articles/a")).QuerySelector("pre")!.OuterHtml;
        }

        // Nothing colours here: what is shown was kept.
        using (var store = new HighlightStore(_data, NullLogger.Instance))
        {
            var block = Assert.Single(CodeBlocks.In($"<code class=\"language-cs\">{System.Net.WebUtility.HtmlEncode(Code)}</code>"));
            var runs = Assert.Single(store.Find([block.Key])).Value;
            Assert.Contains(runs, run => run.Kind == TokenKind.Comment);
        }

        await using var again = await Site().Write("articles/a.md", $"---\ntitle: A\n---\n```cs\n{Code}```\n").Started();
        Assert.Equal(first, (await again.Page("/articles/a")).QuerySelector("pre")!.OuterHtml);
    }

    [Theory]
    [InlineData("no database at all, but a text that somebody left here, longer than a header is")]
    [InlineData("")]
    public async Task A_store_that_is_damaged_is_made_anew(string bytes)
    {
        await File.WriteAllTextAsync(Path.Combine(_data, $"highlights-{HighlightEngine.Version}.db"), bytes);
        await using var site = await Site().Write("articles/a.md", $"---\ntitle: A\n---\n```cs\n{Code}```\n").Started();
        await Kept(site, "/articles/a");
    }

    [Fact]
    public async Task Without_a_place_to_keep_them_colours_are_kept_in_memory()
    {
        Directory.CreateDirectory(Path.Combine(_data, $"highlights-{HighlightEngine.Version}.db"));
        await using var site = await Site().Write("articles/a.md", $"---\ntitle: A\n---\n```cs\n{Code}```\n").Started();
        await Kept(site, "/articles/a");
    }

    [Fact]
    public void What_the_store_could_not_write_is_kept_in_memory()
    {
        using var store = new HighlightStore(_data, NullLogger.Instance);
        byte[] key = [1, 2, 3, 4];
        Assert.Empty(store.Find([key]));
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_data, $"highlights-{HighlightEngine.Version}.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE Highlights";
            command.ExecuteNonQuery();
        }

        store.Add([(key, [new TokenRun(TokenKind.Keyword, 3)])]);
        Assert.Equal([new TokenRun(TokenKind.Keyword, 3)], Assert.Single(store.Find([key])).Value);
    }

    /// <summary>A machine that stands still for a second makes a regular expression run out of its time. The next try has it.</summary>
    [Fact]
    public async Task Code_that_ran_out_of_time_is_tried_again()
    {
        var tries = 0;
        await using var site = await Site().Write("articles/a.md", $"---\ntitle: A\n---\n```cs\n{Code}```\n").With(services => services.AddSingleton(provider =>
            new CodeHighlighter(provider.GetRequiredService<HighlightStore>(), provider.GetRequiredService<CodeToHighlight>(), NullLogger<CodeHighlighter>.Instance)
            {
                Colour = (engine, block) => ++tries < 2 ? throw new System.Text.RegularExpressions.RegexMatchTimeoutException() : engine.Tokens(block.Grammar, block.Text),
            })).Started();
        await Kept(site, "/articles/a");
        Assert.NotEmpty((await site.Page("/articles/a")).QuerySelectorAll("pre .k"));
    }

    [Fact]
    public async Task A_store_of_another_version_goes()
    {
        var old = Path.Combine(_data, "highlights-1.0.0-1.db");
        await File.WriteAllTextAsync(old, "old");
        await using var site = await Site().Write("articles/a.md", $"---\ntitle: A\n---\n```cs\n{Code}```\n").Started();
        await Kept(site, "/articles/a");
        Assert.False(File.Exists(old));
    }

    [Fact]
    public async Task What_is_too_long_or_too_much_stays_plain_and_keeps_nobody_waiting()
    {
        var bombs = new Dictionary<string, string>
        {
            ["long"] = $"```js\n{string.Concat(Enumerable.Repeat("const tide = 1;\n", 50_000))}```\n",
            ["lines"] = $"```py showLineNumbers\n{string.Concat(Enumerable.Repeat("x\n", 40_000))}```\n",
            ["line"] = $"```json\n{new string('[', 150_000)}\n```\n",
            ["nested"] = $"```js\n{string.Concat(Enumerable.Repeat("${`", 5_000))}\n```\n",
            ["regex"] = $"```md\n{string.Concat(Enumerable.Repeat("*_**", 8_000))}\n```\n",
            ["spaces"] = $"```swift\n{string.Concat(Enumerable.Repeat(" a  ", 12_000))}\n```\n",
        };
        await using var site = Site().Write("articles/good.md", $"---\ntitle: Good\n---\n```cs\n{Code}```\n");
        foreach (var (name, text) in bombs) site.Write($"articles/{name}.md", $"---\ntitle: {name}\n---\n{text}\nThe end.\n");
        await site.Started();
        foreach (var name in bombs.Keys) Assert.EndsWith("The end.", (await site.Page($"/articles/{name}")).QuerySelector(".prose")!.TextContent.TrimEnd(), StringComparison.Ordinal);
        await Kept(site, "/articles/good");
        Assert.Empty((await site.Page("/articles/long")).QuerySelectorAll("pre span"));
        Assert.Contains(await site.Problems(), problem => problem is { Path: "articles/lines.md", Code: "code-too-long" });
    }

    [Fact]
    public async Task A_language_that_nobody_knows_is_reported_and_plain()
    {
        await using var site = await Site().Write("articles/a.md", "---\ntitle: A\n---\n```pyhton\nx = 1\n```\n").Started();
        var problem = Assert.Single(await site.Problems(), problem => problem.Code == "unknown-language");
        Assert.Equal((4, "Did you mean “python”?"), (problem.Line, problem.Suggestion));
        Assert.Empty((await site.Page("/articles/a")).QuerySelectorAll("pre span"));
    }

    [Fact]
    public async Task Feeds_have_code_without_colours_and_formulas_as_they_were_written()
    {
        await using var site = await Site().Write("articles/a.md", $"---\ntitle: A\ndate: 2024-01-01\n---\nSo $a<b$ is.\n\n```cs\n{Code}```\n").Started();
        await Kept(site, "/articles/a");
        var entry = System.Xml.Linq.XDocument.Parse(await site.Text("/atom.xml")).Descendants().Single(element => element.Name.LocalName == "content").Value;
        Assert.Contains("So <code>a&lt;b</code> is.", entry, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"k\"", entry, StringComparison.Ordinal);
        Assert.Contains("public class Tide", entry, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Grammars))]
    public void Every_grammar_is_here_and_leaves_no_character_out(string grammar)
    {
        Assert.NotNull(typeof(HighlightEngine).Assembly.GetManifestResourceInfo($"hljs/languages/{grammar}.min.js"));
        const string text = "if (x == 1) { return \"text\"; } # note\n<a href=\"b\">c</a> // 2 € 🚀 -- x\n@media { key: value }\n";
        OnLargeStack(() =>
        {
            var runs = new HighlightEngine(CancellationToken.None).Tokens(grammar, text);
            Assert.True(runs.Sum(run => run.Length) <= text.Length);
            Assert.Equal(runs, TokenRun.Unpack(TokenRun.Pack(runs.ToList())));
        });
    }

    [Fact]
    public void The_version_of_the_store_is_that_of_the_highlighter()
    {
        using var file = typeof(HighlightEngine).Assembly.GetManifestResourceStream("hljs/core.min.js")!;
        Assert.Contains($"v{HighlightEngine.Version.Split('-')[0]} ", new StreamReader(file).ReadToEnd()[..200], StringComparison.Ordinal);
    }

    /// <summary>Characters of HTML, of other planes, and elements that stand in the code already: nothing is lost, nothing added, and all is nested well.</summary>
    [Fact]
    public void Colours_change_no_character()
    {
        var random = new Random(11);
        string[] pieces = ["a", "&lt;", "&amp;", "&quot;", "&#128640;", "🚀", "\n", " ", "<mark class=\"line\">", "</mark>", "&unknown;", "&", "é"];
        for (var round = 0; round < 500; round++)
        {
            var inner = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => pieces[random.Next(pieces.Length)]));
            var html = $"<p><code class=\"language-js\">{inner}</code></p>";
            var block = Assert.Single(CodeBlocks.In(html));
            var runs = Enumerable.Range(0, random.Next(1, 12)).Select(_ => new TokenRun(random.Next(2) == 0 ? TokenKind.Plain : TokenKind.Keyword, random.Next(1, 6))).ToArray();
            var joined = CodeBlocks.Join(html, [block], _ => runs);
            Assert.Equal(html, joined.Replace("<span class=\"k\">", "", StringComparison.Ordinal).Replace("</span>", "", StringComparison.Ordinal));
            Assert.DoesNotMatch("<span class=\"k\">[^<]*<[^/]", joined);
            Assert.Equal(block.Text, Assert.Single(CodeBlocks.In(joined)).Text);
        }
    }

    private TestSite Site() => new TestSite().Set("Blog:DataPath", _data);

    /// <summary>Waits until all code of an article is kept in its colours.</summary>
    private static async Task Kept(TestSite site, string url)
    {
        var store = site.Services.GetRequiredService<HighlightStore>();
        var html = (await site.Page(url)).QuerySelector(".prose")!.InnerHtml;
        var keys = CodeBlocks.In(html).Select(block => block.Key).ToList();
        Assert.NotEmpty(keys);
        for (var waited = TimeSpan.Zero; store.Find(keys).Count < keys.Count; waited += TimeSpan.FromMilliseconds(50))
        {
            Assert.True(waited < Patience, $"The code of {url} was not coloured.");
            await Task.Delay(50);
        }
    }

    private static void OnLargeStack(Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            try { action(); }
            catch (Exception e) { thrown = e; }
        }, HighlightEngine.StackSize);
        thread.Start();
        thread.Join();
        if (thrown is not null) throw new InvalidOperationException(thrown.Message, thrown);
    }
}
