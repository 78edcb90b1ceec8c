using System.Text;

namespace Blog.Content.Components;

/// <summary>Writes the text of a <see cref="ComponentSource"/>: line by line, with block tags on lines of their own.</summary>
internal sealed class ComponentSourceWriter(ComponentSource source, string body, IReadOnlyList<ComponentTag> tags, IReadOnlyList<Cut> cuts)
{
    private readonly StringBuilder _text = TextBuilders.Rent();
    private readonly Stack<Frame> _open = new();
    private char _fence;
    private int _fenceLength;
    private bool _wasBlank = true;
    private bool _wasMarker;
    private bool _wasHtml;
    private int _listIndent;
    private int _nextTag;
    private int _nextCut;

    /// <summary>An open block component: the column of its content, how far that is moved to the left, and what stands before its closing marker.</summary>
    private readonly record struct Frame(int Tag, int Column, int Shift, string Prefix);

    /// <summary>Writes all of it, once.</summary>
    public void Write()
    {
        for (var i = 0; i <= body.Length;) i = WriteLine(i, EndOfLine(i));
        source.Finish(TextBuilders.Finish(_text));
    }

    /// <summary>Writes one line, or several where a tag or cut spans them; returns where the next begins.</summary>
    private int WriteLine(int start, int end)
    {
        // Most lines of most texts.
        if (_open.Count == 0 && NextTag(end) is null && NextCut(end) is null)
        {
            if (end < body.Length || end > start) WriteAsItIs(start, end);
            return end + 1;
        }

        var piece = new SourcePiece(body);
        var i = start;
        var (isEmptied, followsBlock) = (false, false);
        while (true)
        {
            var (tag, cut) = (NextTag(end), NextCut(end));
            if (tag is null && cut is null) break;
            var (from, to) = cut is { } next && (tag is null || next.Start < tag.Start) ? (next.Start, next.End) : (tag!.Start, tag.End);
            var isTag = from == tag?.Start;
            if (isTag) _nextTag++;
            else _nextCut++;
            if (from < i) continue;
            piece.Copy(i, from);
            if (!isTag) piece.Insert(cut!.Value.Replacement, from);
            else if (tag!.IsBlock)
            {
                WriteBlockTag(piece, tag, _nextTag - 1, followsBlock);
                piece = new SourcePiece(body);
                followsBlock = true;
            }
            else if (tag.IsText) piece.Insert("&lt;", from).Copy(from + 1, to);
            else if (tag.Partner >= 0 || tag.Role == TagRole.SelfClosing) piece.Insert(ComponentSource.Marker(ComponentSource.InlineMarker, _nextTag - 1), from);
            (i, isEmptied) = (to, true);
            if (i > end) end = EndOfLine(i);
        }

        piece.Copy(i, end);
        // A line that held only tags, a comment or an import is gone; it is no blank line.
        if (!(isEmptied && piece.IsBlank) && (end < body.Length || piece.Length > 0)) WriteText(piece, followsBlock);
        return end + 1;
    }

    private ComponentTag? NextTag(int end) => _nextTag < tags.Count && tags[_nextTag].Start < end ? tags[_nextTag] : null;

    private Cut? NextCut(int end) => _nextCut < cuts.Count && cuts[_nextCut].Start < end ? cuts[_nextCut] : null;

    private void WriteAsItIs(int start, int end)
    {
        var line = body.AsSpan(start, end - start);
        TrackOutside(line);
        source.AddPlace(_text.Length, start);
        _text.Append(line).Append('\n');
    }

    private void WriteBlockTag(SourcePiece before, ComponentTag tag, int index, bool followsBlock)
    {
        if (tag.Role == TagRole.Close && tag.Partner >= 0)
        {
            if (!before.IsBlank) WriteText(before, followsBlock);
            while (_open.TryPeek(out var frame) && frame.Tag > tag.Partner) _open.Pop();
            WriteMarker(_open.TryPeek(out var opener) && opener.Tag == tag.Partner ? _open.Pop().Prefix : "", index, tag.Start);
            return;
        }

        var text = before.ToString();
        var (indent, spaces) = Measure(text);
        text = text[spaces..];
        var shift = _open.TryPeek(out var parent) ? parent.Shift : 0;
        var at = followsBlock ? parent.Column : Math.Max(0, indent - shift);
        if (_open.Count > 0 && at >= parent.Column + 4 && _listIndent <= parent.Column) at = parent.Column;
        else if (_open.Count == 0 && at >= 4 && _listIndent + 4 <= at) at = 0;
        if (text.Length > 0) TrackList(text, at);
        WriteMarker(new string(' ', at) + text, index, tag.Start);
        if (tag.Role != TagRole.Open || tag.Partner < 0) return;
        var isQuoted = text.Contains('>', StringComparison.Ordinal);
        var contentColumn = at + text.Length;
        var prefix = new string(' ', at) + string.Concat(text.Select(c => c == '>' ? '>' : ' '));
        _open.Push(new Frame(index, isQuoted ? at : contentColumn, isQuoted ? shift : ShiftOf(tag, contentColumn, shift), prefix));
        _listIndent = contentColumn;
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
            var line = body.AsSpan(i, Math.Min(lineEnd, end) - i);
            var (indent, spaces) = Measure(line);
            var rest = line[spaces..];
            if (rest.Length == 0) continue;
            var marks = rest.StartsWith("```") || rest.StartsWith("~~~") ? rest[0] : '\0';
            if (fence == '\0' || fence == marks) least = Math.Min(least, indent);
            fence = marks == '\0' ? fence : fence == '\0' ? marks : fence == marks ? '\0' : fence;
        }

        return least == int.MaxValue ? outer : Math.Max(least - column, Math.Min(outer, least));
    }

    private void WriteMarker(string before, int index, int place)
    {
        // Raw HTML goes on until a blank line, and would swallow the marker.
        if (_wasHtml) _text.Append('\n');
        source.AddPlace(_text.Length, place);
        _text.Append(before).Append(ComponentSource.Marker(ComponentSource.BlockMarker, index)).Append('\n');
        (_wasMarker, _wasBlank, _wasHtml) = (true, false, false);
    }

    private void WriteText(SourcePiece piece, bool followsBlock)
    {
        var text = piece.ToString();
        if (_open.Count == 0 && !followsBlock)
        {
            TrackOutside(text);
            Append(piece, text, 0, 0);
            return;
        }

        var (indent, spaces) = Measure(text);
        var rest = text[spaces..];

        var (column, shift) = _open.TryPeek(out var frame) ? (frame.Column, frame.Shift) : (0, 0);
        var at = followsBlock ? column : Math.Max(0, indent - shift);
        if (_fence == '\0')
        {
            if (rest.Length > 0 && at < _listIndent && _wasBlank) _listIndent = Math.Max(column, at);
            // As in MDX, indentation alone makes no code inside of a component.
            if (_open.Count > 0 && (_wasBlank || _wasMarker) && at >= Math.Max(column, _listIndent) + 4) at = Math.Max(column, _listIndent);
            // What stands to the left of its tag in a list would end the list item.
            if (_open.Count > 0 && rest.Length > 0 && at < column && frame.Column > 0) at = column;
            TrackList(rest, at);
        }

        var isCode = _fence != '\0';
        Note(rest);
        var indentation = rest.Length == 0 ? "" : isCode ? Outdent(text, indent - at) : new string(' ', at);
        Append(piece, indentation + rest, text.Length - rest.Length, indentation.Length);
    }

    /// <summary>Keeps track of a line that no component holds.</summary>
    private void TrackOutside(ReadOnlySpan<char> line)
    {
        var (indent, spaces) = Measure(line);
        if (_fence == '\0' && spaces < line.Length)
        {
            if (indent < _listIndent && _wasBlank) _listIndent = indent;
            TrackList(line[spaces..], indent);
        }

        Note(line);
    }

    /// <summary>Keeps track of fences, blank lines and raw HTML.</summary>
    private void Note(ReadOnlySpan<char> text)
    {
        var rest = text.TrimStart(" \t>");
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

    private void TrackList(ReadOnlySpan<char> rest, int at)
    {
        var marker = rest.Length > 1 && rest[0] is '-' or '*' or '+' && rest.Length > 1 && rest[1] is ' ' or '\t' ? 1
            : rest.IndexOfAnyExcept("0123456789") is > 0 and <= 9 and var digits && rest[digits] is '.' or ')' && digits + 1 < rest.Length && rest[digits + 1] == ' ' ? digits + 1 : 0;
        if (marker == 0) return;
        var content = marker;
        while (content < rest.Length && rest[content] == ' ' && content < marker + 4) content++;
        _listIndent = at + content;
    }

    /// <summary>Appends a line whose indentation of <paramref name="was"/> characters has become one of <paramref name="indent"/>.</summary>
    private void Append(SourcePiece piece, string text, int was, int indent)
    {
        var (start, place) = piece.Places.Last(first => first.At <= was);
        source.AddPlace(_text.Length + indent, place + was - start);
        foreach (var next in piece.Places)
            if (next.At > was) source.AddPlace(_text.Length + indent + next.At - was, next.Body);
        _text.Append(text).Append('\n');
    }

    /// <summary>The columns of a line's indentation, tabs being four wide, and its characters.</summary>
    private static (int Indent, int Spaces) Measure(ReadOnlySpan<char> line)
    {
        var (column, i) = (0, 0);
        for (; i < line.Length && line[i] is ' ' or '\t'; i++) column += line[i] == '\t' ? 4 - column % 4 : 1;
        return (column, i);
    }

    /// <summary>A line's indentation without its first columns; tabs that are left stay tabs.</summary>
    private static string Outdent(string line, int columns)
    {
        var (column, i) = (0, 0);
        for (; i < line.Length && line[i] is ' ' or '\t' && column < columns; i++) column += line[i] == '\t' ? 4 - column % 4 : 1;
        var end = i;
        while (end < line.Length && line[end] is ' ' or '\t') end++;
        return new string(' ', Math.Max(0, column - columns)) + line[i..end];
    }

    private int EndOfLine(int i)
    {
        var end = i >= body.Length ? -1 : body.IndexOf('\n', i);
        return end < 0 ? body.Length : end;
    }
}
