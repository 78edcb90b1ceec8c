using System.Text.RegularExpressions;

namespace Blog.Content.FrontMatter;

/// <summary>Finds the front matter between two <c>---</c> lines at the top of a file (the form that Jekyll introduced), or two <c>+++</c> lines if it is TOML, and bears with how people get it wrong.</summary>
internal static partial class FrontMatterSplitter
{
    private const int MaxLines = 2000;
    private const string TomlFence = "+++";

    /// <summary>The lines between the fences (null without front matter), the first one's number, and where the body begins.</summary>
    internal readonly record struct Parts(IReadOnlyList<string>? Lines, int FirstLine, int BodyStart, int BodyLine, bool IsToml = false);

    internal static Parts Split(string text, ProblemList problems)
    {
        var lines = new LineReader(text);
        var first = SkipBlank(lines, text);
        if (!lines.Read(out var opener) || !IsFence(opener))
        {
            return opener.TrimEnd() == TomlFence ? SplitToml(lines, problems) : new Parts(null, 0, 0, 1);
        }

        if (first > 0) problems.Info(1, 1, "blank-before-front-matter", "There are blank lines above the front matter.", "Remove them: other tools want --- on the first line.");
        var body = new List<string>();
        var firstLine = lines.Number + 1;
        while (lines.Read(out var line) && body.Count < MaxLines)
        {
            if (!IsFence(line) && line.TrimEnd() != "...")
            {
                body.Add(line);
                continue;
            }

            if (body.All(string.IsNullOrWhiteSpace) && NextIsKey(text, lines))
            {
                // Two fences and then keys: the first one is a stray.
                problems.Warning(lines.Number, 1, "stray-fence", "There is a --- too many above the front matter.", "Remove this line.");
                body.Clear();
                firstLine = lines.Number + 1;
                continue;
            }

            // Two rules around prose are no front matter.
            if (body.Exists(HasText) && !body.Exists(line => line.Contains(':', StringComparison.Ordinal) || line.TrimStart().StartsWith('#'))) return new Parts(null, 0, 0, 1);
            return AfterFence(text, lines, body, firstLine, problems);
        }

        return Unclosed(text, body, firstLine, problems);
    }

    private static Parts SplitToml(LineReader lines, ProblemList problems)
    {
        var (opener, body) = (lines.Number, new List<string>());
        while (lines.Read(out var line) && body.Count < MaxLines)
        {
            if (line.TrimEnd() == TomlFence) return new Parts(body, opener + 1, lines.Position, lines.Number + 1, true);
            body.Add(line);
        }

        problems.Error(opener, 1, "unclosed-front-matter", "The front matter is not closed.", "Put a line of +++ below it.");
        return new Parts(null, 0, 0, 1);
    }

    /// <summary>Skips a second closing fence that stands right below the front matter.</summary>
    private static Parts AfterFence(string text, LineReader lines, List<string> body, int firstLine, ProblemList problems)
    {
        var (start, number) = (lines.Position, lines.Number);
        while (lines.Read(out var line) && (string.IsNullOrWhiteSpace(line) || IsFence(line)))
        {
            if (!IsFence(line)) continue;
            problems.Warning(lines.Number, 1, "stray-fence", "There is a second --- below the front matter.", "Remove this line, or write *** for a rule.");
            return new Parts(body, firstLine, lines.Position, lines.Number + 1);
        }

        return new Parts(body, firstLine, start, number + 1);
    }

    /// <summary>Without a closing fence, what looks like YAML is front matter and the body begins at the first line that doesn't.</summary>
    private static Parts Unclosed(string text, List<string> body, int firstLine, ProblemList problems)
    {
        var count = body.TakeWhile(line => LooksLikeYaml().IsMatch(line)).Count();
        if (count == 0) return new Parts(null, 0, 0, 1);
        problems.Error(firstLine - 1, 1, "unclosed-front-matter", "The front matter is not closed.", $"Put a line of --- after line {firstLine + count - 1}.");
        var lines = new LineReader(text);
        while (lines.Number < firstLine + count - 1 && lines.Read(out _)) { }
        return new Parts(body.Take(count).ToList(), firstLine, lines.Position, lines.Number + 1);
    }

    private static int SkipBlank(LineReader lines, string text)
    {
        var skipped = 0;
        while (skipped < 50)
        {
            var (position, number) = (lines.Position, lines.Number);
            if (!lines.Read(out var line)) break;
            if (!string.IsNullOrWhiteSpace(line))
            {
                lines.Return(position, number);
                break;
            }

            skipped++;
        }

        return skipped;
    }

    private static bool NextIsKey(string text, LineReader lines)
    {
        var ahead = new LineReader(text);
        ahead.Return(lines.Position, lines.Number);
        while (ahead.Read(out var line))
        {
            if (!string.IsNullOrWhiteSpace(line)) return Key().IsMatch(line) && HasFenceAhead(ahead);
        }

        return false;
    }

    private static bool HasFenceAhead(LineReader ahead)
    {
        for (var i = 0; i < 200 && ahead.Read(out var line); i++)
            if (IsFence(line)) return true;
        return false;
    }

    private static bool HasText(string line) => !string.IsNullOrWhiteSpace(line);

    private static bool IsFence(string line) => Fence().IsMatch(line);

    [GeneratedRegex(@"^-{3,}\s*(yaml)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^[\p{L}_$][\p{L}\p{N} _.-]{0,60}:(\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex(@"^([\p{L}_$][\p{L}\p{N}_.-]{0,60}\s*:(\s.*)?|\s+\S.*|-\s.*|#.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeYaml();

    /// <summary>Reads lines ended by LF, CRLF or CR, and knows where it is.</summary>
    private sealed class LineReader(string text)
    {
        public int Position { get; private set; }

        public int Number { get; private set; }

        public bool Read(out string line)
        {
            line = "";
            if (Position >= text.Length) return false;
            var end = text.AsSpan(Position).IndexOfAny('\n', '\r');
            line = end < 0 ? text[Position..] : text.Substring(Position, end);
            Position = end < 0 ? text.Length : Position + end + 1;
            if (end >= 0 && text[Position - 1] == '\r' && Position < text.Length && text[Position] == '\n') Position++;
            Number++;
            return true;
        }

        public void Return(int position, int number) => (Position, Number) = (position, number);
    }
}
