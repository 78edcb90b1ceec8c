using System.Buffers;
using System.Text;
using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Blog.Content.Markdown;

/// <summary>GFM 0.29, “Autolinks (extension)”: web and email addresses in running text become links.</summary>
public sealed class GfmAutolinks : IMarkdownExtension
{
    /// <inheritdoc/>
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        // Behind emphasis, whose leftover characters an email address may have; before typography, which would change it.
        if (!pipeline.InlineParsers.Contains<GfmAutolinkParser>()) pipeline.InlineParsers.InsertAfter<EmphasisInlineParser>(new GfmAutolinkParser());
    }

    /// <inheritdoc/>
    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
    }
}

/// <summary>Finds web addresses while a text is parsed, and has <see cref="GfmEmailAutolinks"/> find email addresses once its emphasis is known.</summary>
internal sealed class GfmAutolinkParser : InlineParser, IPostInlineProcessor
{
    private const string Trailing = "?!.,:*_~'\"";
    private static readonly string[] Schemes = ["http://", "https://", "ftp://"];
    private static readonly SearchValues<char> AsciiLettersAndDigits = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public GfmAutolinkParser() => OpeningCharacters = ['w', 'h', 'H', 'f', 'F'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.AsSpan();
        var isWww = text.StartsWith("www.", StringComparison.Ordinal);
        var scheme = isWww ? 0 : SchemeLength(text);
        if (scheme == 0 && !isWww) return false;

        // Before the first inline stands what is no part of the text: a list marker, a table's pipe.
        var before = processor.Root?.FirstChild is null ? '\n' : slice.PeekCharExtra(-1);
        if (isWww ? !char.IsWhiteSpace(before) && !"*_~(".Contains(before) : char.IsAsciiLetter(before)) return false;

        // The same underscore makes every address that begins before it no address; without this, many of them would take quadratic time.
        if (processor.ParserStates[Index] is int underscore && slice.Start < underscore) return false;
        var domainEnd = DomainEnd(text, scheme, isWww, out var forbidden);
        if (forbidden >= 0) processor.ParserStates[Index] = slice.Start + forbidden;
        if (domainEnd < 0 || processor.Inline?.FirstParentOfType<LinkDelimiterInline>() is not null) return false;

        var end = domainEnd;
        while (end < text.Length && !IsEnd(text[end])) end++;
        var address = text[..WithoutTrailing(text[..end])].ToString();
        var first = processor.GetSourcePosition(slice.Start, out var line, out var column);
        var span = new SourceSpan(first, processor.GetSourcePosition(slice.Start + address.Length - 1));
        processor.Inline = CreateLink(isWww ? "http://" + address : address, address, span, line, column);
        slice.Start += address.Length;
        return true;
    }

    /// <summary>Finds email addresses in a whole text, when all that could take a part of it has done so.</summary>
    public bool PostProcess(InlineProcessor state, Inline? root, Inline? lastChild, int postInlineProcessorIndex, bool isFinalProcessing)
    {
        if (isFinalProcessing && root is ContainerInline container) GfmEmailAutolinks.Apply(container);
        return true;
    }

    /// <summary>A link whose text later steps leave alone: smart punctuation changes literals, not entities.</summary>
    public static LinkInline CreateLink(string url, string text, SourceSpan span, int line, int column)
    {
        var link = new LinkInline { Url = url, UrlSpan = span, IsAutoLink = true, IsClosed = true, Span = span, Line = line, Column = column };
        var slice = new StringSlice(text);
        link.AppendChild(new HtmlEntityInline { Original = slice, Transcoded = slice, IsClosed = true, Span = span, Line = line, Column = column });
        return link;
    }

    private static int SchemeLength(ReadOnlySpan<char> text)
    {
        foreach (var scheme in Schemes)
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return scheme.Length;
        return 0;
    }

    /// <summary>Where the domain ends that begins at <paramref name="start"/>, or -1 if it is not valid; then also the underscore that makes it so.</summary>
    private static int DomainEnd(ReadOnlySpan<char> text, int start, bool isWww, out int forbidden)
    {
        forbidden = -1;
        var end = start;
        while (end < text.Length)
        {
            if (text[end] is '.' or '-' or '_') end++;
            else if (Rune.DecodeFromUtf16(text[end..], out var rune, out var length) == OperationStatus.Done && !IsSpaceOrPunctuation(rune)) end += length;
            else break;
        }

        // Underscores and periods that the link won't have, since it ends before them, don't count.
        var behind = text[end..].IndexOfAnyExcept(Trailing + ");");
        var domain = behind < 0 || IsEnd(text[end + behind]) ? text[start..end].TrimEnd("_.") : text[start..end];
        if (isWww ? domain.Length <= 4 || domain[4] == '.' : domain.Length == 0 || domain[0] is '.' or '-' or '_') return -1;

        var lastTwo = domain[..Math.Max(0, domain.LastIndexOf('.'))].LastIndexOf('.') + 1;
        var underscore = domain[lastTwo..].LastIndexOf('_');
        if (underscore < 0) return end;
        forbidden = start + lastTwo + underscore;
        return -1;
    }

    private static int WithoutTrailing(ReadOnlySpan<char> link)
    {
        var unmatched = link.Count(')') - link.Count('(');
        while (true)
        {
            if (link[^1] == ';') link = link[..EntityStart(link[..^1])];
            else if (Trailing.Contains(link[^1]) || (link[^1] == ')' && unmatched-- > 0)) link = link[..^1];
            else return link.Length;
        }
    }

    /// <summary>Where an entity begins that a semicolon ends, or where the semicolon is.</summary>
    private static int EntityStart(ReadOnlySpan<char> link)
    {
        var ampersand = link.LastIndexOfAnyExcept(AsciiLettersAndDigits);
        return ampersand >= 0 && link[ampersand] == '&' && ampersand < link.Length - 1 ? ampersand : link.Length;
    }

    private static bool IsEnd(char c) => c == '<' || char.IsWhiteSpace(c);

    private static bool IsSpaceOrPunctuation(Rune rune) =>
        Rune.IsWhiteSpace(rune) || Rune.IsPunctuation(rune) || (rune.IsAscii && (Rune.IsSymbol(rune) || Rune.IsControl(rune)));
}
