using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using Blog.Content;

namespace Blog.Site.Language;

/// <summary>
/// The text of the interface in one language, from <c>Words.resx</c> (English) and its translations beside it.
/// A site in a language that there is no translation for has English words.
/// </summary>
public sealed class Words
{
    private static readonly ResourceManager Resources = new("Blog.Site.Language.Words", typeof(Words).Assembly);
    private static readonly ConcurrentDictionary<string, Words> Known = new(StringComparer.Ordinal);

    private readonly CultureInfo _culture;
    private readonly string _language;

    private Words(string tag)
    {
        _culture = LanguageTag.Culture(tag);
        var language = _culture.TwoLetterISOLanguageName;
        _language = Translations.Contains(language, StringComparer.Ordinal) ? language : "en";
    }

    /// <summary>The languages that the interface is complete in, by ISO 639-1.</summary>
    public static IReadOnlyList<string> Translations { get; } = ["ar", "de", "en", "es", "fr"];

    /// <summary>What <see cref="ResourceManager"/> calls the text: empty for a key that is not there, which a test finds.</summary>
    /// <param name="key">Name in the resource file.</param>
    public string this[string key] => Resources.GetString(key, _culture) ?? "";

    /// <summary>The words of a language.</summary>
    /// <param name="tag">BCP 47; one that is unknown has English words.</param>
    public static Words In(string tag) => Known.GetOrAdd(tag, language => new Words(language));

    /// <summary>A text with its <c>{0}</c>, <c>{1}</c> filled in.</summary>
    public string Format(string key, params object[] values) => string.Format(_culture, this[key], values);

    /// <summary>A text that depends on a number, which is its <c>{0}</c>: the form of that key for the number's plural category, such as <c>Articles.one</c>.</summary>
    /// <param name="key">Name in the resource file, without the category.</param>
    /// <param name="number">Not negative.</param>
    public string Count(string key, int number) => string.Format(_culture, this[$"{key}.{Plural(number)}"], Number(number));

    /// <summary>A number as the language writes it.</summary>
    public string Number(int number) => number.ToString("N0", _culture);

    /// <summary>The category by Unicode CLDR's plural rules for cardinals, of the languages that we have.</summary>
    private string Plural(int number) => (_language, number, number % 100) switch
    {
        ("ar", 0, _) => "zero",
        ("ar", 2, _) => "two",
        ("fr", 0, _) or (_, 1, _) => "one",
        ("ar", _, >= 3 and <= 10) => "few",
        ("ar", _, >= 11) => "many",
        _ => "other",
    };
}
