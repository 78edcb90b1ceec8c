using Blog.Content.Markdown;

namespace Blog.Tests.Content;

/// <summary>What would cost the square of its length is found in long paragraphs, and only there it is looked for.</summary>
public sealed class MarkdownLimitsTests
{
    [Theory]
    [InlineData(9_900, "", false)]
    [InlineData(10_100, "", true)]
    [InlineData(10_100, "A paragraph.\n\nAnother one,\nof two lines.\n\n", true)]
    [InlineData(10_100, "A paragraph.\n \t\n", true)]
    [InlineData(9_900, "{{{{{{{{{{ {{{{{{{{{{\n\n", false)]
    public void Braces_that_begin_again_and_again_are_too_much_in_a_long_paragraph(int braces, string before, bool isTooMuch)
    {
        var exceeded = MarkdownLimits.Exceeded(before + new string('{', braces) + "\n\nThe end.");
        Assert.Equal(isTooMuch, exceeded is not null);
        if (isTooMuch) Assert.Equal(before.Count(c => c == '\n'), exceeded!.Value.Line);
    }

    [Fact]
    public void A_table_of_many_cells_is_too_much_however_short_it_is() =>
        Assert.NotNull(MarkdownLimits.Exceeded(string.Concat(Enumerable.Repeat("|", 2_000)) + "\n" + string.Concat(Enumerable.Repeat("a\n", 300))));
}
