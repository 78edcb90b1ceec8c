using System.Globalization;
using System.Text;

namespace Blog.Content;

/// <summary>Names in addresses, and the folding that makes different spellings of one term equal.</summary>
public static class Slug
{
    /// <summary>The longest slug, in characters; longer ones are cut at a word.</summary>
    public const int MaxLength = 120;

    // Latin letters that no accent can be taken from.
    private static readonly Dictionary<char, string> Latin = new()
    {
        ['ß'] = "ss",
        ['ẞ'] = "ss",
        ['æ'] = "ae",
        ['Æ'] = "ae",
        ['œ'] = "oe",
        ['Œ'] = "oe",
        ['ø'] = "o",
        ['Ø'] = "o",
        ['ł'] = "l",
        ['Ł'] = "l",
        ['đ'] = "d",
        ['Đ'] = "d",
        ['ð'] = "d",
        ['Ð'] = "d",
        ['þ'] = "th",
        ['Þ'] = "th",
        ['ı'] = "i",
    };

    /// <summary>
    /// A lower-case, hyphenated name for an address: letters and digits of any script are kept, Latin accents are removed,
    /// camelCase is split but names such as <c>JavaScript</c> are not, <c>C#</c> and <c>C++</c> stay apart from <c>C</c>. Empty when nothing usable is left.
    /// </summary>
    public static string From(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "";
        var slug = new StringBuilder(text.Length + 8);
        var previous = '\0';
        var wordStart = 0;
        var decomposed = text.Normalize(NormalizationForm.FormKD);
        for (var i = 0; i < decomposed.Length; i++)
        {
            var c = decomposed[i];
            if (char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark && IsLatin(previous)) continue;
            if (char.IsUpper(c) && IsHump(decomposed, wordStart, i)) Hyphen(slug);
            if (Latin.TryGetValue(c, out var letters)) slug.Append(letters);
            else if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || IsMark(c)) slug.Append(char.ToLowerInvariant(c));
            else if (c == '#' && char.IsLetter(previous)) Word(slug, "sharp");
            else if (c == '+' && (char.IsLetter(previous) || previous == '+')) Word(slug, "plus");
            else if (c == '.' && slug.Length == 0 && i + 1 < decomposed.Length && char.IsLetter(decomposed[i + 1])) slug.Append("dot-");
            else if (c == '&') Word(slug, "and");
            else if (c is not ('\'' or '’')) Hyphen(slug);
            if (!char.IsLetterOrDigit(c)) wordStart = i + 1;
            previous = c;
        }

        // As a whole once more: capitals beyond the basic plane are pairs.
        return Cut(slug.ToString().Trim('-').Normalize(NormalizationForm.FormC).ToLowerInvariant());
    }

    /// <summary>
    /// The form in which spellings of one term are equal: <c>webApis</c>, <c>web-apis</c> and <c>Web APIs</c> all fold to <c>webapis</c>.
    /// Hyphens between digits stay: 1.0 is not 10. Empty when nothing usable is left.
    /// </summary>
    public static string Fold(string? text)
    {
        var slug = From(text);
        return string.Concat(slug.Where((c, i) => c != '-' || (char.IsDigit(slug[i - 1]) && char.IsDigit(slug[i + 1]))));
    }

    /// <summary>The plain letters for a Latin letter that no accent can be taken from, such as ss for ß; null for any other character.</summary>
    internal static string? PlainLetters(char c) => c < 128 ? null : Latin.GetValueOrDefault(c);

    /// <summary>A title made from a file or folder name: <c>my-first_post</c> becomes <c>My first post</c>.</summary>
    public static string Humanise(string name)
    {
        var words = name.Replace('-', ' ').Replace('_', ' ').Trim();
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>True for the A in <c>webApis</c>, but not for the capitals of <c>JavaScript</c>, <c>macOS</c> and <c>iPhone</c>, which are names.</summary>
    private static bool IsHump(string text, int wordStart, int i) =>
        i - wordStart >= 2 && char.IsLower(text[wordStart]) && char.IsLower(text[i - 1]) && i + 1 < text.Length && char.IsLower(text[i + 1]);

    private static void Word(StringBuilder slug, string word)
    {
        Hyphen(slug);
        slug.Append(word).Append('-');
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
