using System.Text;
using Blog.Content;

namespace Blog.Site.Desk.Problems;

/// <summary>The text of a content file as it is now, for showing the lines around a problem.</summary>
public sealed class SourceLines
{
    private const long MaxBytes = 1024 * 1024;
    private const int Neighbours = 2;
    private const int MaxBefore = 60;
    private const int MaxLine = 160;
    private const int MaxMark = 80;

    private readonly string[] _lines;

    private SourceLines(string text) => _lines = text.Length == 0 ? [] : text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');

    /// <summary>Reads a file; one that is gone, not text, or very large has no lines.</summary>
    public static SourceLines Read(ContentFolder folder, string path)
    {
        try
        {
            return folder.Resolve(path) is { } full && new FileInfo(full).Length is var size and <= MaxBytes && folder.Read(new FoundFile(path, ContentLayout.KindOf(path), size, 0)) is { IsReadable: true } source
                ? new SourceLines(source.Text)
                : new SourceLines("");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new SourceLines("");
        }
    }

    /// <summary>The line with two before and two after it, long ones cut, and the word at the column marked; none where the file has no such line.</summary>
    public IReadOnlyList<SourceLine> Around(int line, int column)
    {
        if (line < 1 || line > _lines.Length) return [];
        var first = Math.Max(1, line - Neighbours);
        var last = Math.Min(_lines.Length, line + Neighbours);
        return Enumerable.Range(first, last - first + 1).Select(number => number == line ? Marked(number, _lines[number - 1], column) : new SourceLine(number, Visible(Cut(_lines[number - 1], 0, MaxLine)), null, "")).ToList();
    }

    private static SourceLine Marked(int number, string text, int column)
    {
        var start = Math.Clamp(column - 1, 0, text.Length);
        if (start > 0 && start < text.Length && char.IsLowSurrogate(text[start])) start--;
        var end = EndOfMark(text, start);
        if (end < text.Length && char.IsLowSurrogate(text[end])) end++;
        var from = Math.Max(0, start - MaxBefore);
        if (from > 0 && char.IsLowSurrogate(text[from])) from++;
        return new SourceLine(number, (from > 0 ? "…" : "") + Visible(text[from..start]), Visible(text[start..end]), Visible(Cut(text, end, MaxLine - (end - from))));
    }

    /// <summary>The end of the link or tag that begins there, or else of the word.</summary>
    private static int EndOfMark(string text, int start)
    {
        var most = Math.Min(text.Length, start + MaxMark);
        var closing = start < text.Length ? text[start] switch { '[' or '!' => ')', '<' => '>', _ => '\0' } : '\0';
        var end = closing == '\0' ? -1 : text.IndexOf(closing, start, most - start);
        if (end >= 0) return end + 1;
        for (end = start; end < most && (end == start || !char.IsWhiteSpace(text[end]));) end++;
        return end;
    }

    private static string Cut(string text, int from, int length)
    {
        if (text.Length - from <= length) return text[from..];
        var end = from + Math.Max(1, length);
        if (char.IsLowSurrogate(text[end])) end--;
        return text[from..end] + "…";
    }

    /// <summary>The text with every character shown that would else be unseen or turn the line around.</summary>
    private static string Visible(string text)
    {
        if (!text.Any(IsUnseen)) return text;
        var shown = new StringBuilder(text.Length + 16);
        foreach (var c in text)
            if (!IsUnseen(c)) shown.Append(c);
            else if (c < ' ') shown.Append((char)('\u2400' + c));
            else shown.Append(System.Globalization.CultureInfo.InvariantCulture, $"⟨U+{(int)c:X4}⟩");
        return shown.ToString();
    }

    private static bool IsUnseen(char c) => (char.IsControl(c) && c != '\t') || c is '\u061C' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2069') or '\uFEFF' or '\uFFFE';
}

/// <summary>A line of a file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Before">The text up to the mark; all of it on a line without one.</param>
/// <param name="Mark">What is marked, perhaps nothing at the end of the line; null on a line without a mark.</param>
/// <param name="After">The text behind the mark.</param>
public sealed record SourceLine(int Number, string Before, string? Mark, string After);
