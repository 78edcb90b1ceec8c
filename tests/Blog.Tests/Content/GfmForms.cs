using System.Diagnostics;
using Blog.Content.Markdown;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Blog.Tests.Content;

/// <summary>What the specifications' examples leave open about GFM: the site's own forms, positions, typography and time.</summary>
public sealed class GfmForms
{
    private static readonly MarkdownPipeline Site = new MarkdownPipelineBuilder().UseGfm().Use<ParseLimits>().UsePreciseSourceLocation().UseSmartyPants().Build();

    [Fact]
    public void TablesScrollAndAlignByClass() => Assert.Equal(
        """
        <div class="table-scroll" tabindex="0" role="group" aria-label="Table">
        <table>
        <thead>
        <tr>
        <th scope="col">a</th>
        <th scope="col" class="align-right">b</th>
        </tr>
        </thead>
        <tbody>
        <tr>
        <td>1</td>
        <td class="align-right"><code>|</code></td>
        </tr>
        </tbody>
        </table>
        </div>

        """,
        Markdown.ToHtml("| a | b |\n| - | -: |\n| 1 | `\\|` |\n", Site));

    [Theory]
    [InlineData("- a [x] b", "<li>a [x] b</li>")]
    [InlineData("- [x]b", "<li>[x]b</li>")]
    [InlineData("- [ ]", "<li>[ ]</li>")]
    [InlineData("- [X] b", "checked")]
    public void OnlyAnItemsStartIsATaskMarker(string markdown, string expected) => Assert.Contains(expected, Markdown.ToHtml(markdown, Site), StringComparison.Ordinal);

    [Theory]
    [InlineData("https://a.b/c--d x", "<p><a href=\"https://a.b/c--d\">https://a.b/c--d</a> x</p>\n")]
    [InlineData("x--y@z.de", "<p><a href=\"mailto:x--y@z.de\">x--y@z.de</a></p>\n")]
    [InlineData("<a href=\"x\">www.a.b c@d.e</a> c@d.e", "<p><a href=\"x\">www.a.b c@d.e</a> <a href=\"mailto:c@d.e\">c@d.e</a></p>\n")]
    [InlineData("_http://a.b_ www. x", "<p><em><a href=\"http://a.b\">http://a.b</a></em> www. x</p>\n")]
    [InlineData("~~a ~b~~ c~ d~~~", "<p><del>a ~b</del> c~ d~~~</p>\n")]
    [InlineData("2*-3*4", "<p>2*-3*4</p>\n")]
    [InlineData("a**~~b~~**c", "<p>a<strong><del>b</del></strong>c</p>\n")]
    public void InlinesAreAsOnGitHub(string markdown, string html) => Assert.Equal(html, Markdown.ToHtml(markdown, Site));

    [Fact]
    public void EveryInlineKeepsItsPlaceAroundAnAddress()
    {
        const string text = "x \\@ a&#64;b.co, *y* www.a.b/c. and &amp; foo_bar@baz.com!";
        var paragraph = (ParagraphBlock)Markdown.Parse(text, Site)[0];
        Assert.Equal(text, string.Concat(paragraph.Inline!.Select(inline => text.Substring(inline.Span.Start, inline.Span.Length))));
        var backwards = new List<Inline>();
        for (var inline = paragraph.Inline!.LastChild; inline is not null; inline = inline.PreviousSibling) backwards.Insert(0, inline);
        Assert.Equal(paragraph.Inline, backwards);
    }

    public static TheoryData<string> Hostile =>
    [
        Repeat("*a ", 9_000) + Repeat("a\n", 50_000), Repeat("[", 100_000), Repeat("[](", 60_000), Repeat("![a](", 10_000), Repeat("a*b", 30_000),
        "a" + Repeat("<?", 50_000), "a" + Repeat("<!A ", 25_000), "a" + Repeat("<![CDATA[", 11_000), Repeat("> ", 2_000) + "a", Repeat("a\n===\n", 60_000),
        Repeat("[a]:/u\n", 60_000), Repeat("|a", 1_000) + "\n" + Repeat("|-", 1_000) + "\n" + Repeat("a\n", 100_000),
    ];

    [Theory]
    [MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public void HostileTextIsRefusedAtOnce(string text)
    {
        var time = Stopwatch.StartNew();
        Assert.Throws<TooComplexException>(() => Markdown.Parse(text, Site));
        Assert.InRange(time.Elapsed.TotalSeconds, 0, 5);
    }

    [Theory]
    [InlineData("Some *words*, a [link](https://a.b/c?d=e), `code` and **more** at www.a.b, by me@a.b.\n\n", 10_000)]
    [InlineData("- [Name](https://a.b/c) - a *short* text\n", 5_000)]
    [InlineData("| a | b |\n| - | - |\n| *c* | d |\n\n", 5_000)]
    [InlineData("www.", 25_000)]
    [InlineData("a@", 50_000)]
    [InlineData("~~~~", 25_000)]
    public void MuchTextIsNot(string text, int times) => Assert.NotEmpty(Markdown.Parse("x" + Repeat(text, times), Site));

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
