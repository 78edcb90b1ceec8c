using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax.Inlines;

namespace Blog.Content.Markdown;

/// <summary>GFM 0.29, “Strikethrough (extension)”: text in a matching pair of one or two tildes; three or more are text.</summary>
public sealed class GfmStrikethrough : IMarkdownExtension
{
    // Markdig pairs delimiters of one character whatever their number, so two tildes pass for another character: one that Unicode keeps out of texts.
    private const char TwoTildes = '\uFFFF';

    /// <inheritdoc/>
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        if (pipeline.InlineParsers.Find<EmphasisInlineParser>() is not { } emphasis || emphasis.HasEmphasisChar('~')) return;
        var two = new EmphasisDescriptor(TwoTildes, 2, 2, enableWithinWord: true);
        emphasis.EmphasisDescriptors.Add(new EmphasisDescriptor('~', 1, 1, enableWithinWord: true));
        emphasis.EmphasisDescriptors.Add(two);
        emphasis.TryCreateEmphasisInlineList.Add((kind, count) =>
            kind is '~' or TwoTildes ? new EmphasisInline { DelimiterChar = '~', DelimiterCount = count } : null);
        pipeline.InlineParsers.InsertBefore<EmphasisInlineParser>(new TildeParser(emphasis, two));
    }

    /// <inheritdoc/>
    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        if (renderer is not HtmlRenderer html || html.ObjectRenderers.Find<EmphasisInlineRenderer>() is not { } emphasis) return;
        var others = emphasis.GetTag;
        emphasis.GetTag = inline => inline.DelimiterChar == '~' ? "del" : others(inline);
    }

    private sealed class TildeParser : InlineParser
    {
        private readonly EmphasisInlineParser _emphasis;
        private readonly EmphasisDescriptor _two;

        public TildeParser(EmphasisInlineParser emphasis, EmphasisDescriptor two)
        {
            (_emphasis, _two) = (emphasis, two);
            OpeningCharacters = ['~', TwoTildes];
        }

        public override bool Match(InlineProcessor processor, ref StringSlice slice)
        {
            var start = slice;
            var run = slice.AsSpan().IndexOfAnyExcept(slice.CurrentChar);
            if (run < 0) run = slice.Length;
            if (slice.CurrentChar == '~' && run <= 2 && CommonMarkEmphasis.Match(_emphasis, processor, ref slice))
            {
                if (run == 2 && processor.Inline is EmphasisDelimiterInline one) processor.Inline = Two(one);
                return true;
            }

            // The whole run at once: within it, fewer tildes would look like a run of their own.
            processor.Inline = CommonMarkEmphasis.Literal(processor, start, start.Start + run);
            slice.Start = start.Start + run;
            return true;
        }

        private EmphasisDelimiterInline Two(EmphasisDelimiterInline delimiter) => new(_emphasis, _two)
        {
            Content = delimiter.Content,
            DelimiterCount = delimiter.DelimiterCount,
            Type = delimiter.Type,
            Span = delimiter.Span,
            Line = delimiter.Line,
            Column = delimiter.Column,
        };
    }
}
