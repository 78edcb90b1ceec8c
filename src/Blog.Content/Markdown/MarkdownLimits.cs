using System.Buffers;

namespace Blog.Content.Markdown;

/// <summary>Finds text that no person writes, and that would cost a Markdown parser seconds or its stack.</summary>
internal static class MarkdownLimits
{
    private const int MaxLength = 1_000_000;
    private const int MaxLines = 50_000;
    private const int MaxContainers = 60;
    private const int MaxLineLength = 200_000;
    private const int MaxBracketRun = 500;

    private static readonly SearchValues<char> Repeated = SearchValues.Create("[!*_~`<>|");

    /// <summary>What is too much and the 0-based line where it is; null for text that may be parsed.</summary>
    public static (int Line, string What)? Exceeded(string text)
    {
        if (text.Length > MaxLength) return (0, $"{text.Length} characters");
        var number = 0;
        var open = new Stack<int>();
        var paragraph = new ParagraphCost();
        var (blockEnd, isShort) = (0, false);
        for (var i = 0; i < text.Length; number++)
        {
            if (i >= blockEnd)
            {
                // No paragraph goes beyond an empty line.
                blockEnd = text.IndexOf("\n\n", i, StringComparison.Ordinal) is >= 0 and var empty ? empty + 2 : text.Length;
                isShort = blockEnd - i <= ParagraphCost.Harmless;
            }

            var end = text.IndexOf('\n', i);
            if (end < 0) end = text.Length;
            var line = text.AsSpan(i, end - i);
            if (number == MaxLines) return (number, $"more than {MaxLines} lines");
            if (line.Length > MaxLineLength) return (number, $"a line of {line.Length} characters");
            if (Containers(line, open) > MaxContainers) return (number, $"more than {MaxContainers} quotes and lists within each other");
            if (paragraph.Add(line, isShort) is { } costly) return (number, costly);
            if (LongestRun(line) is var (c, length) && length > (c is '`' or '~' or '*' or '_' or '|' or '>' ? MaxLineLength : MaxBracketRun)) return (number, $"{length} times “{c}” in a row");
            i = end + 1;
        }

        return null;
    }

    /// <summary>How many containers a line stands in: the markers that it begins with, and the lists that are still open by its indentation.</summary>
    private static int Containers(ReadOnlySpan<char> line, Stack<int> open)
    {
        var (column, markers) = (0, 0);
        var i = 0;
        while (i < line.Length)
        {
            if (line[i] is ' ' or '\t') column += line[i++] == '\t' ? 4 : 1;
            else if (line[i] == '>')
            {
                markers++;
                (i, column) = (i + 1, column + 1);
            }
            else if (line[i] is '-' or '*' or '+' && (i + 1 == line.Length || line[i + 1] is ' ' or '\t'))
            {
                Push(open, column);
                markers++;
                (i, column) = (i + 1, column + 1);
            }
            else if (char.IsAsciiDigit(line[i]) && line[i..].IndexOfAnyExcept("0123456789") is > 0 and <= 9 and var digits && line[i + digits] is '.' or ')' && (i + digits + 1 == line.Length || line[i + digits + 1] is ' ' or '\t'))
            {
                Push(open, column);
                markers++;
                (i, column) = (i + digits + 1, column + digits + 1);
            }
            else break;
        }

        if (i == line.Length && markers == 0) return 0;
        if (markers == 0) while (open.Count > 0 && open.Peek() >= column) open.Pop();
        return Math.Max(markers, open.Count);
    }

    private static void Push(Stack<int> open, int column)
    {
        while (open.Count > 0 && open.Peek() >= column) open.Pop();
        open.Push(column);
    }

    /// <summary>The longest run of one character; of length 0 in a line without one that matters.</summary>
    private static (char Char, int Length) LongestRun(ReadOnlySpan<char> line)
    {
        var best = (Char: ' ', Length: 0);
        if (!MayHaveRun(line)) return best;
        for (var i = 0; i < line.Length;)
        {
            var length = 1;
            while (i + length < line.Length && line[i + length] == line[i]) length++;
            // “![![![” counts like a run of “[”.
            if (line[i] is '[' or '!' or '<')
                while (i + length < line.Length && line[i + length] is '[' or '!' or '<') length++;
            if (length > best.Length && Repeated.Contains(line[i])) best = (line[i], length);
            i += length;
        }

        return best;
    }

    /// <summary>False for most lines, after a look at a few characters: one that is too long covers at least one of them.</summary>
    private static bool MayHaveRun(ReadOnlySpan<char> line)
    {
        for (var i = MaxBracketRun; i < line.Length; i += MaxBracketRun)
            if (Repeated.Contains(line[i])) return true;
        return false;
    }
}
