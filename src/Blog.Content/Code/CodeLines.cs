using System.Globalization;
using System.Text.RegularExpressions;

namespace Blog.Content.Code;

/// <summary>What an author says of a line of code.</summary>
internal enum LineKind { Plain, Marked, Inserted, Deleted }

/// <summary>A line of a code block.</summary>
/// <param name="Text">Without its end.</param>
/// <param name="Kind">What its author says of it.</param>
/// <param name="Gutter">What stands before it, its number and a plus or minus, as wide as in every other line; null where nothing does.</param>
internal readonly record struct CodeLine(string Text, LineKind Kind, string? Gutter);

/// <summary>The lines of a code block, by what its fence says of them, by what a <c>diff</c> says itself, and by Docusaurus' <c>// highlight-next-line</c>.</summary>
internal static partial class CodeLines
{
    /// <summary>Of more lines, none is marked or numbered: each would be an element of its own.</summary>
    public const int MaxLines = 3_000;

    /// <summary>The lines, or null for a block of which nothing is said or that is too long for it.</summary>
    /// <param name="code">Without the last line's end.</param>
    /// <param name="fence">What is said of it.</param>
    public static IReadOnlyList<CodeLine>? Of(string code, CodeFence fence)
    {
        var isDiff = CodeFence.IsDiff(fence.Language);
        var hasComments = !isDiff && code.Contains("highlight-", StringComparison.Ordinal) && CodeLanguages.Find(fence.Language) is not { Grammar: "markdown" };
        if (!isDiff && !hasComments && fence.FirstNumber is null && fence.Marked.IsEmpty && fence.Inserted.IsEmpty && fence.Deleted.IsEmpty) return null;
        var texts = code.Split('\n');
        if (texts.Length > MaxLines) return null;
        var kinds = new List<(string Text, LineKind Kind)>(texts.Length);
        var (isMarking, isNext) = (false, false);
        foreach (var text in texts)
        {
            if (hasComments && HighlightComment().Match(text) is { Success: true } comment)
            {
                isMarking = comment.Groups["what"].Value switch { "start" => true, "end" => false, _ => isMarking };
                isNext = comment.Groups["what"].Value == "next-line";
                continue;
            }

            var number = kinds.Count + 1;
            var kind = fence.Deleted.Contains(number) || (isDiff && IsDeleted(text)) ? LineKind.Deleted
                : fence.Inserted.Contains(number) || (isDiff && IsInserted(text)) ? LineKind.Inserted
                : fence.Marked.Contains(number) || isMarking || isNext ? LineKind.Marked
                : LineKind.Plain;
            // With a language the signs stand in the gutter, so that the code can be read as what it is.
            kinds.Add((isDiff && fence.DiffLanguage is not null && text.Length > 0 && text[0] is '+' or '-' or ' ' ? text[1..] : text, kind));
            isNext = false;
        }

        var hasSigns = (!isDiff || fence.DiffLanguage is not null) && kinds.Exists(line => line.Kind is LineKind.Inserted or LineKind.Deleted);
        var width = fence.FirstNumber is { } first ? (first + kinds.Count - 1).ToString(CultureInfo.InvariantCulture).Length : 0;
        if (!hasSigns && width == 0 && kinds.TrueForAll(line => line.Kind == LineKind.Plain)) return kinds.Count == texts.Length ? null : [.. kinds.Select(line => new CodeLine(line.Text, line.Kind, null))];
        return [.. kinds.Select((line, i) => new CodeLine(line.Text, line.Kind, hasSigns || width > 0 ? Gutter(i, line.Kind) : null))];

        string Gutter(int index, LineKind kind) =>
            (hasSigns ? kind switch { LineKind.Inserted => "+", LineKind.Deleted => "-", _ => " " } : "")
            + (width > 0 ? (fence.FirstNumber!.Value + index).ToString(CultureInfo.InvariantCulture).PadLeft(width + (hasSigns ? 1 : 0)) : "");
    }

    private static bool IsInserted(string text) => text.StartsWith('+') && !text.StartsWith("+++ ", StringComparison.Ordinal);

    private static bool IsDeleted(string text) => text.StartsWith('-') && !text.StartsWith("--- ", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*(?://|\#|--|;|%|/\*|<!--|\{/\*|REM\b)\s*highlight-(?<what>next-line|start|end)\s*(?:\*/\}?|-->)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex HighlightComment();
}
