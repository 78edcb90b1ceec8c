using Blog.Content;

namespace Blog.Site.Live;

/// <summary>Cuts the lines around a place out of a file.</summary>
internal static class SourceExcerpt
{
    private const int Margin = 2;
    private const int MaxLine = 400;

    /// <summary>The line and two on either side, cut where they are very long; empty when the file has no such line.</summary>
    public static IReadOnlyList<ExcerptLine> Around(string text, int line)
    {
        if (text.Length == 0) return [];
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines.Select((content, i) => new ExcerptLine(i + 1, CleanText.Cut(content, MaxLine), i + 1 == line))
            .Where(found => line <= lines.Length && Math.Abs(found.Number - line) <= Margin).ToList();
    }
}

/// <summary>A line of a content file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">Without its end.</param>
/// <param name="IsHere">True for the line that is meant.</param>
internal sealed record ExcerptLine(int Number, string Text, bool IsHere);
