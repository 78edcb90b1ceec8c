using System.Text.RegularExpressions;
using System.Xml.Linq;
using Blog.Site.Language;

namespace Blog.Tests.Site;

/// <summary>The interface is complete in each of its languages.</summary>
public sealed partial class WordsTests
{
    private static readonly string Folder = Repository.Path("src", "Blog", "Site");

    public static TheoryData<string, string[]> Languages() => new()
    {
        { "", ["one", "other"] },
        { ".de", ["one", "other"] },
        { ".es", ["one", "other"] },
        { ".fr", ["one", "other"] },
        { ".ar", ["zero", "one", "two", "few", "many", "other"] },
    };

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_text_is_in_every_language(string language, string[] plurals)
    {
        var (wanted, found) = (Read(""), Read(language));
        var expected = wanted.Keys.Where(key => !IsPlural(key)).Concat(wanted.Keys.Where(IsPlural).Select(key => key[..key.LastIndexOf('.')]).Distinct().SelectMany(key => plurals.Select(plural => $"{key}.{plural}")));
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, text) in found)
        {
            Assert.False(string.IsNullOrWhiteSpace(text), $"“{key}” is empty.");
            if (!IsPlural(key)) Assert.Equal(Places(wanted[key]), Places(text));
        }
    }

    [Fact]
    public void Every_text_that_is_asked_for_is_there_and_every_one_is_asked_for()
    {
        var texts = Read("").Keys.Select(key => IsPlural(key) ? key[..key.LastIndexOf('.')] : key).ToHashSet(StringComparer.Ordinal);
        var source = string.Concat(Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(path => path.EndsWith(".cshtml", StringComparison.Ordinal) || path.EndsWith(".cs", StringComparison.Ordinal)).Select(File.ReadAllText));
        var asked = Asked().Matches(source).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(asked.Except(texts));
        Assert.DoesNotContain(texts, text => !source.Contains($"\"{text}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", 1, "1 article")]
    [InlineData("en", 1200, "1,200 articles")]
    [InlineData("de-AT", 2, "2 Artikel")]
    [InlineData("fr", 0, "0 article")]
    [InlineData("ar", 2, "مقالان")]
    [InlineData("ar", 7, "7 مقالات")]
    [InlineData("ar", 111, "111 مقالًا")]
    [InlineData("ar", 102, "102 مقال")]
    [InlineData("nl", 3, "3 articles")]
    [InlineData("tlh", 3, "3 articles")]
    public void Numbers_have_the_form_of_the_language(string language, int number, string text) => Assert.Equal(text, Words.In(language).Count("Articles", number));

    private static Dictionary<string, string> Read(string language) =>
        XDocument.Load(Path.Combine(Folder, "Language", $"Words{language}.resx")).Root!.Elements("data").ToDictionary(text => text.Attribute("name")!.Value, text => text.Element("value")!.Value, StringComparer.Ordinal);

    private static bool IsPlural(string key) => key.Contains('.', StringComparison.Ordinal);

    private static string Places(string text) => string.Concat(Place().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\d\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex(@"\b(?:W|words|Words\.In\([^)]*\))(?:\.Format\(|\.Count\(|\[)""([A-Za-z.]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Asked();
}
