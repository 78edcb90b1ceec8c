using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Blog.Content;

namespace Blog.Tests.Site;

/// <summary>A real publication, exactly as its editors left it.</summary>
public sealed partial class GuidesCorpusTests : IAsyncLifetime
{
    private TestSite? _site;

    public async Task InitializeAsync()
    {
        if (Directory.Exists(Repository.Path("..", "shared", "corpus", "guides"))) _site = await new TestSite().On(SharedFolder.Path("corpus/guides")).Started();
    }

    public async Task DisposeAsync()
    {
        if (_site is not null) await _site.DisposeAsync();
    }

    [SkippableFact]
    public async Task Serves_every_article_under_its_author_categories_and_tags()
    {
        var root = SharedFolder.Path("corpus/guides");
        var lists = new Dictionary<string, HashSet<string>>();
        var files = Directory.GetFiles(root, "post.md", SearchOption.AllDirectories);
        Assert.Equal(143, files.Length);
        foreach (var file in files)
        {
            var url = "/guides/" + Slug.From(FrontMatter(file, "slug").FirstOrDefault() ?? Path.GetFileName(Path.GetDirectoryName(file)));
            Assert.Equal(HttpStatusCode.OK, await _site!.Status(url));
            foreach (var (key, taxonomy) in new[] { ("authors", Taxonomy.Author), ("categories", Taxonomy.Category), ("tags", Taxonomy.Tag) })
            {
                var names = FrontMatter(file, key);
                Assert.NotEmpty(names);
                foreach (var name in names) Assert.Contains(url, await List($"/{taxonomy.Plural()}/{Slug.From(name)}"));
            }
        }

        async Task<HashSet<string>> List(string url)
        {
            if (lists.TryGetValue(url, out var known)) return known;
            var found = new HashSet<string>();
            using var first = await _site!.Client.GetAsync(new Uri(url, UriKind.Relative));
            var at = first.StatusCode == HttpStatusCode.MovedPermanently ? first.Headers.Location!.ToString() : url;
            for (string? next = at; next is not null;)
            {
                var page = await _site.Page(next);
                found.UnionWith(page.QuerySelectorAll(".card-title a").Select(link => link.GetAttribute("href")!));
                next = page.QuerySelector("link[rel=next]")?.GetAttribute("href");
            }

            return lists[url] = found;
        }
    }

    [SkippableFact]
    public async Task Shows_no_raw_tag_of_a_component_outside_of_code()
    {
        var root = SharedFolder.Path("corpus/guides");
        foreach (var file in Directory.GetFiles(root, "post.md", SearchOption.AllDirectories))
        {
            var page = await _site!.Page("/guides/" + Slug.From(FrontMatter(file, "slug").FirstOrDefault() ?? Path.GetFileName(Path.GetDirectoryName(file))));
            var prose = page.QuerySelector(".prose")!;
            foreach (var code in prose.QuerySelectorAll("code, pre").ToList()) code.Remove();
            Assert.DoesNotMatch(Jsx(), prose.TextContent);
            Assert.DoesNotContain(prose.QuerySelectorAll("*"), element => ComponentName().IsMatch(element.LocalName));
        }
    }

    [SkippableFact]
    public async Task Reports_its_mistakes_with_exact_lines()
    {
        var root = SharedFolder.Path("corpus/guides");
        var problems = await _site!.Problems();
        foreach (var problem in problems.Where(problem => problem.Code == "yaml-tab"))
            Assert.Contains('\t', (await File.ReadAllLinesAsync(Path.Combine(root, problem.Path)))[problem.Line - 1]);
        Assert.Equal(17, problems.Count(problem => problem.Code == "yaml-tab"));
        foreach (var problem in problems.Where(problem => problem.Code == "unknown-component"))
            Assert.Equal('<', (await File.ReadAllLinesAsync(Path.Combine(root, problem.Path)))[problem.Line - 1][problem.Column - 1]);
        Assert.Equal(53, problems.Count(problem => problem.Code == "unknown-component"));
        Assert.All(problems.Where(problem => problem.Code == "ambiguous-date"), problem => Assert.Contains("Date:", File.ReadAllLines(Path.Combine(root, problem.Path))[problem.Line - 1], StringComparison.Ordinal));
        Assert.Equal(4, problems.Count(problem => problem.Code == "ambiguous-date"));
    }

    [SkippableFact]
    public async Task Leaves_no_front_matter_unread()
    {
        SharedFolder.Path("corpus/guides");
        Assert.DoesNotContain(await _site!.Problems(), problem => problem.Code is "yaml-syntax" or "unclosed-front-matter" or "missing-title" or "bad-date");
        Assert.Equal("RapidAPI Guides", (await _site.Page("/guides")).QuerySelector("h1")!.TextContent);
        Assert.Equal("RapidAPI Guides", (await _site.Page("/")).Title);
    }

    /// <summary>The values of a key as a plain reader of the file sees them, apart from the product's own reader.</summary>
    private static List<string> FrontMatter(string file, string key)
    {
        var block = File.ReadAllText(file).Split("---")[1];
        var found = Regex.Match(block, $@"^{key}:[ ]*(?<one>[^\r\n]*)\r?\n(?<many>(?:[ \t]+- .*\r?\n)*)", RegexOptions.Multiline);
        return found.Groups["many"].Value.Split('\n').Append("- " + found.Groups["one"].Value).Select(line => line.Trim().TrimStart('-').Trim().Trim('\'', '"')).Where(value => value.Length > 0).ToList();
    }

    [GeneratedRegex(@"</?[A-Z]\w*[\s/>]|\{/\*|className=|^(import|export) ", RegexOptions.Multiline)]
    private static partial Regex Jsx();

    [GeneratedRegex("^(learn|graphql|callout|lead|link|httpclient|apicall|trivia|idempotency)", RegexOptions.IgnoreCase)]
    private static partial Regex ComponentName();
}
