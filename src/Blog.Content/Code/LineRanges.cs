using System.Globalization;

namespace Blog.Content.Code;

/// <summary>Lines of a code block that an author points to: <c>2,4-6</c>. Lists and quotes of other tools are understood: <c>[2,"4-6"]</c>, <c>2 4-6</c>, <c>{"A":2-3}</c>.</summary>
internal sealed class LineRanges
{
    private const int MaxRanges = 500;

    private readonly List<(int First, int Last)> _ranges = [];

    /// <summary>What could not be read as a number or a range, as written; empty when all could.</summary>
    public List<string> Bad { get; } = [];

    /// <summary>The last line that is pointed to; 0 for none.</summary>
    public int Last => _ranges.Count == 0 ? 0 : _ranges.Max(range => range.Last);

    public bool IsEmpty => _ranges.Count == 0;

    /// <summary>True for a line, counted from 1, that is in a range.</summary>
    public bool Contains(int line) => _ranges.Exists(range => range.First <= line && line <= range.Last);

    /// <summary>Adds the ranges in a text.</summary>
    public void Add(string text)
    {
        foreach (var part in text.Split([',', ' ', '\t', '[', ']', '"', '\'', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            // The label of a range, as in "A":2-3.
            var range = part[(part.LastIndexOf(':') + 1)..];
            if (range.Length == 0 || part.EndsWith(':') || text.Contains($"\"{part}\":", StringComparison.Ordinal)) continue;
            if (Read(range) is { } read && _ranges.Count < MaxRanges) _ranges.Add(read);
            else Bad.Add(range);
        }
    }

    /// <summary>True for a text that can only be meant as lines: digits and what stands between them.</summary>
    public static bool IsMeant(ReadOnlySpan<char> text) => text.ContainsAnyInRange('0', '9') && text.IndexOfAnyExcept("0123456789-–.,; \t") < 0;

    private static (int, int)? Read(string text)
    {
        var dash = text.IndexOfAny(['-', '–', '.']);
        if (dash < 0) return Number(text) is { } line ? (line, line) : null;
        var rest = text.AsSpan(dash).TrimStart("-–.");
        return Number(text.AsSpan(0, dash)) is { } first && Number(rest) is { } last && last >= first ? (first, last) : null;
    }

    private static int? Number(ReadOnlySpan<char> text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1_000_000 ? number : null;
}
