using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using Blog.Content;

namespace Blog.Site.Language;

/// <summary>
/// The texts of one set of resource files, English and its translations, in one language.
/// A language that there is no translation for has the English texts.
/// </summary>
public abstract class WordBook
{
    private readonly ResourceManager _resources;

    // To ask the resources takes several times as long as to write what they say.
    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly string _language;

    /// <summary>The texts that lie beside a class of the same name.</summary>
    /// <param name="book">The class.</param>
    /// <param name="tag">BCP 47.</param>
    protected WordBook(Type book, string tag)
    {
        _resources = new ResourceManager(book);
        Culture = LanguageTag.Culture(tag);
        _language = IsTranslated(tag) ? Culture.TwoLetterISOLanguageName : "en";
    }

    /// <summary>The languages that the interface is complete in, by ISO 639-1.</summary>
    public static IReadOnlyList<string> Translations { get; } = ["ar", "de", "en", "es", "fr"];

    /// <summary>The culture for dates and numbers.</summary>
    public CultureInfo Culture { get; }

    /// <summary>What <see cref="ResourceManager"/> calls the text: empty for a key that is not there, which a test finds.</summary>
    /// <param name="key">Name in the resource file.</param>
    public string this[string key] => _texts.GetOrAdd(key, static (name, book) => book._resources.GetString(name, book.Culture) ?? "", this);

    /// <summary>Whether there are texts in a language.</summary>
    /// <param name="tag">BCP 47.</param>
    public static bool IsTranslated(string tag) => Translations.Contains(LanguageTag.Culture(tag).TwoLetterISOLanguageName, StringComparer.Ordinal);

    /// <summary>A text with its <c>{0}</c>, <c>{1}</c> filled in.</summary>
    public string Format(string key, params object[] values) => string.Format(Culture, this[key], values);

    /// <summary>A text that depends on a number, which is its <c>{0}</c>: the form of that key for the number's plural category, such as <c>Articles.one</c>.</summary>
    /// <param name="key">Name in the resource file, without the category.</param>
    /// <param name="number">Not negative.</param>
    public string Count(string key, long number) => string.Format(Culture, this[$"{key}.{Plural(number)}"], Number(number));

    /// <summary>The parts of a text before and after its <c>{0}</c>, for markup that stands there.</summary>
    public (string Before, string After) Around(string key) => this[key].Split("{0}", 2) is [var before, var after] ? (before, after) : (this[key], "");

    /// <summary>A number as the language writes it.</summary>
    public string Number(long number) => number.ToString("N0", Culture);

    /// <summary>The category by Unicode CLDR's plural rules for cardinals, of the languages that we have.</summary>
    private string Plural(long number) => (_language, number, number % 100) switch
    {
        ("ar", 0, _) => "zero",
        ("ar", 2, _) => "two",
        ("fr", 0, _) or (_, 1, _) => "one",
        ("ar", _, >= 3 and <= 10) => "few",
        ("ar", _, >= 11) => "many",
        _ => "other",
    };
}
