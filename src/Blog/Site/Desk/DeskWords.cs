using System.Collections.Concurrent;
using Blog.Content;
using Blog.Site.Language;

namespace Blog.Site.Desk;

/// <summary>The text of what only editors and authors see, in one language: <c>DeskWords.resx</c> and its translations. All of a desk is in one language, dates and numbers too.</summary>
public sealed class DeskWords : WordBook
{
    private static readonly ConcurrentDictionary<string, DeskWords> Known = new(StringComparer.Ordinal);

    private DeskWords(string tag) : base(typeof(DeskWords), tag) => Language = tag;

    /// <summary>What the texts are in, for <c>lang</c>: BCP 47.</summary>
    public string Language { get; }

    /// <summary><c>ltr</c> or <c>rtl</c>, for <c>dir</c>.</summary>
    public string Direction => LanguageTag.Direction(Language);

    /// <summary>The words of a language.</summary>
    /// <param name="tag">BCP 47; a desk in one that is unknown is in English.</param>
    public static DeskWords In(string tag) => Known.GetOrAdd(tag, language => new DeskWords(IsTranslated(language) ? language : "en"));

    /// <summary>Several things in a row.</summary>
    public string List(params IEnumerable<string> parts) => string.Join(this["Comma"], parts);

    /// <summary>A name in front of what it names.</summary>
    public string Label(string key) => Format("Label", this[key]);
}
