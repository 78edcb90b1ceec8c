using Blog.Site.Articles;

namespace Blog.Tests.Site;

/// <summary>Which texts need the second style sheet.</summary>
public sealed class ComponentStylesTests
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
    public void They_are_needed_for_certain_classes(string html, bool areNeeded) => Assert.Equal(areNeeded, ComponentStyles.AreIn(html));
}
