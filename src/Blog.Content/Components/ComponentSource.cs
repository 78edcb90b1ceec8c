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
    private string _shape;
    private readonly List<int> _lineStarts = [0];
    private readonly List<(int Text, int Body)> _places = [];
    private (int Line, bool IsText) _above = (-1, false);

    private ComponentSource(string body, int bodyLine)
    {
        (_body, _shape) = (body, body);
        _bodyLine = bodyLine;
        for (var newline = body.IndexOf('\n'); newline >= 0; newline = body.IndexOf('\n', newline + 1)) _lineStarts.Add(newline + 1);
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
        var scanner = new TagScanner(body, components);
        var (tags, cuts, endless) = scanner.Scan();
        foreach (var (start, end) in scanner.TemplateTags) source.ReportTemplateTag(start, end, problems);
        foreach (var (start, code) in endless) source.ReportEndless(start, code, problems);
        if (tags.Count == 0 && cuts.Count == 0)
        {
            source.Text = body;
            return source;
        }

        source.Tags = tags;
        foreach (var tag in tags) (tag.Line, tag.Column) = source.InFile(tag.Start);
        if (tags.Count > MaxTags) return source;
        Pair(tags, components, problems);
        source.MarkBlocks(tags, cuts, components);
        new ComponentSourceWriter(source, body, tags, cuts).Write();
        return source;
    }

    /// <summary>The 1-based line and column in the file of an offset in <see cref="Text"/>.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        if (_places.Count == 0) return InFile(offset);
        var found = _places.BinarySearch((offset, int.MaxValue));
        var place = _places[Math.Max(0, (found < 0 ? ~found : found) - 1)];
        return InFile(place.Body + Math.Max(0, offset - place.Text));
    }

    /// <summary>The 1-based line of the file that a 0-based line of <see cref="Text"/> came from.</summary>
    public int LocateLine(int line)
    {
        var offset = 0;
        for (; line > 0 && offset < Text.Length; line--) offset = Text.IndexOf('\n', offset) is >= 0 and var newline ? newline + 1 : Text.Length;
        return Locate(offset).Line;
    }

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

    /// <summary>Notes that from an offset in <see cref="Text"/> on stands what begins at an offset in the body. Called in the order of the text.</summary>
    internal void AddPlace(int text, int body) => _places.Add((text, body));

    internal void Finish(string text) => Text = text;

    private void ReportEndless(int start, string code, ProblemList problems)
    {
        var (line, column) = InFile(start);
        if (code == "malformed-tag") problems.Warning(line, column, code, "This begins like a component's tag, but is none; it is shown as text.", "Check its attributes and quotes; write \\< for a plain sign.");
        else problems.Error(line, column, code, $"{(code == "unclosed-comment" ? "The comment" : code == "unclosed-tag" ? "The tag" : "The export")} that begins here never ends.", code == "unclosed-comment" ? "Close it, or write \\ before it if it is none." : "Close what it opens: quotes, braces and the tag itself.");
    }

    private (int Line, int Column) InFile(int offset)
    {
        var found = _lineStarts.BinarySearch(Math.Min(offset, _body.Length));
        var line = found < 0 ? ~found - 1 : found;
        return (_bodyLine + line, Math.Min(offset, _body.Length) - _lineStarts[line] + 1);
    }

    private void ReportTemplateTag(int start, int end, ProblemList problems)
    {
        var (line, column) = InFile(start);
        var shown = end - start <= 40 ? _body[start..end] : _body[start..(start + 40)] + "…";
        problems.Warning(line, column, "template-tag", $"“{shown}” is a tag of another tool's templates; it is shown as text.", "Write it as Markdown or as a component.");
    }

    private static void Pair(IReadOnlyList<ComponentTag> tags, ComponentList components, ProblemList problems)
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
                if (tooDeep.Count > 0 && IsSame(tooDeep[^1], tag.Name))
                {
                    tooDeep.RemoveAt(tooDeep.Count - 1);
                    continue;
                }

                var opener = open.FindLastIndex(index => IsSame(tags[index].Name, tag.Name));
                if (opener < 0)
                {
                    problems.Warning(tag.Line, tag.Column, "stray-closing-tag", $"</{tag.Name}> closes nothing.", $"Remove it, or put <{tag.Name}> before it.");
                    continue;
                }

                tags[open[opener]].Partner = i;
                tag.Partner = open[opener];
                foreach (var unclosed in open.Skip(opener + 1)) Unclosed(tags[unclosed], components, problems);
                open.RemoveRange(opener, open.Count - opener);
            }
        }

        foreach (var unclosed in open) Unclosed(tags[unclosed], components, problems);
    }

    private static bool IsSame(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static void Unclosed(ComponentTag tag, ComponentList components, ProblemList problems)
    {
        if (tag.Attributes.Count == 0 && components.Find(tag.Name) is null)
        {
            // <YourKey> is a blank to fill in.
            tag.IsText = true;
            problems.Warning(tag.Line, tag.Column, "unclosed-component", $"<{tag.Name}> is no component and is never closed; it is shown as text.", $"Write it as code, `<{tag.Name}>`, or with a backslash, \\<{tag.Name}>.");
        }
        else problems.Error(tag.Line, tag.Column, "unclosed-component", $"<{tag.Name}> is never closed; what follows is shown without it.", $"Put </{tag.Name}> where it ends, or write <{tag.Name} /> if it holds nothing.");
    }

    /// <summary>A component is a block when nothing but tags shares its first and last line, and a paragraph does not run into it.</summary>
    private void MarkBlocks(IReadOnlyList<ComponentTag> tags, IReadOnlyList<Cut> cuts, ComponentList components)
    {
        _shape = Blanked(cuts);
        var (starting, ending) = (StartingLines(tags), EndingLines(tags));
        for (var i = 0; i < tags.Count; i++)
        {
            var tag = tags[i];
            if (tag.IsText || (tag.Role == TagRole.Close && tag.Partner >= 0)) continue;
            var last = tag.Partner >= 0 ? tags[tag.Partner] : tag;
            var isBlock = (starting[i] || FollowsBlock(tags, i, components)) && (ending[tag.Partner >= 0 ? tag.Partner : i] || PrecedesBlock(tags, i, components));
            if (isBlock && tag.Role != TagRole.Close && RunsOn(tag) && components.Find(tag.Name)?.Nature != ComponentNature.Block && _body.AsSpan(tag.Start, last.End - tag.Start).IndexOf('\n') < 0)
                isBlock = false;
            tag.IsBlock = isBlock;
            last.IsBlock = isBlock;
        }
    }

    /// <summary>The body with comments as spaces, so that they part no tag from its line's end.</summary>
    private string Blanked(IReadOnlyList<Cut> cuts)
    {
        if (cuts.All(cut => cut.Replacement.Length > 0)) return _body;
        var shape = new StringBuilder(_body);
        foreach (var cut in cuts)
            for (var i = cut.Start; i < cut.End && cut.Replacement.Length == 0; i++)
                if (_body[i] != '\n') shape[i] = ' ';
        return shape.ToString();
    }

    /// <summary>True for a block by nature that stands right behind the opening tag of a block or behind another block by nature: <c>&lt;Tabs&gt;&lt;Tab&gt;…&lt;/Tab&gt;&lt;Tab&gt;…&lt;/Tab&gt;&lt;/Tabs&gt;</c>.</summary>
    private bool FollowsBlock(IReadOnlyList<ComponentTag> tags, int index, ComponentList components) =>
        index > 0 && OnlySpace(tags[index - 1].End, tags[index].Start) && IsBlockByNature(tags[index], components)
        && (tags[index - 1].Role == TagRole.Open ? tags[index - 1].IsBlock : IsBlockByNature(tags[index - 1], components));

    private bool PrecedesBlock(IReadOnlyList<ComponentTag> tags, int index, ComponentList components)
    {
        var last = tags[index].Partner >= 0 ? tags[index].Partner : index;
        if (last + 1 >= tags.Count || !OnlySpace(tags[last].End, tags[last + 1].Start) || !IsBlockByNature(tags[index], components)) return false;
        var next = tags[last + 1];
        return next.Role == TagRole.Close ? next.Partner >= 0 && tags[next.Partner].IsBlock : IsBlockByNature(next, components);
    }

    private static bool IsBlockByNature(ComponentTag tag, ComponentList components) => components.Find(tag.Name)?.Nature == ComponentNature.Block;

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
        for (start--; start >= 0 && _shape[start] != '\n'; start--)
        {
            // Quote and list markers may stand before a block; digits only as part of “1.”.
            if (_shape[start] is ' ' or '\t' or '>' or '-' or '*' or '+' or ':') continue;
            if (_shape[start] is not ('.' or ')') || start == 0 || !char.IsAsciiDigit(_shape[start - 1])) return false;
            while (start > 0 && char.IsAsciiDigit(_shape[start - 1])) start--;
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
        while (end < _shape.Length && _shape[end] is ' ' or '\t') end++;
        return end >= _shape.Length || _shape[end] == '\n';
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
            if (_shape[i] is not (' ' or '\t')) return false;
        return true;
    }
}
