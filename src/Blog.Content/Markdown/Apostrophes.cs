using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Blog.Content.Markdown;

/// <summary>What smart punctuation alone gets wrong: the apostrophe in <c>it's</c> and <c>'90s</c>, and the option <c>--verbose</c>, which is no dash.</summary>
internal sealed class Apostrophes : InlineParser
{
    public Apostrophes() => OpeningCharacters = ['\'', '-'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var (before, after) = (slice.PeekCharExtra(-1), slice.PeekChar());
        if (slice.CurrentChar == '\'')
            return (char.IsLetterOrDigit(before) ? char.IsLetter(after) : IsDecade(slice)) && Add(processor, ref slice, "’", 1);
        return after == '-' && char.IsAsciiLetter(slice.PeekChar(2)) && (before == '\0' || char.IsWhiteSpace(before) || before is '(' or '[') && Add(processor, ref slice, "--", 2);
    }

    private static bool IsDecade(StringSlice slice) => char.IsAsciiDigit(slice.PeekChar()) && slice.PeekChar(2) == '0' && slice.PeekChar(3) == 's';

    private static bool Add(InlineProcessor processor, ref StringSlice slice, string text, int length)
    {
        var start = processor.GetSourcePosition(slice.Start, out var line, out var column);
        processor.Inline = new LiteralInline(text) { Line = line, Column = column, Span = new SourceSpan(start, start + length - 1) };
        slice.Start += length;
        return true;
    }
}
