using System.Text.RegularExpressions;
using System.Xml.Linq;
using Blog.Site.Language;

namespace Blog.Tests.Site;

/// <summary>The interface is complete in each of its languages.</summary>
public sealed partial class WordsTests
{
    private static readonly string Folder = Repository.Path("src", "Blog", "Site");

    private static readonly string[] Books = ["Language/Words", "Desk/DeskWords"];

    public static TheoryData<string, string, string[]> Languages()
    {
        var all = new TheoryData<string, string, string[]>();
        foreach (var book in Books)
        {
            foreach (var language in new[] { "", ".de", ".es", ".fr" }) all.Add(book, language, ["one", "other"]);
            all.Add(book, ".ar", ["zero", "one", "two", "few", "many", "other"]);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_text_is_in_every_language(string book, string language, string[] plurals)
    {
        var (wanted, found) = (Read(book, ""), Read(book, language));
        var expected = wanted.Keys.Where(key => !IsPlural(key)).Concat(wanted.Keys.Where(IsPlural).Select(key => key[..key.LastIndexOf('.')]).Distinct().SelectMany(key => plurals.Select(plural => $"{key}.{plural}")));
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, text) in found)
        {
            Assert.False(string.IsNullOrWhiteSpace(text), $"“{key}” is empty.");
            if (!IsPlural(key)) Assert.Equal(Places(wanted[key]), Places(text));
        }
    }

    [Theory]
    [InlineData("Language/Words", @"W|words|Words\.In\([^)]*\)")]
    [InlineData("Desk/DeskWords", @"D|desk|[fF]rame\.Words|DeskWords\.In\([^)]*\)")]
    public void Every_text_that_is_asked_for_is_there_and_every_one_is_asked_for(string book, string names)
    {
        var texts = Read(book, "").Keys.Select(key => IsPlural(key) ? key[..key.LastIndexOf('.')] : key).ToHashSet(StringComparer.Ordinal);
        var source = string.Concat(Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(path => path.EndsWith(".cshtml", StringComparison.Ordinal) || path.EndsWith(".cs", StringComparison.Ordinal)).Select(File.ReadAllText));
        var asked = Regex.Matches(source, $@"\b(?:{names})(?:\.(?:Format|Count|Around|Label)\(|\[)""([A-Za-z.]+)""", RegexOptions.CultureInvariant).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
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

    /// <summary>A page that holds words of its own would have them in every language but its own.</summary>
    [Theory]
    [InlineData("de", "ltr")]
    [InlineData("ar", "rtl")]
    public async Task The_desk_speaks_the_language_of_the_site(string language, string direction)
    {
        await using var site = new TestSite().In("Development").Write("site.yml", $"language: {language}\n")
            .Write("articles/one.md", "---\ntitle: 1\nauther: ada\ntags: [x]\ndate: 2024-03-01\n---\n[1](nowhere.md)\n").Write("articles/draft.md", "---\ntitle: 2\ndraft: true\n---\n");
        await site.Started();
        var english = Read("Desk/DeskWords", "").Values.Where(text => text.Contains(' ', StringComparison.Ordinal)).Except(Read("Desk/DeskWords", "." + language).Values, StringComparer.Ordinal).ToList();
        foreach (var address in Desk.DeskTests.Pages)
        {
            var page = await site.Page(address);
            Assert.Equal((language, direction), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir")));
            foreach (var diagnostic in page.QuerySelectorAll("[lang=en], .excerpt").ToList()) diagnostic.Remove();
            Assert.DoesNotContain(english, text => page.DocumentElement.TextContent.Contains(text, StringComparison.Ordinal));
            if (language == "ar") Assert.DoesNotMatch("[A-Za-z]{3,} [a-z]{3,}", page.Body!.TextContent);
        }
    }

    [Theory]
    [InlineData("nl", "en")]
    [InlineData("he", "en")]
    [InlineData("de-CH", "de-CH")]
    public void A_desk_is_in_English_where_there_is_no_translation(string language, string shown) => Assert.Equal(shown, Blog.Site.Desk.DeskWords.In(language).Language);

    [Theory]
    [InlineData("ar-SA")]
    [InlineData("fa")]
    [InlineData("th")]
    public async Task Any_date_can_be_shown_in_any_language(string language)
    {
        await using var site = new TestSite().In("Development").Write("site.yml", $"language: {language}\n")
            .Write("articles/old.md", "---\ntitle: Old\ndate: 1850-01-01\n---\n").Write("articles/far.md", "---\ntitle: Far\ndate: 2999-01-01\n---\n");
        await site.Started();
        foreach (var address in new[] { "/", "/articles/far", "/desk", "/desk/articles" }) Assert.Equal(System.Net.HttpStatusCode.OK, await site.Status(address));
    }

    private static Dictionary<string, string> Read(string book, string language) =>
        XDocument.Load(Path.Combine(Folder, $"{book}{language}.resx")).Root!.Elements("data").ToDictionary(text => text.Attribute("name")!.Value, text => text.Element("value")!.Value, StringComparer.Ordinal);

    private static bool IsPlural(string key) => key.Contains('.', StringComparison.Ordinal);

    private static string Places(string text) => string.Concat(Place().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\d\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
