using System.Buffers;

namespace Blog.Content.Markdown;

/// <summary>Estimates what a paragraph costs where Markdig takes the square of its length: things that begin, are looked for up to the paragraph's end, and never end.</summary>
internal sealed class ParagraphCost
{
    /// <summary>The characters up to which a paragraph can't cost too much, whatever stands in it, unless it is a table: nothing that begins takes less than one, and nothing is looked for beyond its end.</summary>
    public const int Harmless = 10_000;

    private const long MaxSteps = 100_000_000;
    private const long MaxAddressSteps = 300_000_000;
    private const int MaxCells = 500_000;
    private const int MaxDefinitions = 10_000;

    private static readonly SearchValues<char> Inlines = SearchValues.Create("*_[]!<&`|~:\"'{");
    private static readonly SearchValues<string> Beginnings = SearchValues.Create(["](", "{", "www.", "://"], StringComparison.Ordinal);
    private static readonly SearchValues<char> Spaces = SearchValues.Create([.. Enumerable.Range(0, char.MaxValue).Select(c => (char)c).Where(char.IsWhiteSpace)]);

    private long _length;
    private long _lines;
    private long _searches;
    private long _inlines;
    private long _addresses;
    private long _runs;
    private int _definitions;
    private int _columns;

    /// <summary>Adds a line; what is too much in the paragraph that it goes on, or null.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="isShort">True where the whole paragraph is known to be at most <see cref="Harmless"/>.</param>
    public string? Add(ReadOnlySpan<char> line, bool isShort)
    {
        if (line.IsWhiteSpace())
        {
            (_length, _lines, _searches, _inlines, _addresses, _runs, _columns, _definitions) = (0, 0, 0, 0, 0, 0, 0, 0);
            return null;
        }

        if (_lines++ < 2) _columns = Math.Max(_columns, line.Count('|'));
        if (_lines > 2 && _columns * _lines > MaxCells) return $"a table of {_columns} columns and more than {_lines - 1} lines";
        return isShort ? null : AddLong(line);
    }

    private string? AddLong(ReadOnlySpan<char> line)
    {
        _length += line.Length;
        var inlines = CountInlines(line);
        _inlines += 1 + inlines;
        var hosts = line.Count("www.");
        _addresses += hosts;
        // Most lines are plain words.
        if (inlines > 0)
        {
            // <!-- and <? end with the text at the latest.
            _searches += line.Count("<!") + line.Count("<?");
            _addresses += line.Count("://") + line.Count("mailto:");
            if (line.Contains("]:", StringComparison.Ordinal)) _definitions++;
        }

        if (inlines + hosts > 0) _runs += Runs(line);
        if (_searches * _length > MaxSteps) return $"{_searches} comments or instructions in one paragraph";
        if (_addresses * _inlines > MaxAddressSteps) return $"{_addresses} bare addresses in one paragraph";
        if (_definitions > MaxDefinitions) return $"{_definitions} definitions of links in one paragraph";
        return _runs > MaxSteps ? "links or braces that begin again and again without a space" : null;
    }

    /// <summary>For each stretch without space, how many links or attributes begin in it, times its length.</summary>
    private static long Runs(ReadOnlySpan<char> line)
    {
        var cost = 0L;
        if (!line.ContainsAny(Beginnings)) return cost;
        while (!line.IsEmpty)
        {
            var stretch = line.TrimStart();
            var end = stretch.IndexOfAny(Spaces);
            line = end < 0 ? default : stretch[end..];
            if (end >= 0) stretch = stretch[..end];
            cost += (long)(stretch.Count("](") + stretch.Count('{') + stretch.Count("www.") + stretch.Count("://")) * stretch.Length;
        }

        return cost;
    }

    private static int CountInlines(ReadOnlySpan<char> line)
    {
        var count = 0;
        for (int i; (i = line.IndexOfAny(Inlines)) >= 0; line = line[(i + 1)..]) count++;
        return count;
    }
}
