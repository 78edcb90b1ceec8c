using System.Globalization;
using System.Text;

namespace Blog.Content;

/// <summary>Names in addresses, and the folding that makes different spellings of one term equal.</summary>
public static class Slug
{
    /// <summary>The longest slug, in characters; longer ones are cut at a word.</summary>
    public const int MaxLength = 120;

    /// <summary>
    /// A lower-case, hyphenated name for an address: letters and digits of any script are kept, Latin accents are removed,
    /// camelCase is split, <c>C#</c> and <c>C++</c> stay apart from <c>C</c>. Empty when nothing usable is left.
    /// </summary>
    public static string From(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "";
        var slug = new StringBuilder(text.Length + 8);
        var previous = '\0';
        var decomposed = text.Normalize(NormalizationForm.FormKD);
        for (var i = 0; i < decomposed.Length; i++)
        {
            var c = decomposed[i];
            if (char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark && IsLatin(previous)) continue;
            if (char.IsUpper(c) && char.IsLower(previous)) Hyphen(slug);
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || IsMark(c)) slug.Append(char.ToLowerInvariant(c));
            else if (c == '#' && char.IsLetter(previous)) { Hyphen(slug); slug.Append("sharp"); }
            else if (c == '+' && (char.IsLetter(previous) || previous == '+')) { Hyphen(slug); slug.Append("plus"); }
            else if (c == '.' && slug.Length == 0 && i + 1 < decomposed.Length && char.IsLetter(decomposed[i + 1])) slug.Append("dot-");
            else if (c == '&') { Hyphen(slug); slug.Append("and-"); }
            else if (c is not ('\'' or '’')) Hyphen(slug);
            previous = c;
        }

        // As a whole once more: capitals beyond the basic plane are pairs.
        return Cut(slug.ToString().Trim('-').Normalize(NormalizationForm.FormC).ToLowerInvariant());
    }

    /// <summary>
    /// The form in which spellings of one term are equal: <c>webApis</c>, <c>web-apis</c> and <c>Web APIs</c> all fold to <c>webapis</c>.
    /// Empty when nothing usable is left.
    /// </summary>
    public static string Fold(string? text) => From(text).Replace("-", "", StringComparison.Ordinal);

    /// <summary>A title made from a file or folder name: <c>my-first_post</c> becomes <c>My first post</c>.</summary>
    public static string Humanise(string name)
    {
        var words = name.Replace('-', ' ').Replace('_', ' ').Trim();
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static void Hyphen(StringBuilder slug)
    {
        if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
    }

    private static string Cut(string slug)
    {
        if (slug.Length <= MaxLength) return slug;
        var end = slug.LastIndexOf('-', MaxLength);
        return slug[..(end > MaxLength / 2 ? end : char.IsHighSurrogate(slug[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }

    private static bool IsLatin(char c) => c is < '\u0250';

    private static bool IsMark(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
