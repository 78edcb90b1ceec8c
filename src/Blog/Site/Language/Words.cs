using System.Collections.Concurrent;

namespace Blog.Site.Language;

/// <summary>The text of what readers see, in one language: <c>Words.resx</c> and its translations.</summary>
public sealed class Words : WordBook
{
    private static readonly ConcurrentDictionary<string, Words> Known = new(StringComparer.Ordinal);

    private Words(string tag) : base(typeof(Words), tag)
    {
    }

    /// <summary>The words of a language.</summary>
    /// <param name="tag">BCP 47; one that is unknown has English words.</param>
    public static Words In(string tag) => Known.GetOrAdd(tag, language => new Words(language));
}
