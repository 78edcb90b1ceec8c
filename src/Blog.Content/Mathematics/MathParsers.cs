using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace Blog.Content.Mathematics;

/// <summary>Finds formulas within paragraphs, by the rules of <see cref="MathSpan"/>.</summary>
internal sealed class MathInlineParser : InlineParser
{
    public MathInlineParser() => OpeningCharacters = ['$'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (MathSpan.At(slice.Text, slice.Start, slice.End + 1) is not { } span) return false;
        var start = processor.GetSourcePosition(slice.Start, out var line, out var column);
        processor.Inline = new MathInline(span.Tex, span.IsDisplay) { Line = line, Column = column, Span = new SourceSpan(start, processor.GetSourcePosition(span.End - 1)) };
        slice.Start = span.End;
        return true;
    }
}

/// <summary>Finds formulas on lines of their own, from a line that begins with <c>$$</c> to one that ends with it. Where none does, the dollars are text.</summary>
internal sealed class MathBlockParser : BlockParser
{
    private const int MaxLines = 200;
    private const string Sign = "$$";

    public MathBlockParser() => OpeningCharacters = ['$'];

    public override bool CanInterrupt(BlockProcessor processor, Block block) => true;

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.IsCodeIndent) return BlockState.None;
        var line = processor.Line.AsSpan();
        if (!line.StartsWith(Sign, StringComparison.Ordinal) || (line.Length > 2 && line[2] == '$')) return BlockState.None;
        var rest = line[2..].Trim();
        var sign = rest.IndexOf(Sign, StringComparison.Ordinal);
        var isOneLine = sign > 0 && sign == rest.Length - 2;
        if (!isOneLine && (sign >= 0 || !IsClosed(processor.Line.Text, processor.Line.End + 1, rest.IsEmpty))) return BlockState.None;
        processor.NewBlocks.Push(new MathBlock(this) { Line = processor.LineIndex, Column = processor.Column, Span = new SourceSpan(processor.Start, processor.Line.End), Tex = isOneLine ? rest[..^2].Trim().ToString() : rest.ToString() });
        return isOneLine ? BlockState.BreakDiscard : BlockState.ContinueDiscard;
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        var math = (MathBlock)block;
        math.UpdateSpanEnd(processor.Line.End);
        var line = processor.Line.AsSpan().TrimEnd();
        var isEnd = line.EndsWith(Sign, StringComparison.Ordinal);
        math.Tex += "\n" + (isEnd ? line[..^2] : line).ToString();
        return isEnd ? BlockState.BreakDiscard : BlockState.ContinueDiscard;
    }

    /// <summary>True when a line below ends what was begun. Where the dollars stand alone, blank lines may be between.</summary>
    private static bool IsClosed(string text, int i, bool standsAlone)
    {
        for (var lines = 0; lines < MaxLines && i < text.Length; lines++)
        {
            if (text[i] == '\r') i++;
            if (i < text.Length && text[i] == '\n') i++;
            var end = text.IndexOf('\n', i) is >= 0 and var newline ? newline : text.Length;
            var line = text.AsSpan(i, end - i).Trim(" \t>\r");
            if (line.IsEmpty && !standsAlone) return false;
            if (line.IndexOf(Sign, StringComparison.Ordinal) is >= 0 and var sign) return sign == line.Length - 2;
            i = end;
        }

        return false;
    }
}
