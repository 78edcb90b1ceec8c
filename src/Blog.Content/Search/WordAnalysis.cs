using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Blog.Content.Search;

/// <summary>A word as the index knows it.</summary>
/// <param name="Surface">In lower case, as written.</param>
/// <param name="Folded">Without diacritics.</param>
/// <param name="Token">Its folded stem, by which it is found; empty for a stop word.</param>
public sealed record SearchTerm(string Surface, string Folded, string Token)
{
    // The folded form follows from the surface, and of a language so does the token.
    public bool Equals(SearchTerm? other) => ReferenceEquals(this, other) || (other is not null && Surface == other.Surface && Token == other.Token);

    public override int GetHashCode() => Surface.GetHashCode(StringComparison.Ordinal);

    /// <summary>In lower case, with the marks that the surface leaves out.</summary>
    internal string Written { get; init; } = Surface;
}

/// <summary>What makes words of one language equal: case, diacritics and endings don't count.</summary>
public sealed class WordAnalysis
{
    /// <summary>The longest word that is indexed, in characters; longer ones are no words.</summary>
    public const int MaxWord = 40;

    // Nearly all words of any text are among a few tens of thousands; a power of two.
    private const int Places = 1 << 16;

    private static readonly ConcurrentDictionary<string, WordAnalysis> Languages = new(StringComparer.Ordinal);

    private readonly string _language;

    // The words met last, each at one of two places that follow from its letters. Every word of every text is looked for here, for which a dictionary takes several times as long.
    private readonly (uint Hash, SearchTerm? Term)[] _known = new (uint, SearchTerm?)[Places];

    private WordAnalysis(string language) => _language = language;

    /// <summary>The analysis of a language.</summary>
    /// <param name="tag">BCP 47; for a language without stemmer, words are only folded.</param>
    public static WordAnalysis In(string tag) => Languages.GetOrAdd(tag.Split('-')[0], language => new WordAnalysis(language));

    /// <summary>The word as the index knows it; null for one that is too long.</summary>
    /// <param name="word">As written; no run of an unspaced script.</param>
    public SearchTerm? Term(ReadOnlySpan<char> word)
    {
        if (word.Length > MaxWord) return null;
        Span<char> lower = stackalloc char[MaxWord];
        var length = word.ToLowerInvariant(lower);
        if (length < 0) return null;
        ReadOnlySpan<char> letters = lower[..length];
        var hash = Fnv.Hash32(letters);
        var place = (int)((hash ^ (hash >> 16)) & (Places - 1));
        if (KnownAt(place, hash, letters) is { } first) return first;
        if (KnownAt(place ^ 1, hash, letters) is { } second) return second;
        var term = Analyse(letters.ToString());
        ref var free = ref _known[_known[place].Term is null ? place : place ^ 1];
        free.Hash = hash;
        Volatile.Write(ref free.Term, term);
        return term;
    }

    /// <summary>The word without diacritics and signs, where the script has letters that can do without them.</summary>
    public static string Fold(string word)
    {
        if (IsPlain(word)) return word;
        var folded = new StringBuilder(word.Length);
        var previous = '\0';
        foreach (var c in word.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark)
            {
                // Of scripts such as Devanagari, the marks are the vowels.
                if (previous >= '\u0700') folded.Append(c);
                continue;
            }

            previous = c;
            if (Slug.PlainLetters(c) is { } letters) folded.Append(letters);
            else if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.SpacingCombiningMark) folded.Append(c);
        }

        return folded.ToString().Normalize(NormalizationForm.FormC).ToLowerInvariant();
    }

    /// <summary>The tokens of a run of an unspaced script: each pair of neighbours, and the last character.</summary>
    public static IEnumerable<string> Pairs(string run)
    {
        var runes = run.Normalize(NormalizationForm.FormKC).EnumerateRunes().ToList();
        for (var i = 0; i < runes.Count; i++) yield return i + 1 < runes.Count ? runes[i].ToString() + runes[i + 1] : runes[i].ToString();
    }

    // Another may write there at the same time: what counts is the word itself, and its hash only saves looking at most others.
    private SearchTerm? KnownAt(int place, uint hash, ReadOnlySpan<char> word)
    {
        ref var known = ref _known[place];
        return known.Hash == hash && Volatile.Read(ref known.Term) is { } term && word.SequenceEqual(term.Written) ? term : null;
    }

    private static bool IsPlain(string word)
    {
        foreach (var c in word)
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c)) return false;
        return true;
    }

    private SearchTerm Analyse(string lower)
    {
        if (lower[^1] == '#') return new SearchTerm(lower, lower[..^1] + "sharp", lower[..^1] + "sharp");
        if (lower[^1] == '+') return new SearchTerm(lower, lower[..1] + "plusplus", lower[..1] + "plusplus");
        if (lower == ".net") return new SearchTerm(lower, "dotnet", "dotnet");
        var surface = IsPlain(lower) ? lower : Clean(lower);
        var folded = Fold(surface);
        var stem = surface.Length == 0 ? null : Stemmers.Stem(surface, _language);
        return new SearchTerm(surface, folded, stem is null ? "" : Fold(stem) is { Length: > 0 } token ? token : folded) { Written = lower };
    }

    private static string Clean(string word) => string.Concat(word.Normalize(NormalizationForm.FormKC).Where(c => c is not ('\u00AD' or '\u200C' or '\u200D'))).Replace('’', '\'').Replace('ʼ', '\'').ToLowerInvariant();
}
