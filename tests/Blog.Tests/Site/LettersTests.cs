namespace Blog.Tests.Site;

/// <summary>Letters of every script are sent as themselves: escaped, they would take several times the bytes.</summary>
public sealed class LettersTests
{
    [Theory]
    [InlineData("ar", "مرحبا بالعالم")]
    [InlineData("es", "Año nuevo, ¿qué más?")]
    [InlineData("ja", "港の夕暮れ")]
    [InlineData("en", "Ships ⛵ — “at sea”")]
    public async Task A_title_is_sent_as_it_was_written(string language, string title)
    {
        await using var site = await new TestSite()
            .Write("site.yml", $"title: Letters\nlanguage: {language}\n")
            .Write("articles/one.md", $"---\ntitle: \"{title}\"\ndescription: \"{title}\"\ndate: 2024-05-01\nauthor: \"{title}\"\ncoverImage: https://example.org/a.png\ncoverAlt: \"{title}\"\n---\nText\n")
            .Started();
        foreach (var url in new[] { "/articles/one", "/" })
        {
            // Plus signs, of which the moment of publication has one, are escaped always.
            var html = (await site.Client.GetStringAsync(new Uri(url, UriKind.Relative))).Replace("&#x2B;", "+", StringComparison.Ordinal).Replace("\\u002B", "+", StringComparison.Ordinal);
            Assert.Contains(title, html, StringComparison.Ordinal);
            Assert.DoesNotContain("&#x", html, StringComparison.Ordinal);
            Assert.DoesNotContain("\\u", html, StringComparison.Ordinal);
        }
    }
}
