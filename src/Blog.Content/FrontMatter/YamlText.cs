using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Blog.Content.FrontMatter;

/// <summary>Reads YAML 1.2 as people write it: strictly where it is valid; else entry by entry, so that one mistake costs one entry and not the rest.</summary>
public static partial class YamlText
{
    private const int MaxNodes = 200_000;
    private const int MaxDepth = 50;
    private const string TabsForIndent = "    ";

    /// <summary>The top-level entries of a YAML text.</summary>
    /// <param name="text">The whole text of a data file.</param>
    /// <param name="problems">Receives what was wrong, with lines.</param>
    public static IReadOnlyList<FrontMatterEntry> Read(string text, ProblemList problems) =>
        Read(text.Split('\n').Select(line => line.TrimEnd('\r')).ToList(), 1, problems);

    /// <summary>The top-level entries of the given lines.</summary>
    /// <param name="lines">Without line ends.</param>
    /// <param name="firstLine">The 1-based number that the first line has in its file.</param>
    /// <param name="problems">Receives what was wrong, with lines of the file.</param>
    public static IReadOnlyList<FrontMatterEntry> Read(IReadOnlyList<string> lines, int firstLine, ProblemList problems)
    {
        var clean = WithoutTabs(lines, firstLine, problems);
        IReadOnlyList<FrontMatterEntry> entries;
        try
        {
            entries = Parse(string.Join('\n', clean), firstLine) switch
            {
                MapValue map => map.Entries,
                null => [],
                ScalarValue { Text: null } => [],
                _ => ReadByEntry(clean, firstLine, problems),
            };
        }
        catch (YamlException e)
        {
            var before = problems.Count;
            entries = ReadByEntry(clean, firstLine, problems);
            if (problems.Count == before)
                problems.Warning(firstLine + (int)e.Start.Line - 1, (int)e.Start.Column, "yaml-syntax", $"This is not valid YAML: {e.Message} What could be read entry by entry is used.", "Mend it here.");
        }

        foreach (var repeated in entries.GroupBy(entry => FrontMatterKey.Fold(entry.Key)).Where(group => group.Count() > 1))
            problems.Warning(repeated.Last().Line, repeated.Last().Column, "duplicate-key", $"“{repeated.Last().Key}” is given more than once; the last one counts.", $"Remove the one on line {repeated.First().Line}.");
        return entries;
    }

    private static List<string> WithoutTabs(IReadOnlyList<string> lines, int firstLine, ProblemList problems)
    {
        var clean = new List<string>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var indent = line.AsSpan().IndexOfAnyExcept(' ', '\t');
            if (indent > 0 && line.AsSpan(0, indent).Contains('\t'))
            {
                problems.Warning(firstLine + i, line.IndexOf('\t', StringComparison.Ordinal) + 1, "yaml-tab", "The line is indented with a tab, which YAML does not allow; it was read as spaces.", "Indent with spaces.");
                line = line[..indent].Replace("\t", TabsForIndent, StringComparison.Ordinal) + line[indent..];
            }

            clean.Add(line.Trim().Length == 0 ? "" : CleanText.Of(line));
        }

        return clean;
    }

    /// <summary>Reads each top-level entry by itself, and one that is not YAML as the plain text that its author meant.</summary>
    private static List<FrontMatterEntry> ReadByEntry(List<string> lines, int firstLine, ProblemList problems)
    {
        var entries = new List<FrontMatterEntry>();
        for (var start = 0; start < lines.Count;)
        {
            var end = start + 1;
            while (end < lines.Count && !TopLevelKey().IsMatch(lines[end]) && !KeyWithoutSpace(lines[end])) end++;
            var segment = lines.GetRange(start, end - start);
            if (segment.Any(IsSaid))
                ReadEntry(segment, firstLine + start, entries, problems);
            start = end;
        }

        return entries;
    }

    private static void ReadEntry(List<string> segment, int line, List<FrontMatterEntry> entries, ProblemList problems)
    {
        var problem = (Line: line, Column: 1, Message: "");
        if (KeyWithoutSpace(segment[0]))
        {
            var colon = segment[0].IndexOf(':', StringComparison.Ordinal);
            problems.Warning(line, colon + 1, "yaml-colon-space", "There is no space after the colon.", "Write “key: value”.");
            segment[0] = segment[0][..(colon + 1)] + " " + segment[0][(colon + 1)..];
        }

        try
        {
            if (Parse(string.Join('\n', segment), line) is MapValue map)
            {
                entries.AddRange(map.Entries);
                return;
            }
        }
        catch (YamlException e)
        {
            problem = (line + (int)e.Start.Line - 1, (int)e.Start.Column, e.InnerException?.Message ?? e.Message);
        }

        var key = TopLevelKey().Match(segment[0]);
        if (!key.Success)
        {
            // Nor do the lines below it have a key: one that has begins an entry of its own.
            for (var i = 0; i < segment.Count; i++)
                if (IsSaid(segment[i])) problems.Error(line + i, 1, "yaml-syntax", $"“{Short(segment[i])}” is not a “key: value” line; it is left out.", "Give it a key, or start the line with # to make it a comment.");
            return;
        }

        if (WithoutStrays(segment, line, problems) || SplitAtKey(segment, line, entries, problems))
        {
            ReadEntry(segment, line, entries, problems);
            return;
        }

        if (problem.Line >= line + segment.Count) (problem.Line, problem.Column) = (line, key.Groups["value"].Index + 2);
        problems.Warning(problem.Line, problem.Column, "yaml-syntax", $"The value of “{key.Groups["key"].Value.Trim()}” is not valid YAML; it was read as plain text.", "Put the value in quotes.");
        var column = key.Groups["value"].Index + 1;
        var value = AsWritten(key.Groups["value"].Value);
        var items = segment.Skip(1).Select((text, i) => (Text: text.Trim(), Line: line + i + 1)).Where(item => item.Text.Length > 0).ToList();
        FrontMatterValue read = items.Count == 0 && value.StartsWith('[') ? new ListValue(value.Trim('[', ']').Split(',').Select(item => (FrontMatterValue)new ScalarValue(AsWritten(item), line, column)).ToList(), line, column)
            : items.Count == 0 ? new ScalarValue(value, line, column)
            : items.All(item => item.Text.StartsWith('-'))
                ? new ListValue(items.Select(item => (FrontMatterValue)new ScalarValue(AsWritten(item.Text[1..]), item.Line, 1)).ToList(), line, column)
                : new ScalarValue(AsWritten(string.Join(' ', items.Select(item => item.Text).Prepend(key.Groups["value"].Value.Trim().TrimStart('|', '>')))), line, column);
        entries.Add(new FrontMatterEntry(key.Groups["key"].Value.Trim().Trim('"', '\''), read, line, 1));
    }

    /// <summary>Blanks the lines that are neither indented nor an item, and so belong to no key; false when there are none.</summary>
    private static bool WithoutStrays(List<string> segment, int line, ProblemList problems)
    {
        var found = false;
        for (var i = 1; i < segment.Count; i++)
        {
            if (segment[i].Length == 0 || segment[i][0] is ' ' or '-' or '#' or ']' or '}') continue;
            problems.Error(line + i, 1, "yaml-syntax", $"“{Short(segment[i])}” is not a “key: value” line; it is left out.", "Give it a key, or start the line with # to make it a comment.");
            segment[i] = "";
            found = true;
        }

        return found;
    }

    /// <summary>Parts an entry with a value from the known key that is indented below it by a slip; false when there is none.</summary>
    private static bool SplitAtKey(List<string> segment, int line, List<FrontMatterEntry> entries, ProblemList problems)
    {
        if (TopLevelKey().Match(segment[0]).Groups["value"].Value.Trim() is not [not ('|' or '>'), ..]) return false;
        var at = segment.FindIndex(1, text => TopLevelKey().Match(text.TrimStart()) is { Success: true } key && FrontMatterKeys.IsKnown(key.Groups["key"].Value));
        if (at < 0) return false;
        problems.Warning(line + at, 1, "yaml-indent", "The line is indented as if it belonged to the one above; it was read as a key of its own.", "Remove the spaces in front of it.");
        var rest = segment.Skip(at).ToList();
        rest[0] = rest[0].TrimStart();
        segment.RemoveRange(at, segment.Count - at);
        entries.AddRange(ReadByEntry(rest, line + at, problems));
        return true;
    }

    private static bool IsSaid(string line) => line.Length > 0 && !line.TrimStart().StartsWith('#');

    /// <summary>The value without the quotes around it, balanced or not.</summary>
    private static string AsWritten(string value)
    {
        value = value.Trim();
        if (value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0]) return value[1..^1];
        return value.Length > 0 && value[0] is '"' or '\'' && value.Count(c => c == value[0]) == 1 ? value[1..] : value;
    }

    private static bool KeyWithoutSpace(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon + 1 < line.Length && line[colon + 1] is not (' ' or '/') && FrontMatterKeys.IsKnown(line[..colon]);
    }

    private static FrontMatterValue? Parse(string yaml, int firstLine)
    {
        var parser = new Parser(new StringReader(yaml));
        parser.Consume<StreamStart>();
        if (!parser.Accept<DocumentStart>(out _)) return null;
        parser.Consume<DocumentStart>();
        var left = MaxNodes;
        try
        {
            var value = ReadValue(parser, firstLine, [], 0, ref left);
            parser.Consume<DocumentEnd>();
            return value;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // The parser's own, for an escape for a character that doesn't exist, such as \UFFFFFFFF.
            throw new YamlException(parser.Current?.Start ?? Mark.Empty, parser.Current?.End ?? Mark.Empty, e.Message, e);
        }
    }

    private static FrontMatterValue ReadValue(Parser parser, int firstLine, Dictionary<AnchorName, (FrontMatterValue Value, int Size)> anchors, int depth, ref int left)
    {
        var current = parser.Current!;
        var (line, column) = (firstLine + (int)current.Start.Line - 1, (int)current.Start.Column);
        if (depth > MaxDepth || --left < 0) throw TooLarge(current);
        var before = left;
        switch (current)
        {
            case Scalar scalar:
                parser.MoveNext();
                var isNull = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";
                return Remember(scalar, left, new ScalarValue(isNull ? null : CleanText.Of(scalar.Value), line, column));
            case AnchorAlias alias:
                parser.MoveNext();
                if (!anchors.TryGetValue(alias.Value, out var known)) return new ScalarValue(null, line, column);
                // Shared, never copied; but who reads the values meets each of them again, so that they count again.
                if ((left -= known.Size) < 0) throw TooLarge(current);
                return known.Value;
            case SequenceStart sequence:
                parser.MoveNext();
                var items = new List<FrontMatterValue>();
                while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadValue(parser, firstLine, anchors, depth + 1, ref left));
                return Remember(sequence, left, new ListValue(items, line, column));
            case MappingStart mapping:
                parser.MoveNext();
                var entries = new List<FrontMatterEntry>();
                while (!parser.TryConsume<MappingEnd>(out _))
                {
                    var key = ReadValue(parser, firstLine, anchors, depth + 1, ref left);
                    var value = ReadValue(parser, firstLine, anchors, depth + 1, ref left);
                    entries.Add(new FrontMatterEntry((key as ScalarValue)?.Value ?? "", value, key.Line, key.Column));
                }

                return Remember(mapping, left, new MapValue(entries, line, column));
            default:
                throw new YamlException(current.Start, current.End, $"Unexpected {current.GetType().Name}.");
        }

        FrontMatterValue Remember(NodeEvent node, int leftNow, FrontMatterValue value)
        {
            if (!node.Anchor.IsEmpty) anchors[node.Anchor] = (value, before - leftNow + 1);
            return value;
        }
    }

    private static YamlException TooLarge(ParsingEvent at) => new(at.Start, at.End, "The value is nested too deeply or is too large.");

    private static string Short(string text) => text.Length <= 40 ? text.Trim() : text[..40].Trim() + "…";

    [GeneratedRegex(@"^(?<key>[\p{L}_$""'][\p{L}\p{N} _.""'-]{0,60})\s*:(?<value>(\s.*)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex TopLevelKey();
}
