using System.Buffers;
using Markdig;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Syntax;

namespace Blog.Content.Markdown;

/// <summary>A text that Markdig would take seconds to parse, or could not hold.</summary>
public sealed class TooComplexException(int line, string what) : Exception($"Line {line + 1}: {what}")
{
    /// <summary>The 0-based line where there is too much.</summary>
    public int Line { get; } = line;

    /// <summary>What there is too much of.</summary>
    public string What { get; } = what;
}

/// <summary>
/// Throws a <see cref="TooComplexException"/> where Markdig takes quadratic time: delimiters nest what is behind them; an unclosed <c>](</c>, <c>&lt;?</c>
/// or <c>&lt;!</c> is looked for to its paragraph's end; link definitions, setext headings, short table rows and containers each cost what is around them.
/// It counts while Markdig parses, so it knows where a paragraph begins and what is code.
/// </summary>
public sealed class ParseLimits : IMarkdownExtension
{
    private const int MaxDepth = 120;
    private const int MaxDefinitionLines = 5_000;
    private const int MaxCells = 200_000;
    private const int MaxDelimiters = 10_000;
    private const long MaxNesting = 40_000_000;
    private const long MaxSearching = 400_000_000;
    private const long MaxMoves = 200_000_000;
    private static readonly SearchValues<char> Special = SearchValues.Create("*_~[]<&`\\!:@'\".-wh");

    /// <inheritdoc/>
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        // All but headings begin with a line that the parsers for any character are asked about.
        pipeline.BlockParsers.Insert(0, new LineWatcher());
        if (pipeline.BlockParsers.Find<HeadingBlockParser>() is { } headings) headings.Closed += (processor, _) => Counts.Of(processor.Document);
    }

    /// <inheritdoc/>
    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
    }

    private sealed class LineWatcher : BlockParser
    {
        public override BlockState TryOpen(BlockProcessor processor)
        {
            var counts = Counts.Of(processor.Document);
            var depth = 0;
            for (var container = processor.CurrentContainer; container is not null; container = container.Parent) depth++;
            if (depth > MaxDepth) throw new TooComplexException(processor.LineIndex, $"more than {MaxDepth} quotes and lists within each other");

            if (processor.CurrentBlock is ParagraphBlock { Lines.Count: > 0 } paragraph)
            {
                if (paragraph.Lines.Count > MaxDefinitionLines && paragraph.Lines.Lines[0].Slice.AsSpan().TrimStart(' ').StartsWith('['))
                    throw new TooComplexException(paragraph.Line, $"more than {MaxDefinitionLines} lines of link definitions");
                if (processor.CurrentChar is '=' or '-' && (counts.Moves += paragraph.Parent!.Count) > MaxMoves)
                    throw new TooComplexException(processor.LineIndex, "too many underlined headings");
                var line = processor.Line.AsSpan();
                if (processor.CurrentChar is '|' or '-' or ':' && line.IndexOfAnyExcept(" \t|-:") < 0) counts.Columns = line.Count('|') + 1;
            }
            else if (processor.CurrentBlock is LeafBlock and not ParagraphBlock && (counts.Cells += counts.Columns) > MaxCells)
                throw new TooComplexException(processor.LineIndex, $"tables of more than {MaxCells} cells");

            return BlockState.None;
        }
    }

    /// <summary>What was counted in a document so far.</summary>
    private sealed class Counts
    {
        private static readonly object Key = new();

        public long Moves { get; set; }

        public int Columns { get; set; }

        public long Cells { get; set; }

        public static Counts Of(MarkdownDocument document)
        {
            if (document.GetData(Key) is Counts counts) return counts;
            document.SetData(Key, counts = new Counts());
            document.ProcessInlinesBegin += (_, _) => CheckInlines(document);
            return counts;
        }
    }

    private static void CheckInlines(MarkdownDocument document)
    {
        var (nesting, searching) = (0L, 0L);
        foreach (var block in document.Descendants<LeafBlock>())
        {
            if (!block.ProcessInlines || block.Lines.Count == 0) continue;
            var (length, delimiters, inlines, searches) = (0L, 0L, 0L, 0L);
            for (var i = 0; i < block.Lines.Count; i++)
            {
                var line = block.Lines.Lines[i].Slice.AsSpan();
                Count(line, ref delimiters, ref inlines, ref searches);
                length += line.Length + 1;
            }

            nesting += delimiters * inlines;
            searching += searches * length;
            if (delimiters > MaxDelimiters) throw new TooComplexException(block.Line, $"{delimiters} delimiters like “*” and “[” in one paragraph");
            if (nesting > MaxNesting) throw new TooComplexException(block.Line, "too many delimiters like “*” and “[” in long paragraphs");
            if (searching > MaxSearching) throw new TooComplexException(block.Line, "too many of “](”, “<?” and “<!” in long paragraphs");
        }
    }

    private static void Count(ReadOnlySpan<char> line, ref long delimiters, ref long inlines, ref long searches)
    {
        inlines++;
        for (var i = 0; i < line.Length; i++)
        {
            var next = line[i..].IndexOfAny(Special);
            if (next < 0) return;
            i += next;
            inlines++;
            if (line[i] == '[' || (line[i] is '*' or '_' or '~' && (i == 0 || line[i - 1] != line[i]))) delimiters++;
            else if (i + 1 < line.Length && (line[i], line[i + 1]) is (']', '(') or ('<', '?' or '!')) searches++;
        }
    }
}
