using System.Globalization;
using System.Text;

namespace Blog.Content.Components;

/// <summary>
/// An article's body made ready for Markdown: each component tag is a short marker (a block's alone on its line), content inside of
/// components is dedented, comments and imports are gone. Remembers which line of the file each line came from.
/// </summary>
public sealed class ComponentSource
{
    /// <summary>Begins the marker of a tag that stands for a block; a number and <see cref="MarkerEnd"/> follow. Private-use characters never survive from content.</summary>
    internal const char BlockMarker = '\uE0F1';

    /// <summary>Begins the marker of a tag within a paragraph.</summary>
    internal const char InlineMarker = '\uE0F3';

    internal const char MarkerEnd = '\uE0F2';

    /// <summary>The most tags that are made ready; a body with more is not to be rendered.</summary>
    internal const int MaxTags = 20_000;

    private const int MaxDepth = 40;
    private readonly string _body;
    private readonly int _bodyLine;
    private readonly List<(int Line, int Shift)> _lines = [];
    private (int Line, bool IsText) _above = (-1, false);

    private ComponentSource(string body, int bodyLine)
    {
        _body = body;
        _bodyLine = bodyLine;
    }

    /// <summary>What Markdown reads.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The tags that the markers number.</summary>
    public IReadOnlyList<ComponentTag> Tags { get; private set; } = [];

    /// <summary>Prepares a body.</summary>
    /// <param name="body">The text below the front matter, with LF line ends.</param>
    /// <param name="bodyLine">The 1-based line of the file that it begins on.</param>
    /// <param name="components">Known components, which tell blocks from parts of a paragraph.</param>
    /// <param name="problems">Receives tags that don't pair.</param>
    public static ComponentSource Prepare(string body, int bodyLine, ComponentList components, ProblemList problems)
    {
        body = body.Replace(BlockMarker, '\uFFFD').Replace(InlineMarker, '\uFFFD').Replace(MarkerEnd, '\uFFFD');
        var source = new ComponentSource(body, bodyLine);
        var (tags, cuts, endless) = new TagScanner(body).Scan();
        source.Report(endless, problems);
        if (tags.Count == 0 && cuts.Count == 0)
        {
            source.Text = body;
            return source;
        }

        source.Tags = tags;
        source.Place(tags);
        if (tags.Count > MaxTags) return source;
        Pair(tags, problems);
        source.MarkBlocks(tags, components);
        new ComponentSourceWriter(source, body, tags, cuts).Write();
        return source;
    }

    /// <summary>The 1-based line and column in the file of a 0-based line and column in <see cref="Text"/>.</summary>
    public (int Line, int Column) Locate(int line, int column) =>
        _lines.Count == 0 ? (_bodyLine + line, column + 1)
        : line < _lines.Count ? (_bodyLine + _lines[line].Line, Math.Max(1, column + 1 + _lines[line].Shift)) : (_bodyLine + (_lines.Count > 0 ? _lines[^1].Line : 0), 1);

    /// <summary>The number in the marker that begins at <paramref name="start"/>, and where the marker ends; (-1, start) when there is none.</summary>
    internal static (int Index, int End) ReadMarker(string text, int start, int limit)
    {
        var index = 0;
        for (var i = start + 1; i < limit && i < start + 10; i++)
        {
            if (text[i] == MarkerEnd) return (index, i + 1);
            if (!char.IsAsciiDigit(text[i])) break;
            index = index * 10 + text[i] - '0';
        }

        return (-1, start);
    }

    /// <summary>Text with every marker put back as its author wrote it: for code that the scan took for prose.</summary>
    internal string Restore(string text)
    {
        if (text.AsSpan().IndexOfAny(BlockMarker, InlineMarker) < 0) return text;
        var restored = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is BlockMarker or InlineMarker && ReadMarker(text, i, text.Length) is { Index: >= 0 } marker && marker.Index < Tags.Count)
            {
                restored.Append(_body, Tags[marker.Index].Start, Tags[marker.Index].End - Tags[marker.Index].Start);
                i = marker.End - 1;
            }
            else restored.Append(text[i]);
        }

        return restored.ToString();
    }

    /// <summary>Text without any marker.</summary>
    internal static string Strip(string text)
    {
        if (text.AsSpan().IndexOfAny(BlockMarker, InlineMarker) < 0) return text;
        var stripped = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is BlockMarker or InlineMarker && ReadMarker(text, i, text.Length) is { Index: >= 0 } marker) i = marker.End - 1;
            else stripped.Append(text[i]);
        }

        return stripped.ToString();
    }

    internal static string Marker(char kind, int index) => $"{kind}{index.ToString(CultureInfo.InvariantCulture)}{MarkerEnd}";

    internal void AddLine(int line, int shift) => _lines.Add((line, shift));

    internal void Finish(string text) => Text = text;

    private void Report(IReadOnlyList<Endless> endless, ProblemList problems)
    {
        var (line, lineStart) = (0, 0);
        foreach (var (start, code) in endless)
        {
            for (int next; (next = _body.IndexOf('\n', lineStart)) >= 0 && next < start; lineStart = next + 1) line++;
            var (at, column) = (_bodyLine + line, start - lineStart + 1);
            if (code == "malformed-tag") problems.Warning(at, column, code, "This begins like a component's tag, but is none; it is shown as text.", "Check its attributes and quotes; write \\< for a plain sign.");
            else problems.Error(at, column, code, $"{(code == "unclosed-comment" ? "The comment" : code == "unclosed-tag" ? "The tag" : "The export")} that begins here never ends.", code == "unclosed-comment" ? "Close it, or write \\ before it if it is none." : "Close what it opens: quotes, braces and the tag itself.");
        }
    }

    private void Place(IReadOnlyList<ComponentTag> tags)
    {
        var (line, lineStart) = (0, 0);
        foreach (var tag in tags)
        {
            for (int next; (next = _body.IndexOf('\n', lineStart)) >= 0 && next < tag.Start; lineStart = next + 1) line++;
            (tag.Line, tag.Column) = (_bodyLine + line, tag.Start - lineStart + 1);
        }
    }

    private static void Pair(IReadOnlyList<ComponentTag> tags, ProblemList problems)
    {
        var open = new List<int>();
        var tooDeep = new List<string>();
        for (var i = 0; i < tags.Count; i++)
        {
            var tag = tags[i];
            if (tag.Role == TagRole.Open)
            {
                if (open.Count < MaxDepth)
                {
                    open.Add(i);
                    continue;
                }

                if (tooDeep.Count == 0)
                    problems.Error(tag.Line, tag.Column, "components-too-deep", $"Components nest more than {MaxDepth} deep; from here on their tags are left out.", "Nest fewer.");
                tooDeep.Add(tag.Name);
            }
            else if (tag.Role == TagRole.Close)
            {
                if (tooDeep.Count > 0 && tooDeep[^1] == tag.Name)
                {
                    tooDeep.RemoveAt(tooDeep.Count - 1);
                    continue;
                }

                var opener = open.FindLastIndex(index => tags[index].Name == tag.Name);
                if (opener < 0)
                {
                    problems.Warning(tag.Line, tag.Column, "stray-closing-tag", $"</{tag.Name}> closes nothing.", $"Remove it, or put <{tag.Name}> before it.");
                    continue;
                }

                tags[open[opener]].Partner = i;
                tag.Partner = open[opener];
                foreach (var unclosed in open.Skip(opener + 1)) Unclosed(tags[unclosed], problems);
                open.RemoveRange(opener, open.Count - opener);
            }
        }

        foreach (var unclosed in open) Unclosed(tags[unclosed], problems);
    }

    private static void Unclosed(ComponentTag tag, ProblemList problems) =>
        problems.Error(tag.Line, tag.Column, "unclosed-component", $"<{tag.Name}> is never closed; what follows is shown without it.", $"Put </{tag.Name}> where it ends, or write <{tag.Name} /> if it holds nothing.");

    /// <summary>A component is a block when nothing but tags shares its first and last line, and a paragraph does not run into it.</summary>
    private void MarkBlocks(IReadOnlyList<ComponentTag> tags, ComponentList components)
    {
        var (starting, ending) = (StartingLines(tags), EndingLines(tags));
        for (var i = 0; i < tags.Count; i++)
        {
            var tag = tags[i];
            if (tag.Role == TagRole.Close && tag.Partner >= 0) continue;
            var last = tag.Partner >= 0 ? tags[tag.Partner] : tag;
            var isBlock = starting[i] && ending[tag.Partner >= 0 ? tag.Partner : i];
            if (isBlock && tag.Role != TagRole.Close && RunsOn(tag) && components.Find(tag.Name)?.Nature != ComponentNature.Block && _body.AsSpan(tag.Start, last.End - tag.Start).IndexOf('\n') < 0)
                isBlock = false;
            tag.IsBlock = isBlock;
            last.IsBlock = isBlock;
        }
    }

    /// <summary>For each tag, whether nothing but tags, space and the marks of quotes and lists stands before it on its line.</summary>
    private bool[] StartingLines(IReadOnlyList<ComponentTag> tags)
    {
        var starting = new bool[tags.Count];
        for (var i = 0; i < tags.Count; i++)
            starting[i] = i > 0 && OnlySpace(tags[i - 1].End, tags[i].Start) ? starting[i - 1] : StartsLine(tags[i].Start);
        return starting;
    }

    private bool StartsLine(int start)
    {
        for (start--; start >= 0 && _body[start] != '\n'; start--)
        {
            // Quote and list markers may stand before a block; digits only as part of “1.”.
            if (_body[start] is ' ' or '\t' or '>' or '-' or '*' or '+') continue;
            if (_body[start] is not ('.' or ')') || start == 0 || !char.IsAsciiDigit(_body[start - 1])) return false;
            while (start > 0 && char.IsAsciiDigit(_body[start - 1])) start--;
        }

        return true;
    }

    /// <summary>For each tag, whether nothing but tags and space stands behind it on its line.</summary>
    private bool[] EndingLines(IReadOnlyList<ComponentTag> tags)
    {
        var ending = new bool[tags.Count];
        for (var i = tags.Count - 1; i >= 0; i--)
            ending[i] = i + 1 < tags.Count && OnlySpace(tags[i].End, tags[i + 1].Start) ? ending[i + 1] : EndsLine(tags[i].End);
        return ending;
    }

    private bool EndsLine(int end)
    {
        while (end < _body.Length && _body[end] is ' ' or '\t' or '\r') end++;
        return end >= _body.Length || _body[end] == '\n';
    }

    /// <summary>True when the line above the tag is text, so that the tag goes on with its paragraph.</summary>
    private bool RunsOn(ComponentTag tag)
    {
        var lineStart = tag.Start - tag.Column;
        if (lineStart <= 0) return false;
        if (_above.Line == tag.Line) return _above.IsText;
        var above = _body.LastIndexOf('\n', lineStart - 1) + 1;
        var line = _body.AsSpan(above, lineStart - above).Trim();
        _above = (tag.Line, !line.IsEmpty && line[0] is not ('<' or '#' or '|' or '`' or '~') && line[^1] != '>' && !line.EndsWith("---", StringComparison.Ordinal));
        return _above.IsText;
    }

    private bool OnlySpace(int from, int to)
    {
        for (var i = from; i < to; i++)
            if (_body[i] is not (' ' or '\t')) return false;
        return true;
    }
}
