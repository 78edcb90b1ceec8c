using Blog.Content;

namespace Blog.Tests.Content;

/// <summary>Names in addresses, and when two of them are one.</summary>
public sealed class SlugTests
{
    [Theory]
    [InlineData("Hello World", "hello-world")]
    [InlineData("  spaced   out  ", "spaced-out")]
    [InlineData("a_b", "a-b")]
    [InlineData("a/b", "a-b")]
    [InlineData("don't", "dont")]
    [InlineData("it’s", "its")]
    [InlineData("A & B", "a-and-b")]
    [InlineData("a+b", "a-plus-b")]
    [InlineData("50% off", "50-off")]
    [InlineData("v2.1.3", "v2-1-3")]
    [InlineData("---", "")]
    [InlineData("!!!", "")]
    public void A_slug_is_lower_case_and_hyphenated(string text, string slug) => Assert.Equal(slug, Slug.From(text));

    [Theory]
    [InlineData("webApis", "web-apis")]
    [InlineData("webApiKey", "web-api-key")]
    [InlineData("JavaScript", "javascript")]
    [InlineData("GitHub", "github")]
    [InlineData("RapidAPI", "rapidapi")]
    [InlineData("iPhone", "iphone")]
    [InlineData("macOS", "macos")]
    [InlineData("XMLHttpRequest", "xmlhttprequest")]
    public void Camel_case_is_split_but_a_name_is_not(string text, string slug) => Assert.Equal(slug, Slug.From(text));

    [Theory]
    [InlineData("C", "c")]
    [InlineData("C++", "c-plus-plus")]
    [InlineData("C++17", "c-plus-plus-17")]
    [InlineData("C#", "c-sharp")]
    [InlineData("F#", "f-sharp")]
    [InlineData(".NET", "dot-net")]
    [InlineData("ASP.NET Core", "asp-net-core")]
    [InlineData("Node.js", "node-js")]
    [InlineData("#hashtag", "hashtag")]
    public void Languages_keep_apart(string text, string slug) => Assert.Equal(slug, Slug.From(text));

    [Theory]
    [InlineData("Café", "cafe")]
    [InlineData("Cafe\u0301", "cafe")]
    [InlineData("Über straße", "uber-strasse")]
    [InlineData("Łódź", "lodz")]
    [InlineData("Ærøskøbing", "aeroskobing")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("Việt Nam", "viet-nam")]
    [InlineData("ｆｕｌｌ ﬁne ②", "full-fine-2")]
    [InlineData("日本語", "日本語")]
    [InlineData("한국어", "한국어")]
    [InlineData("مقدمة قصيرة", "مقدمة-قصيرة")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("Привет мир", "привет-мир")]
    public void Latin_accents_go_and_other_scripts_stay(string text, string slug) => Assert.Equal(slug, Slug.From(text));

    [Theory]
    [InlineData("webApis", "web-apis", "Web APIs", "WEB APIS", "web_apis")]
    [InlineData("RapidAPI", "rapidapi", "Rapid API", "rapid-api")]
    [InlineData("JavaScript", "javascript", "Java Script", "javaScript")]
    [InlineData("Café", "cafe", "CAFÉ")]
    [InlineData(".NET", "dot-net", "dotnet", "dotNet")]
    public void Spellings_of_one_term_are_equal(params string[] spellings) => Assert.Single(spellings.Select(Slug.Fold).Distinct());

    [Theory]
    [InlineData("C", "C#", "C++")]
    [InlineData("v1.0", "v10")]
    [InlineData("web", "webs")]
    public void Different_terms_are_not(params string[] terms) => Assert.Equal(terms.Length, terms.Select(Slug.Fold).Distinct().Count());

    [Fact]
    public void A_long_slug_is_cut_at_a_word()
    {
        var slug = Slug.From(string.Join(' ', Enumerable.Repeat("word", 100)));
        Assert.True(slug.Length <= Slug.MaxLength);
        Assert.EndsWith("-word", slug);
    }

    [Theory]
    [InlineData("my-first_post", "My first post")]
    [InlineData("hello", "Hello")]
    public void A_file_name_becomes_a_title(string name, string title) => Assert.Equal(title, Slug.Humanise(name));
}
