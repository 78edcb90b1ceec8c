using System.Buffers;
using System.Text;

namespace Blog.Content;

/// <summary>Removes what no page, feed or XML file may carry: control characters and lone surrogates (XML 1.0 section 2.2).</summary>
public static class CleanText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', '\u007F' - ' ').Select(c => (char)c), '\t', '\n', '\r']);

    /// <summary><paramref name="text"/> itself when it is clean; else a copy with each bad character as U+FFFD.</summary>
    public static string Of(string text)
    {
        var bad = FirstBad(text, 0);
        if (bad < 0) return text;
        var clean = new StringBuilder(text);
        for (; bad >= 0; bad = FirstBad(text, bad + 1)) clean[bad] = '\uFFFD';
        return clean.ToString();
    }

    /// <summary>At most <paramref name="most"/> characters of the text, never half of a surrogate pair.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    /// <summary>Where the first character that <see cref="Of"/> replaces stands, from <paramref name="start"/>; -1 without one.</summary>
    public static int FirstBad(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            // Nearly all of nearly every text.
            var next = text.AsSpan(i).IndexOfAnyExcept(Plain);
            if (next < 0) return -1;
            var c = text[i += next];
            if (c is < ' ' and not ('\t' or '\n' or '\r') or '\u007F' or '\uFFFE' or '\uFFFF' or (>= '\u0080' and <= '\u009F' and not '\u0085')) return i;
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(c)) return i;
        }

        return -1;
    }
}
