using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Blog.Content.Markdown;
using Markdig;

namespace Blog.Tests.Content;

/// <summary>Every example of CommonMark 0.31.2 and of what GitHub Flavored Markdown 0.29 adds to it; see Specs/README.md.</summary>
public sealed partial class CommonMarkExamples
{
    private const string CommonMarkFile = "commonmark-0.31.2.json";
    private const string GfmFile = "gfm-0.29-extensions.json";
    private const string CmarkGfmFile = "gfm-extensions.json";

    /// <summary>Examples of CommonMark that GFM means to render otherwise: its autolinks need no angle brackets.</summary>
    private static readonly Dictionary<int, Deviation> ChangedByGfm = new()
    {
        [602] = new("An address in text is a link in GFM.", ("https://foo.bar/baz", "<a href=\"https://foo.bar/baz\">https://foo.bar/baz</a>")),
        [606] = new("An email address in text is a link in GFM.", ("foo+@bar.example.com", "<a href=\"mailto:foo+@bar.example.com\">foo+@bar.example.com</a>")),
        [608] = new("An address in text is a link in GFM.", ("https://foo.bar", "<a href=\"https://foo.bar\">https://foo.bar</a>")),
        [611] = new("An address in text is a link in GFM.", ("https://example.com", "<a href=\"https://example.com\">https://example.com</a>")),
        [612] = new("An email address in text is a link in GFM.", ("foo@bar.example.com", "<a href=\"mailto:foo@bar.example.com\">foo@bar.example.com</a>")),
    };

    private static readonly Dictionary<int, Deviation> CmarkGfmExceptions = new()
    {
        [19] = new(
            "Markdig writes a host beyond ASCII as Punycode, which is the same host.",
            ("\"http://%F0%9F%8D%84.ga/\"", "\"http://xn--ei8h.ga/\""),
            ("\"http://x%F0%9F%8D%84.ga/\"", "\"http://xn--x-jq2s.ga/\"")),
        [20] = new("The test is that nothing crashes; it leaves open what is rendered.", ("<IGNORE>\n", "<p>This shouldn't crash everything: (<em>A</em>@_.A</p>\n")),
    };

    private static readonly Dictionary<string, Dictionary<int, Example>> Files = new[] { CommonMarkFile, GfmFile, CmarkGfmFile }.ToDictionary(file => file, Read);

    public static TheoryData<int> CommonMark => new(Files[CommonMarkFile].Keys);

    public static TheoryData<int> GitHub => new(Files[GfmFile].Keys);

    public static TheoryData<int> CmarkGfm => new(Files[CmarkGfmFile].Keys);

    [Theory]
    [MemberData(nameof(CommonMark))]
    public void CommonMarkAlone(int number) => Check(CommonMarkFile, number, [], Pipeline.CommonMark);

    [Theory]
    [MemberData(nameof(CommonMark))]
    public void CommonMarkWithGfm(int number) => Check(CommonMarkFile, number, ChangedByGfm, Pipeline.Gfm);

    [Theory]
    [MemberData(nameof(GitHub))]
    public void Gfm(int number) => Check(GfmFile, number, [], Pipeline.GfmWithTagFilter);

    [Theory]
    [MemberData(nameof(CmarkGfm))]
    public void CmarkGfmTests(int number) => Check(CmarkGfmFile, number, CmarkGfmExceptions, Pipeline.GfmWithTagFilter);

    [Fact]
    public void AllExamplesAreThere() => Assert.Equal((652, 28, 27), (CommonMark.Count, GitHub.Count, CmarkGfm.Count));

    /// <summary>The one place that says what is tested.</summary>
    private static string ArticlePipelineForSpec(string markdown, Pipeline kind)
    {
        var builder = kind == Pipeline.CommonMark ? new MarkdownPipelineBuilder().UsePreciseSourceLocation().Use<CommonMarkEmphasis>().Use<ParseLimits>() : ArticlePipeline.Common(plain: true);
        if (kind == Pipeline.GfmWithTagFilter) builder.Use<GfmTagFilter>();
        return Markdown.ToHtml(markdown, builder.Build());
    }

    private static void Check(string file, int number, Dictionary<int, Deviation> exceptions, Pipeline kind)
    {
        var example = Files[file][number];
        var expected = exceptions.TryGetValue(number, out var deviation) ? deviation.Apply(example.Html) : example.Html;
        var html = ArticlePipelineForSpec(example.Markdown, kind);
        if (html != expected && Normalize(html) != Normalize(expected))
            Assert.Fail($"Example {number}, {example.Section}\n{example.Markdown}\nExpected:\n{expected}\nGot:\n{html}");
    }

    private static Dictionary<int, Example> Read(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Content", "Specs", file))) folder = folder.Parent;
        Assert.True(folder is not null, $"There is no Content/Specs/{file} above {AppContext.BaseDirectory}.");
        using var stream = File.OpenRead(Path.Combine(folder.FullName, "Content", "Specs", file));
        return JsonSerializer.Deserialize<List<Example>>(stream, JsonSerializerOptions.Web)!.ToDictionary(example => example.Number);
    }

    /// <summary>What CommonMark's own test runner takes for the same: white space around blocks, the order of attributes, the form of entities.</summary>
    private static string Normalize(string html)
    {
        var output = new StringBuilder();
        var (inPre, lastWasTag, lastWasEnd, lastTag) = (false, true, false, "");
        foreach (Match token in Token().Matches(html))
        {
            if (token.Groups["tag"] is { Success: true, Value: var name })
            {
                name = name.ToLowerInvariant();
                var isEnd = token.Value[1] == '/';
                if (name == "pre") inPre = !isEnd;
                if (BlockTag().IsMatch(name) && (name != "pre" || !isEnd))
                    while (output.Length > 0 && char.IsWhiteSpace(output[^1])) output.Length--;
                output.Append(isEnd ? "</" : "<").Append(name);
                var attributes = Attribute().Matches(token.Groups["attributes"].Value).Select(a => (Name: a.Groups["name"].Value.ToLowerInvariant(), a.Groups["value"]));
                foreach (var (attribute, value) in attributes.OrderBy(a => a.Name, StringComparer.Ordinal))
                    output.Append(' ').Append(attribute).Append(value.Success ? $"=\"{WebUtility.HtmlEncode(WebUtility.HtmlDecode(value.Value))}\"" : "");
                output.Append('>');
                (lastWasTag, lastWasEnd, lastTag) = (true, isEnd || token.Value.EndsWith("/>", StringComparison.Ordinal), name);
                continue;
            }

            var text = token.Value;
            if (text[0] != '<')
            {
                if (lastWasTag && lastTag == "br") text = text.TrimStart('\n');
                if (!inPre) text = Space().Replace(text, " ");
                if (!inPre && lastWasTag && BlockTag().IsMatch(lastTag)) text = lastWasEnd ? text.Trim() : text.TrimStart();
                text = WebUtility.HtmlDecode(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");
            }

            output.Append(text);
            lastWasTag = false;
        }

        return output.ToString();
    }

    [GeneratedRegex(@"<!\[CDATA\[.*?\]\]>|<!--.*?-->|</?(?<tag>[A-Za-z][A-Za-z0-9-]*)(?<attributes>(?:""[^""]*""|'[^']*'|[^'"">])*)>|<[^>]*>|[^<]+|<", RegexOptions.Singleline)]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<name>[^\s""'<>/=]+)(?:\s*=\s*(?:""(?<value>[^""]*)""|'(?<value>[^']*)'|(?<value>[^\s""'=<>`]+)))?")]
    private static partial Regex Attribute();

    [GeneratedRegex("^(article|header|aside|hgroup|blockquote|hr|iframe|body|li|map|button|object|canvas|ol|caption|output|col|p|colgroup|pre|dd|progress|div|section|dl|table|td|dt|tbody|embed|textarea|fieldset|tfoot|figcaption|th|figure|thead|footer|tr|form|ul|h[1-6]|video|script|style)$")]
    private static partial Regex BlockTag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    private enum Pipeline
    {
        CommonMark,
        Gfm,
        GfmWithTagFilter,
    }

    /// <summary>Why an example is rendered otherwise, and what in its HTML is.</summary>
    private sealed record Deviation(string Reason, params (string Theirs, string Ours)[] Changes)
    {
        public string Apply(string html)
        {
            foreach (var (theirs, ours) in Changes)
            {
                Assert.True(html.Contains(theirs, StringComparison.Ordinal), $"There is no {theirs}: {Reason}");
                html = html.Replace(theirs, ours, StringComparison.Ordinal);
            }

            return html;
        }
    }

    private sealed record Example(string Section, [property: JsonPropertyName("example")] int Number, string Markdown, string Html);
}
