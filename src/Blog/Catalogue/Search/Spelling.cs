using F23.StringSimilarity;

namespace Blog.Catalogue.Search;

/// <summary>Mends words that no article has, from those that articles have.</summary>
internal sealed class Spelling(SearchIndex index)
{
    private const int ShortestToMend = 3;
    private const int LongestToMend = 30;

    private static readonly OptimalStringAlignment Distance = new();

    /// <summary>The word that was probably meant: the nearest, and of equally near ones that of most articles; null when none is near.</summary>
    /// <param name="folded">The word, without diacritics.</param>
    /// <param name="least">Articles that must have it.</param>
    public string? Mended(string folded, int least = 1)
    {
        if (folded.Length is < ShortestToMend or > LongestToMend) return null;
        var allowed = folded.Length < 6 ? 1 : 2;
        return index.Resembling(folded, Math.Max(folded.Length < 5 ? 1 : 2, folded.Length / 3), allowed)
            .Where(word => word.Count >= least && word.Folded != folded && Digits(word.Folded) == Digits(folded))
            .Select(word => (word.Surface, word.Count, Edits: Distance.Distance(folded, word.Folded)))
            .Where(word => word.Edits <= allowed)
            .OrderBy(word => word.Edits).ThenByDescending(word => word.Count).ThenBy(word => word.Surface, StringComparer.Ordinal)
            .Select(word => word.Surface).FirstOrDefault() ?? Parted(folded);
    }

    /// <summary>Two words written as one.</summary>
    private string? Parted(string folded)
    {
        for (var at = folded.Length - 3; at >= 3; at--)
            if (index.Spellings(folded[..at]) is [var first, ..] && index.Spellings(folded[at..]) is [var second, ..]) return $"{first.Surface} {second.Surface}";
        return null;
    }

    private static string Digits(string word) => string.Concat(word.Where(char.IsDigit));
}
