namespace Blog.Content.Mathematics;

/// <summary>A formula within text, between <c>$…$</c>, <c>$$…$$</c> or GitHub's <c>$`…`$</c>.</summary>
/// <param name="Tex">What is between the signs.</param>
/// <param name="IsDisplay">True between two dollars on each side.</param>
/// <param name="Start">Offset of the first character of <paramref name="Tex"/>.</param>
/// <param name="End">Offset behind the last sign.</param>
internal readonly record struct MathSpan(string Tex, bool IsDisplay, int Start, int End)
{
    private const int MaxInline = 1_000;
    private const int MaxDisplay = 10_000;

    // “The $n$th”; other letters behind a dollar make it a name, as in $HOME/$USER.
    private static readonly string[] Suffixes = ["th", "st", "nd", "rd", "s"];

    /// <summary>
    /// The formula that begins with the dollar at <paramref name="i"/>; null where it is only a dollar. A sum of money is no formula: the first sign
    /// stands at no word's end and before no space, the last behind no space and before no digit, and what begins with a number and goes on in words is prose.
    /// </summary>
    /// <param name="text">The whole text.</param>
    /// <param name="i">Where a dollar stands that no backslash precedes.</param>
    /// <param name="end">Offset behind the paragraph.</param>
    public static MathSpan? At(string text, int i, int end)
    {
        end = Math.Min(end, text.Length);
        if (i > 0 && (char.IsAsciiLetterOrDigit(text[i - 1]) || text[i - 1] == '$') || i + 2 >= end) return null;
        if (text[i + 1] == '$') return text[i + 2] == '$' ? null : Until("$$", text, i + 2, Math.Min(end, i + MaxDisplay), true);
        if (text[i + 1] == '`') return Until("`$", text, i + 2, Math.Min(end, i + MaxInline), false);
        if (char.IsWhiteSpace(text[i + 1])) return null;
        return Until("$", text, i + 1, Math.Min(end, i + MaxInline), false) is { } span && !char.IsWhiteSpace(span.Tex[^1]) && !span.Tex.Contains('`', StringComparison.Ordinal) && EndsThere(text, span.End) && !IsAmount(span.Tex) ? span : null;
    }

    private static MathSpan? Until(string sign, string text, int start, int end, bool isDisplay)
    {
        for (var i = start; i < end; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '\n' && IsBlank(text, i + 1, end)) return null;
            else if (text[i] == sign[0] && string.CompareOrdinal(text, i, sign, 0, sign.Length) == 0)
                return i + sign.Length <= end && !string.IsNullOrWhiteSpace(text[start..i]) ? new MathSpan(text[start..i], isDisplay, start, i + sign.Length) : null;
        }

        return null;
    }

    private static bool IsBlank(string text, int i, int end)
    {
        while (i < end && text[i] is ' ' or '\t' or '>') i++;
        return i < end && text[i] == '\n';
    }

    private static bool EndsThere(string text, int end)
    {
        var letters = end;
        while (letters < text.Length && letters < end + 3 && char.IsAsciiLetterOrDigit(text[letters])) letters++;
        return (letters == end && (end == text.Length || text[end] != '$')) || Suffixes.Contains(text[end..letters]);
    }

    private static bool IsAmount(string tex)
    {
        if (!char.IsAsciiDigit(tex[0]) || tex.AsSpan().ContainsAny("\\^_={}")) return false;
        for (var i = 1; i < tex.Length; i++)
            if (char.IsLetter(tex[i]) && char.IsLetter(tex[i - 1])) return true;
        return false;
    }
}
