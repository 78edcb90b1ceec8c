using System.Buffers;
using System.Text.RegularExpressions;
using Blog.Content.Markdown;
using Blog.Content.Mathematics;

namespace Blog.Content.Components;

/// <summary>A stretch of the body that vanishes or is replaced before Markdown is read: a comment, an import, a JSX attribute's element.</summary>
/// <param name="Start">Offset in the body.</param>
/// <param name="End">Offset behind it.</param>
/// <param name="Replacement">What stands there instead; empty for nothing.</param>
internal readonly record struct Cut(int Start, int End, string Replacement);

/// <summary>Something that begins and never ends: a comment, a tag, an export. It stays text.</summary>
/// <param name="Start">Offset in the body.</param>
/// <param name="Code">Of the problem.</param>
internal readonly record struct Endless(int Start, string Code);

/// <summary>Finds the tags, comments and imports of a body in one pass, and never looks into code and formulas: fences, code spans, indented code, raw HTML blocks, what is between dollars.</summary>
internal sealed partial class TagScanner(string body, ComponentList components)
{
    // What may begin something on a line.
    private static readonly SearchValues<char> Signs = SearchValues.Create("\\`${<");

    private static readonly string[] RawElements = ["pre", "script", "style", "textarea"];

    private readonly List<ComponentTag> _tags = [];
    private readonly List<Cut> _cuts = [];
    private readonly List<(int Start, int End)> _templateTags = [];
    private readonly Dictionary<string, int> _lastClosings = new(StringComparer.OrdinalIgnoreCase);
    private bool _isAfterBlank = true;
    private bool _isAfterCode;
    private int _listIndent;
    private int _openTags;
    private readonly List<Endless> _endless = [];
    private int _wasted;
    private (int End, int Close) _comment = (-1, -1);
    private bool _hasEndlessExport;
    private int _noHtmlCommentFrom = int.MaxValue;
    private int _runsSearchedTo;
    private HashSet<int> _runsNotFound = [];

    /// <summary>Tags of other tools' templates, such as <c>{% highlight %}</c>: they are shown as text.</summary>
    public IReadOnlyList<(int Start, int End)> TemplateTags => _templateTags;

    public (IReadOnlyList<ComponentTag> Tags, IReadOnlyList<Cut> Cuts, IReadOnlyList<Endless> Endless) Scan()
    {
        for (var i = 0; i < body.Length;)
        {
            var lineEnd = EndOfLine(i);
            var (content, indent) = Indent(i, lineEnd);
            if (content == lineEnd)
            {
                _isAfterBlank = true;
                i = lineEnd + 1;
                continue;
            }

            TrackList(content, lineEnd, indent);
            _isAfterCode = IsIndentedCode(indent);
            if (_isAfterCode) i = lineEnd + 1;
            else if (Fence(content, lineEnd) is { } fence) i = SkipFence(lineEnd + 1, fence.Char, fence.Length, body.AsSpan(i, content - i).Contains('>'));
            else if (RawEnd(content) is { } raw) i = raw;
            else if (_isAfterBlank && indent == 0 && Esm(i) is { } esm) i = esm;
            else i = ScanLine(i, lineEnd);
            // A heading ends with its line.
            _isAfterBlank = !_isAfterCode && body[content] == '#';
        }

        return (_tags, _cuts, _endless);
    }

    /// <summary>Scans from <paramref name="i"/> to the end of its line, or beyond where a tag or code span goes on; returns where the next line begins.</summary>
    private int ScanLine(int i, int lineEnd)
    {
        while (i < lineEnd)
        {
            switch (body[i])
            {
                case '\\':
                    i += 2;
                    break;
                case '`':
                    i = SkipCodeSpan(i);
                    if (i > lineEnd) lineEnd = EndOfLine(i);
                    break;
                case '$' when MathSpan.At(body, i, body.Length) is { } math:
                    i = math.End;
                    if (i > lineEnd) lineEnd = EndOfLine(i);
                    break;
                case '{' when StartsWith(i, "{/*"):
                    if (EndOfComment(i + 3) is { } close)
                    {
                        _cuts.Add(new Cut(i, close, ""));
                        i = close;
                        if (i > lineEnd) lineEnd = EndOfLine(i);
                    }
                    else NeverEnds(i++, "unclosed-comment");

                    break;
                case '{' when TemplateTag().Match(body, i, Math.Min(500, body.Length - i)) is { Success: true } template && template.Index == i:
                    _templateTags.Add((i, i + template.Length));
                    // Hugo's {{< name >}} would be taken for HTML.
                    if (body[i + 2] == '<') _cuts.Add(new Cut(i + 2, i + 3, "&lt;"));
                    i += template.Length;
                    break;
                case '{' when StringExpression().Match(body, i, Math.Min(500, body.Length - i)) is { Success: true } expression && expression.Index == i:
                    _cuts.Add(new Cut(i, i + expression.Length, ComponentTagParser.Literal(expression.ValueSpan[1..^1]) ?? ""));
                    i += expression.Length;
                    break;
                case '<' when StartsWith(i, "<!--"):
                    var comment = i >= _noHtmlCommentFrom ? -1 : body.IndexOf("-->", i + 4, StringComparison.Ordinal);
                    if (comment < 0 && _noHtmlCommentFrom == int.MaxValue)
                    {
                        _noHtmlCommentFrom = i;
                        NeverEnds(i, "unclosed-comment");
                    }

                    i = comment < 0 ? i + 4 : comment + 3;
                    if (i > lineEnd) lineEnd = EndOfLine(i);
                    break;
                case '<' when StartsWith(i, "<>") || StartsWith(i, "</>"):
                    var length = body[i + 1] == '>' ? 2 : 3;
                    _cuts.Add(new Cut(i, i + length, ""));
                    i += length;
                    break;
                case '<' when ReadTag(i) is { } tag && Take(tag):
                    i = tag.End;
                    if (i > lineEnd) lineEnd = EndOfLine(i);
                    break;
                default:
                    i++;
                    i = i < lineEnd && body.AsSpan(i, lineEnd - i).IndexOfAny(Signs) is var sign and not 0 ? sign < 0 ? lineEnd : i + sign : i;
                    break;
            }
        }

        return lineEnd + 1;
    }

    /// <summary>The tag at <paramref name="i"/>. After much reading in vain, one must end soon: else a hostile file would cost the square of its size.</summary>
    private ComponentTag? ReadTag(int i)
    {
        var longest = _wasted < 2_000_000 ? 20_000 : 200;
        var tag = ComponentTagParser.Read(body, i, longest, out var reached);
        if (tag is not null) return tag;
        _wasted += reached - i;
        if (i + 1 < body.Length && char.IsAsciiLetterUpper(body[i + 1]) && body.AsSpan(i, Math.Min(reached, i + 500) - i).Contains('=')) NeverEnds(i, reached >= Math.Min(body.Length, i + longest) ? "unclosed-tag" : "malformed-tag");
        return null;
    }

    private void NeverEnds(int start, string code)
    {
        if (_endless.Count < ProblemList.Limit) _endless.Add(new Endless(start, code));
    }

    /// <summary>The end of the JSX comment that holds <paramref name="i"/>; null when the next <c>*/</c> does not end one.</summary>
    private int? EndOfComment(int i)
    {
        if (_comment.End < i)
        {
            var end = body.IndexOf("*/", i, StringComparison.Ordinal);
            var brace = end < 0 ? body.Length : SkipSpace(end + 2);
            _comment = (end < 0 ? int.MaxValue : end, brace < body.Length && body[brace] == '}' ? brace + 1 : -1);
        }

        return _comment.Close < 0 ? null : _comment.Close;
    }

    /// <summary>Keeps a component's tag, and rewrites an HTML element that has JSX attributes; false for anything else.</summary>
    private bool Take(ComponentTag tag)
    {
        var last = tag.Name.LastIndexOf('.') + 1;
        var isComponent = char.IsAsciiLetterUpper(tag.Name[last == tag.Name.Length ? 0 : last]) && (components.HasName(tag.Name) || !HtmlPolicy.IsOldHtml(tag.Name));
        if (IsBlank(tag, isComponent))
        {
            _cuts.Add(new Cut(tag.Start, tag.Start + 1, "&lt;"));
            return true;
        }

        if (isComponent)
        {
            _openTags += tag.Role switch { TagRole.Open => 1, TagRole.Close => -1, _ => 0 };
            _openTags = Math.Max(0, _openTags);
            _tags.Add(tag);
            return true;
        }

        if (tag.Role == TagRole.Close || !body.AsSpan(tag.Start, tag.End - tag.Start).ContainsAny("{") && !tag.Attributes.Any(attribute => attribute.Name is "className" or "htmlFor")) return false;
        var attributes = tag.Attributes
            .Where(attribute => attribute.Value is not null && !attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) && attribute.Name is not "style" and not "key" and not "ref" and not "dangerouslySetInnerHTML")
            .Select(attribute => $" {attribute.Name switch { "className" => "class", "htmlFor" => "for", var name => name.ToLowerInvariant() }}=\"{System.Net.WebUtility.HtmlEncode(attribute.Value)}\"");
        _cuts.Add(new Cut(tag.Start, tag.End, $"<{tag.Name}{string.Concat(attributes)}{(tag.Role == TagRole.SelfClosing ? " /" : "")}>"));
        return true;
    }

    /// <summary>True for <c>Promise&lt;Result&gt;</c> in prose, and for <c>&lt;your-key&gt;</c>, which no reader would see as HTML.</summary>
    private bool IsBlank(ComponentTag tag, bool isComponent)
    {
        if (tag.Role != TagRole.Open || tag.Attributes.Count > 0 || HtmlPolicy.IsHtml(tag.Name)) return false;
        var isPartOfWord = tag.Start > 0 && (char.IsLetterOrDigit(body[tag.Start - 1]) || body[tag.Start - 1] == '_');
        return (isPartOfWord || !isComponent) && LastClosing(tag.Name) < tag.End;
    }

    /// <summary>Where the name's last closing tag is. Of very many names none is looked for: it would cost the square of a hostile file's size.</summary>
    private int LastClosing(string name)
    {
        if (_lastClosings.TryGetValue(name, out var last)) return last;
        if (_lastClosings.Count >= 100) return int.MaxValue;
        return _lastClosings[name] = body.LastIndexOf($"</{name}", StringComparison.OrdinalIgnoreCase);
    }

    private int SkipCodeSpan(int i)
    {
        var length = RunLength(i);
        var from = i + length;
        if (from > _runsSearchedTo) _runsNotFound = [];
        if (_runsNotFound.Contains(length) && from <= _runsSearchedTo) return from;
        for (var j = from; j < body.Length; j++)
        {
            if (body[j] == '\n' && body.AsSpan(j + 1, EndOfLine(Math.Min(j + 1, body.Length)) - Math.Min(j + 1, body.Length)).IsWhiteSpace())
            {
                _runsSearchedTo = Math.Max(_runsSearchedTo, j);
                break;
            }

            if (body[j] != '`') continue;
            var run = RunLength(j);
            if (run == length) return j + run;
            j += run - 1;
            if (j == body.Length - 1) _runsSearchedTo = body.Length;
        }

        _runsSearchedTo = Math.Max(_runsSearchedTo, from);
        _runsNotFound.Add(length);
        return from;
    }

    private int SkipFence(int i, char fenceChar, int fenceLength, bool isQuoted)
    {
        while (i < body.Length)
        {
            var lineEnd = EndOfLine(i);
            var (content, _) = Indent(i, lineEnd);
            // A quote that ends takes its fence with it.
            if (isQuoted && !body.AsSpan(i, content - i).Contains('>')) return i;
            if (Fence(content, lineEnd) is { } fence && fence.Char == fenceChar && fence.Length >= fenceLength && body.AsSpan(content, lineEnd - content).TrimEnd().IndexOfAnyExcept(fenceChar) < 0)
                return lineEnd + 1;
            i = lineEnd + 1;
        }

        return i;
    }

    private (char Char, int Length)? Fence(int content, int lineEnd)
    {
        if (content >= lineEnd || body[content] is not ('`' or '~')) return null;
        var length = RunLength(content);
        if (length < 3 || (body[content] == '`' && body.AsSpan(content + length, lineEnd - content - length).Contains('`'))) return null;
        return (body[content], length);
    }

    /// <summary>Where raw HTML that Markdown never looks into ends: <c>&lt;pre&gt;</c>, <c>&lt;script&gt;</c> and their like.</summary>
    private int? RawEnd(int content)
    {
        if (body[content] != '<') return null;
        foreach (var element in RawElements)
        {
            if (string.Compare(body, content + 1, element, 0, element.Length, StringComparison.OrdinalIgnoreCase) != 0) continue;
            var after = content + 1 + element.Length;
            if (after < body.Length && !char.IsWhiteSpace(body[after]) && body[after] != '>') continue;
            var end = body.IndexOf("</" + element, after, StringComparison.OrdinalIgnoreCase);
            return end < 0 ? body.Length : EndOfLine(end) + 1;
        }

        return null;
    }

    /// <summary>Cuts <c>import</c> and <c>export</c> statements, which may follow each other without blank lines; null where the line is prose.</summary>
    private int? Esm(int i)
    {
        var next = i;
        while (next < body.Length && EndOfStatement(next) is { } end)
        {
            _cuts.Add(new Cut(next, Math.Min(end, body.Length), ""));
            next = Math.Min(end, body.Length) == end ? end : end + 1;
        }

        return next == i ? null : next;
    }

    private int? EndOfStatement(int i)
    {
        var import = Import().Match(body, i, Math.Min(2000, body.Length - i));
        if (import.Success && import.Index == i) return EndOfLine(i + import.Length) + 1;
        var export = _hasEndlessExport ? Match.Empty : Export().Match(body, i, Math.Min(200, body.Length - i));
        if (!export.Success || export.Index != i) return null;
        var end = i;
        var depth = 0;
        for (; end < body.Length; end = EndOfLine(end) + 1)
        {
            var line = body.AsSpan(end, EndOfLine(end) - end);
            if (line.IsWhiteSpace() && depth <= 0) break;
            depth += line.Count('{') + line.Count('(') + line.Count('[') - line.Count('}') - line.Count(')') - line.Count(']');
        }

        if (depth <= 0) return end;
        _hasEndlessExport = true;
        NeverEnds(i, "unclosed-export");
        return null;
    }

    private bool IsIndentedCode(int indent) => indent >= 4 && (_isAfterBlank || _isAfterCode) && _openTags == 0 && indent >= _listIndent + 4;

    private void TrackList(int content, int lineEnd, int indent)
    {
        var marker = ListMarker().Match(body, content, lineEnd - content);
        if (marker.Success && marker.Index == content && indent < _listIndent + 4) _listIndent = indent + marker.Length;
        else if (_isAfterBlank && indent < _listIndent) _listIndent = indent == 0 ? 0 : Math.Min(_listIndent, indent);
    }

    /// <summary>The first character behind the white space and quote markers of a line, and its column.</summary>
    private (int Content, int Indent) Indent(int i, int lineEnd)
    {
        var column = 0;
        for (; i < lineEnd; i++)
        {
            if (body[i] == '\t') column += 4 - column % 4;
            else if (body[i] == ' ') column++;
            else if (body[i] == '>' && column < 4)
            {
                column = 0;
                if (i + 1 < lineEnd && body[i + 1] == ' ') i++;
            }
            else break;
        }

        return (i, column);
    }

    private int RunLength(int i)
    {
        var end = i;
        while (end < body.Length && body[end] == body[i]) end++;
        return end - i;
    }

    private int EndOfLine(int i)
    {
        var end = i >= body.Length ? -1 : body.IndexOf('\n', i);
        return end < 0 ? body.Length : end;
    }

    private int SkipSpace(int i)
    {
        while (i < body.Length && char.IsWhiteSpace(body[i])) i++;
        return i;
    }

    private bool StartsWith(int i, string text) => string.CompareOrdinal(body, i, text, 0, text.Length) == 0;

    [GeneratedRegex(@"\G(?:[-*+]|\d{1,9}[.)])(?:[ \t]{1,4}|$)", RegexOptions.CultureInvariant)]
    private static partial Regex ListMarker();

    [GeneratedRegex(@"\G\{\s*(?:""[^""\n{}]*""|'[^'\n{}]*'|`[^`{}$]*`)\s*\}", RegexOptions.CultureInvariant)]
    private static partial Regex StringExpression();

    [GeneratedRegex(@"\G(?:\{%-?\s*\w[^\n%]*%\}|\{\{<\s*/?\w[^\n>]*>\}\}|\{\{%\s*/?\w[^\n%]*%\}\})", RegexOptions.CultureInvariant)]
    private static partial Regex TemplateTag();

    [GeneratedRegex(@"\G(?>import\s+)(?>type\s+)?(?:(?:(?>[\w$*]+)(?:(?>\s+)as(?>\s+)(?>[\w$]+))?(?>\s*)(?>,\s*)?)?(?:\{[^}]*\}(?>\s*))?from(?>\s*))?['""][^'""\n]+['""][ \t]*;?[ \t]*(?=\r?\n|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Import();

    [GeneratedRegex(@"\Gexport\s+(?:default\b|const\s+[\w$]+|let\s+[\w$]+|var\s+[\w$]+|(?:async\s+)?function\b|class\s+[\w$]+|\{|\*\s+from)", RegexOptions.CultureInvariant)]
    private static partial Regex Export();
}
