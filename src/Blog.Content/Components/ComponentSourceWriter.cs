using System.Text;

namespace Blog.Content.Components;

/// <summary>Writes the text of a <see cref="ComponentSource"/>: line by line, with block tags on lines of their own.</summary>
internal sealed class ComponentSourceWriter(ComponentSource source, string body, IReadOnlyList<ComponentTag> tags, IReadOnlyList<Cut> cuts)
{
    private readonly StringBuilder _text = new(body.Length + tags.Count * 4);
    private readonly Stack<Frame> _open = new();
    private char _fence;
    private int _fenceLength;
    private bool _wasBlank = true;
    private bool _wasMarker;
    private bool _wasHtml;
    private int _listIndent;
    private int _nextTag;
    private int _nextCut;

    /// <summary>An open block component: the column of its markers, and how far its content is moved to the left.</summary>
    private readonly record struct Frame(int Tag, int Column, int Shift);

    public void Write()
    {
        var line = 0;
        for (var i = 0; i <= body.Length; line++)
        {
            var end = body.IndexOf('\n', i);
            if (end < 0) end = body.Length;
            (i, line) = WriteLine(i, end, line);
        }

        source.Finish(_text.ToString());
    }

    /// <summary>Writes one line, or several where a tag or cut spans them; returns where and on which line the last of them ended.</summary>
    private (int Next, int Line) WriteLine(int start, int end, int line)
    {
        var firstLine = line;
        var piece = new StringBuilder();
        var i = start;
        var hadCut = false;
        while (true)
        {
            var tag = _nextTag < tags.Count && tags[_nextTag].Start < end ? tags[_nextTag] : null;
            var cut = _nextCut < cuts.Count && cuts[_nextCut].Start < end ? cuts[_nextCut] : (Cut?)null;
            if (tag is null && cut is null) break;
            if (cut is { } removed && (tag is null || removed.Start < tag.Start))
            {
                _nextCut++;
                if (removed.Start < i) continue;
                piece.Append(body, i, removed.Start - i).Append(removed.Replacement);
                hadCut = true;
                Advance(removed.End);
                continue;
            }

            _nextTag++;
            if (tag!.Start < i) continue;
            piece.Append(body, i, tag.Start - i);
            if (tag.IsBlock)
            {
                WriteBlockTag(piece.ToString(), tag, _nextTag - 1, firstLine);
                piece.Clear();
            }
            else if (tag.Partner >= 0 || tag.Role == TagRole.SelfClosing)
                piece.Append(ComponentSource.Marker(ComponentSource.InlineMarker, _nextTag - 1));
            Advance(tag.End);
            if (tag.IsBlock) firstLine = line;
        }

        piece.Append(body, i, end - i);
        var text = piece.ToString();
        // A line that held only tags, a comment or an import is gone; it is no blank line.
        if (!(string.IsNullOrWhiteSpace(text) && (hadCut || i > start)) && (end < body.Length || text.Length > 0)) WriteText(text.TrimEnd('\r'), firstLine, i > start);
        return (end + 1, line);

        void Advance(int to)
        {
            for (var newline = body.IndexOf('\n', i); newline >= 0 && newline < to; newline = body.IndexOf('\n', newline + 1)) line++;
            i = to;
            if (i <= end) return;
            end = body.IndexOf('\n', i);
            if (end < 0) end = body.Length;
        }
    }

    private void WriteBlockTag(string before, ComponentTag tag, int index, int line)
    {
        var isClose = tag.Role == TagRole.Close;
        if (isClose && tag.Partner >= 0)
        {
            if (!string.IsNullOrWhiteSpace(before)) WriteText(before, line, false);
            while (_open.TryPeek(out var frame) && frame.Tag > tag.Partner) _open.Pop();
            var column = _open.TryPeek(out var opener) && opener.Tag == tag.Partner ? _open.Pop().Column : 0;
            WriteMarker(Quote(before) + new string(' ', column), index, line);
            return;
        }

        var (indent, text) = Measure(before);
        var shift = _open.TryPeek(out var parent) ? parent.Shift : 0;
        var at = Math.Max(0, indent - shift);
        if (_open.Count > 0 && at >= parent.Column + 4 && _listIndent <= parent.Column) at = parent.Column;
        else if (_open.Count == 0 && at >= 4 && _listIndent + 4 <= at) at = 0;
        if (text.Length > 0) TrackList(text, at);
        WriteMarker(new string(' ', at) + text, index, line);
        if (tag.Role != TagRole.Open || tag.Partner < 0) return;
        var column2 = at + text.Length;
        _open.Push(new Frame(index, text.Contains('>', StringComparison.Ordinal) ? at : column2, text.Contains('>', StringComparison.Ordinal) ? shift : ShiftOf(tag, column2, shift)));
        _listIndent = column2;
    }

    /// <summary>How far the content of a component is moved left, so that its least indented line stands below the tag.</summary>
    private int ShiftOf(ComponentTag tag, int column, int outer)
    {
        var least = int.MaxValue;
        var fence = '\0';
        var end = tags[tag.Partner].Start;
        for (var i = body.IndexOf('\n', tag.End) + 1; i > 0 && i < end; i = body.IndexOf('\n', i) + 1)
        {
            var lineEnd = body.IndexOf('\n', i) is >= 0 and var newline ? newline : body.Length;
            var (indent, rest) = Measure(body[i..Math.Min(lineEnd, end)]);
            if (rest.Length == 0) continue;
            var marks = rest.StartsWith("```", StringComparison.Ordinal) || rest.StartsWith("~~~", StringComparison.Ordinal) ? rest[0] : '\0';
            if (fence == '\0' || fence == marks) least = Math.Min(least, indent);
            fence = marks == '\0' ? fence : fence == '\0' ? marks : fence == marks ? '\0' : fence;
        }

        return least == int.MaxValue ? outer : Math.Max(least - column, Math.Min(outer, least));
    }

    private void WriteMarker(string before, int index, int line)
    {
        // Raw HTML goes on until a blank line, and would swallow the marker.
        if (_wasHtml) Append("", line, 0);
        Append(before + ComponentSource.Marker(ComponentSource.BlockMarker, index), line, 0);
        (_wasMarker, _wasBlank, _wasHtml) = (true, false, false);
    }

    private void WriteText(string text, int line, bool followsTag)
    {
        if (_open.Count == 0 && !followsTag)
        {
            Note(text);
            Append(text, line, 0);
            return;
        }

        var (indent, rest) = Measure(text);
        var (column, shift) = _open.TryPeek(out var frame) ? (frame.Column, frame.Shift) : (0, 0);
        var at = followsTag ? column : Math.Max(0, indent - shift);
        if (_fence == '\0')
        {
            if (rest.Length > 0 && at < _listIndent && _wasBlank) _listIndent = Math.Max(column, at);
            // As in MDX, indentation alone makes no code inside of a component.
            if (_open.Count > 0 && (_wasBlank || _wasMarker) && at >= Math.Max(column, _listIndent) + 4) at = Math.Max(column, _listIndent);
            // What stands to the left of its tag in a list would end the list item.
            if (_open.Count > 0 && rest.Length > 0 && at < column && frame.Column > 0) at = column;
            TrackList(rest, at);
        }

        Note(rest);
        Append(rest.Length == 0 ? "" : new string(' ', at) + rest, line, indent - at);
    }

    /// <summary>Keeps track of fences, blank lines and raw HTML.</summary>
    private void Note(string text)
    {
        var rest = text.AsSpan().TrimStart(" \t>");
        _wasBlank = rest.IsWhiteSpace();
        _wasMarker = false;
        var length = rest.Length == 0 || rest[0] is not ('`' or '~') ? 0 : rest.IndexOfAnyExcept(rest[0]) is >= 0 and var run ? run : rest.Length;
        if (_fence != '\0')
        {
            if (length >= _fenceLength && rest[0] == _fence && rest[length..].IsWhiteSpace()) _fence = '\0';
        }
        else if (length >= 3 && (rest[0] == '~' || !rest[length..].Contains('`'))) (_fence, _fenceLength) = (rest[0], length);
        else _wasHtml = !_wasBlank && (_wasHtml || (rest.Length > 1 && rest[0] == '<' && (char.IsAsciiLetterLower(rest[1]) || rest[1] is '/' or '!')));
    }

    private void TrackList(string rest, int at)
    {
        var marker = rest.Length > 1 && rest[0] is '-' or '*' or '+' && rest.Length > 1 && rest[1] is ' ' or '\t' ? 1
            : rest.AsSpan().IndexOfAnyExcept("0123456789") is > 0 and <= 9 and var digits && rest[digits] is '.' or ')' && digits + 1 < rest.Length && rest[digits + 1] == ' ' ? digits + 1 : 0;
        if (marker == 0) return;
        var content = marker;
        while (content < rest.Length && rest[content] == ' ' && content < marker + 4) content++;
        _listIndent = at + content;
    }

    private void Append(string text, int line, int shift)
    {
        _text.Append(text).Append('\n');
        source.AddLine(line, shift);
    }

    private static string Quote(string before) => before.Contains('>', StringComparison.Ordinal) ? before[..(before.LastIndexOf('>') + 1)] + " " : "";

    /// <summary>The columns of a line's indentation, tabs being four wide, and the rest of it.</summary>
    private static (int Indent, string Text) Measure(string line)
    {
        var (column, i) = (0, 0);
        for (; i < line.Length && line[i] is ' ' or '\t'; i++) column += line[i] == '\t' ? 4 - column % 4 : 1;
        return (column, line[i..].TrimEnd('\r'));
    }
}
