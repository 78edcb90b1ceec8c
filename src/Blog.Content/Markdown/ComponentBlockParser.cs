using Blog.Content.Components;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace Blog.Content.Markdown;

/// <summary>Opens and closes a <see cref="ComponentBlock"/> at the markers that <see cref="ComponentSource"/> put on lines of their own.</summary>
internal sealed class ComponentBlockParser : BlockParser
{
    /// <summary>Where the article's <see cref="ArticleScope"/> is found in the parser's context.</summary>
    public static readonly object ScopeKey = new();

    public ComponentBlockParser() => OpeningCharacters = [ComponentSource.BlockMarker];

    public override bool CanInterrupt(BlockProcessor processor, Block block) => true;

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.Context?.Properties.GetValueOrDefault(ScopeKey) is not ArticleScope scope) return BlockState.None;
        var (index, _) = ComponentSource.ReadMarker(processor.Line.Text, processor.Start, processor.Line.End + 1);
        if (index < 0 || index >= scope.Source.Tags.Count) return BlockState.None;
        var tag = scope.Source.Tags[index];
        if (tag.Role == TagRole.Close || (tag.Role == TagRole.Open && tag.Partner < 0))
        {
            processor.NewBlocks.Push(new ComponentGap(this) { Column = processor.Column, Line = processor.LineIndex, Span = new SourceSpan(processor.Start, processor.Line.End) });
            return BlockState.BreakDiscard;
        }

        processor.NewBlocks.Push(new ComponentBlock(this, tag, index) { Column = processor.Column, Line = processor.LineIndex, Span = new SourceSpan(processor.Start, processor.Line.End) });
        return tag.Role == TagRole.Open ? BlockState.ContinueDiscard : BlockState.BreakDiscard;
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        if (block is ComponentBlock component && processor.CurrentChar == ComponentSource.BlockMarker
            && ComponentSource.ReadMarker(processor.Line.Text, processor.Start, processor.Line.End + 1).Index == component.Tag.Partner) return BlockState.BreakDiscard;
        // The indentation belongs to the children.
        processor.GoToColumn(processor.ColumnBeforeIndent);
        return BlockState.Continue;
    }
}

/// <summary>Reads the markers of tags within a paragraph.</summary>
internal sealed class ComponentInlineParser : InlineParser
{
    public ComponentInlineParser() => OpeningCharacters = [ComponentSource.InlineMarker];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (processor.Context?.Properties.GetValueOrDefault(ComponentBlockParser.ScopeKey) is not ArticleScope scope) return false;
        var (index, end) = ComponentSource.ReadMarker(slice.Text, slice.Start, slice.End + 1);
        if (index < 0 || index >= scope.Source.Tags.Count) return false;
        processor.Inline = new ComponentTagInline(scope.Source.Tags[index], index)
        {
            Span = new SourceSpan(processor.GetSourcePosition(slice.Start, out var line, out var column), processor.GetSourcePosition(end - 1)),
            Line = line,
            Column = column,
        };
        slice.Start = end;
        return true;
    }
}
