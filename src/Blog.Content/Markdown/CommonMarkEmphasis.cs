using System.Text;
using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Blog.Content.Markdown;

/// <summary>
/// CommonMark 0.31.2, “Emphasis and strong emphasis”: left- and right-flanking delimiter runs by the letter. Markdig takes plus, minus and daggers for no
/// punctuation, so that <c>2*-3*4</c> would become emphasis.
/// </summary>
public sealed class CommonMarkEmphasis : IMarkdownExtension
{
    /// <inheritdoc/>
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        if (!pipeline.InlineParsers.Contains<StarParser>() && pipeline.InlineParsers.Find<EmphasisInlineParser>() is { } emphasis)
            pipeline.InlineParsers.InsertBefore<EmphasisInlineParser>(new StarParser(emphasis));
    }

    /// <inheritdoc/>
    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
    }

    /// <summary>Matches as the parser of emphasis does, then corrects what the run may open and close; a run that may do neither becomes text.</summary>
    internal static bool Match(EmphasisInlineParser emphasis, InlineProcessor processor, ref StringSlice slice)
    {
        var start = slice;
        var skipTildes = emphasis.HasEmphasisChar('~');
        Before(processor, slice, skipTildes).CheckUnicodeCategory(out var spaceBefore, out var punctuationBefore);
        if (!emphasis.Match(processor, ref slice)) return false;

        After(slice, skipTildes).CheckUnicodeCategory(out var spaceAfter, out var punctuationAfter);
        var left = !spaceAfter && (!punctuationAfter || spaceBefore || punctuationBefore);
        var right = !spaceBefore && (!punctuationBefore || spaceAfter || punctuationAfter);
        var isUnderscore = start.CurrentChar == '_';
        var opens = left && (!isUnderscore || !right || punctuationBefore);
        var closes = right && (!isUnderscore || !left || punctuationAfter);
        var type = (opens ? DelimiterType.Open : 0) | (closes ? DelimiterType.Close : 0);
        if (type != DelimiterType.Undefined) ((EmphasisDelimiterInline)processor.Inline!).Type = type;
        else processor.Inline = Literal(processor, start, slice.Start);
        return true;
    }

    /// <summary>The text from where a slice starts to <paramref name="end"/>.</summary>
    internal static LiteralInline Literal(InlineProcessor processor, StringSlice slice, int end)
    {
        var span = new SourceSpan(processor.GetSourcePosition(slice.Start, out var line, out var column), processor.GetSourcePosition(end - 1));
        return new LiteralInline(new StringSlice(slice.Text, slice.Start, end - 1)) { Span = span, Line = line, Column = column };
    }

    /// <summary>The character before a run, or NUL, which counts as white space. GitHub's parser looks through tildes, if they mean strikethrough.</summary>
    private static Rune Before(InlineProcessor processor, StringSlice slice, bool skipTildes)
    {
        if (processor.Root?.FirstChild is null) return default;
        var text = processor.Inline is HtmlEntityInline { Transcoded: { Length: > 0 } entity } ? entity.AsSpan() : slice.Text.AsSpan(0, slice.Start);
        if (skipTildes) text = text.TrimEnd('~');
        Rune.DecodeLastFromUtf16(text, out var rune, out _);
        return text.IsEmpty ? default : rune;
    }

    private static Rune After(StringSlice slice, bool skipTildes)
    {
        while (skipTildes && slice.CurrentChar == '~') slice.SkipChar();
        if (!HtmlEntityParser.TryParse(ref slice, out var entity, out _)) return slice.CurrentRune;
        Rune.DecodeFromUtf16(entity, out var rune, out _);
        return rune;
    }

    private sealed class StarParser : InlineParser
    {
        private readonly EmphasisInlineParser _emphasis;

        public StarParser(EmphasisInlineParser emphasis)
        {
            _emphasis = emphasis;
            OpeningCharacters = ['*', '_'];
        }

        public override bool Match(InlineProcessor processor, ref StringSlice slice) => CommonMarkEmphasis.Match(_emphasis, processor, ref slice);
    }
}
