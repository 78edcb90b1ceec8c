using Blog.Site.Articles;

namespace Blog.Tests.Site;

/// <summary>What a page must be ready for because of what is in its text.</summary>
public sealed class BodyFeaturesTests
{
    [Theory]
    [InlineData("<p>Words, and tabs.</p>", false)]
    [InlineData("<p class=\"lead\">tabs</p>", false)]
    [InlineData("<p class=\"mytabs\">", false)]
    [InlineData("<math>", true)]
    [InlineData("<div class=\"tabs\">", true)]
    [InlineData("<div class='wide card'>", true)]
    [InlineData("<div class=diagram>", true)]
    [InlineData("<div id=x class=\"\"><p class=\"term\">", true)]
    [InlineData("class=a class=\"embed\">", true)]
    [InlineData("class=class=class=steps", true)]
    [InlineData("class=\"class=class=\"zoom\"", true)]
    [InlineData("class=", false)]
    [InlineData("class=\"", false)]
    [InlineData("class=\"lead\" class=class=", false)]
    [InlineData("class=class= <p class=\"lead\"><i class=\"tab\">", true)]
    public void The_second_style_sheet_is_needed_for_certain_classes(string html, bool isNeeded) => Assert.Equal(isNeeded, (BodyFeatureFinder.In(html) & BodyFeatures.Parts) != 0);

    [Theory]
    [InlineData("", 0)]
    [InlineData("<p>An img, a class and a data-embed.</p>", 0)]
    [InlineData("<IMG src=a.png>", BodyFeatures.Pictures)]
    [InlineData("<p>class= <img src=a.png>", BodyFeatures.Pictures)]
    [InlineData("<pre><code class=\"language-cs\">", BodyFeatures.Code)]
    [InlineData("<pre><code class=\"code\">", 0)]
    [InlineData("<figure class=\"diagram\">", BodyFeatures.Diagrams | BodyFeatures.Parts)]
    [InlineData("<p class=\"diagram\">", BodyFeatures.Parts)]
    [InlineData("<figure class=\"embed\" data-embed=\"https://a.example/\">", BodyFeatures.Players | BodyFeatures.Parts)]
    [InlineData("<a class=\"zoom\" href=a><img src=a>", BodyFeatures.Pictures | BodyFeatures.Zoom | BodyFeatures.Parts)]
    public void What_is_in_a_text_is_found(string html, object features) => Assert.Equal((BodyFeatures)features, BodyFeatureFinder.In(html));

    /// <summary>An editor's file may hold megabytes of them.</summary>
    [Fact]
    public void A_text_of_nothing_but_classes_is_read_once()
    {
        var many = string.Concat(Enumerable.Repeat("class=", 700_000));
        Assert.Equal(BodyFeatures.None, BodyFeatureFinder.In(many));
        Assert.Equal(BodyFeatures.Parts, BodyFeatureFinder.In(many + "tabs"));
    }
}
