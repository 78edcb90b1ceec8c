using System.Globalization;
using System.Text;

namespace Blog.Content.Search;

/// <summary>Where a word stands in a text.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">In characters.</param>
/// <param name="IsUnspaced">True for a run of a script that puts no spaces between words, such as Chinese or Thai: it is found by its pairs of characters.</param>
public readonly record struct WordSpan(int Start, int Length, bool IsUnspaced)
{
    public int End => Start + Length;
}

/// <summary>Finds the words of a text: runs of letters, digits and marks, with the apostrophes within; <c>C#</c>, <c>C++</c> and <c>.NET</c> are words too.</summary>
public static class WordBreaker
{
    /// <summary>The next word from a position on, which is moved behind it; false when there is none.</summary>
    public static bool Next(ReadOnlySpan<char> text, ref int position, out WordSpan word)
    {
        var i = position;
        while (i < text.Length && !char.IsAsciiLetterOrDigit(text[i]) && !StartsWord(text, i, out _)) i++;
        if (i >= text.Length)
        {
            (position, word) = (text.Length, default);
            return false;
        }

        var start = i;
        var isUnspaced = IsUnspacedAt(text, i);
        while (i < text.Length)
        {
            // Most of most texts.
            if (!isUnspaced && char.IsAsciiLetterOrDigit(text[i])) i++;
            else if (StartsWord(text, i, out var length))
            {
                // A run of Chinese ends where Latin letters begin, and the other way about.
                if (IsUnspacedAt(text, i) != isUnspaced && !IsMark(text[i])) break;
                i += length;
            }
            else if (IsMark(text[i]) || (IsWithin(text[i]) && i + 1 < text.Length && StartsWord(text, i + 1, out _) && !isUnspaced)) i++;
            else break;
        }

        if (!isUnspaced) (start, i) = WithSigns(text, start, i);
        (position, word) = (i, new WordSpan(start, i - start, isUnspaced));
        return true;
    }

    private static (int Start, int End) WithSigns(ReadOnlySpan<char> text, int start, int end)
    {
        if (end - start == 1 && end < text.Length && text[end] == '#') return (start, end + 1);
        if (end - start == 1 && end + 1 < text.Length && text[end] == '+' && text[end + 1] == '+') return (start, end + 2);
        if (start > 0 && text[start - 1] == '.' && (start == 1 || !char.IsLetterOrDigit(text[start - 2])) && text[start..end].Equals("net", StringComparison.OrdinalIgnoreCase)) return (start - 1, end);
        return (start, end);
    }

    private static bool StartsWord(ReadOnlySpan<char> text, int i, out int length)
    {
        length = 1;
        var c = text[i];
        if (c < 128) return char.IsAsciiLetterOrDigit(c);
        if (!char.IsHighSurrogate(c)) return char.IsLetterOrDigit(c);
        length = 2;
        return i + 1 < text.Length && Rune.TryCreate(c, text[i + 1], out var rune) && Rune.IsLetterOrDigit(rune);
    }

    private static bool IsMark(char c) => c >= 128 && (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark || c is '\u00AD' or '\u200C' or '\u200D');

    private static bool IsWithin(char c) => c is '\'' or '’' or 'ʼ';

    /// <summary>Han, kana, hangul, and the scripts of South-East Asia.</summary>
    private static bool IsUnspacedAt(ReadOnlySpan<char> text, int i) => text[i] >= '\u0E00' && (text[i] is
        (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF') or (>= '\u3040' and <= '\u30FF') or (>= '\u31F0' and <= '\u31FF') or (>= '\u3400' and <= '\u4DBF')
        or (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF66' and <= '\uFF9F') or '々'
        // The planes beyond the basic one that hold letters of interest are those of Han.
        || (char.IsHighSurrogate(text[i]) && text[i] is >= '\uD840' and <= '\uD888'));
}
