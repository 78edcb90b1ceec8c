using Blog.Site.Images;

namespace Blog.Tests.Images;

/// <summary>Which tags there are does not depend on which of them somebody wants.</summary>
public sealed class HtmlTagsTests
{
    private static readonly string[] Parts =
    [
        "<img src=\"a.png\">", "<IMG SRC='b>c.png' alt=\"=\">", "<p", "<a href=", "<em", "</em", "<script", "</script", "<textarea>", "</textarea>", "<!-- <img> -->", "<!--", "-->", "<?x?>",
        ">", "/>", "=", "\"", "'", " ", "\n", "title=\"a>b\"", "title='<img src=x>'", "x=y", "a = \"b\"", "=\"c\"", "d\"=\"e\"", "f'=g", "h=\"i\"j=\"k>l\"", "text", "é", "<", "</", "<1>",
    ];

    private static readonly HashSet<string> Pictures = new(StringComparer.Ordinal) { "img" };
    private static readonly HashSet<string> All = new(StringComparer.Ordinal) { "img", "p", "a", "em", "script", "textarea" };

    [Fact]
    public void Tags_that_nobody_wants_are_passed_over_as_a_browser_would()
    {
        var random = new Random(20261126);
        for (var round = 0; round < 20_000; round++)
        {
            var html = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => Parts[random.Next(Parts.Length)]));
            // Of a tag that is wanted, each attribute is read; of another only its end is looked for.
            var wanted = HtmlTags.In(html, All).Where(tag => tag.Name == "img").Select(Described).ToList();
            Assert.True(wanted.SequenceEqual(HtmlTags.In(html, Pictures).Select(Described)), $"Not the same in: {html}");
        }
    }

    private static string Described(HtmlTag tag) => $"{tag.Start}-{tag.End} {tag.IsEnd} {string.Join(' ', tag.Attributes)}";
}
