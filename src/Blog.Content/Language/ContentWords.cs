using System.Globalization;
using System.Resources;

namespace Blog.Content.Language;

/// <summary>The words that the site itself puts into an article, in the article's language: from <c>ContentWords.resx</c> (English) and its translations beside it.</summary>
internal sealed class ContentWords(string language)
{
    private static readonly ResourceManager Resources = new("Blog.Content.Language.ContentWords", typeof(ContentWords).Assembly);

    private readonly CultureInfo _culture = LanguageTag.Culture(language);

    /// <summary>The text of that name; English where there is no translation, empty for a name that is not there.</summary>
    public string this[string key] => Resources.GetString(key, _culture) ?? "";
}
