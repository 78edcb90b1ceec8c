using System.Text;
using Blog.Content.Mathematics;
using Markdig.Extensions.Emoji;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.SmartyPants;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Blog.Content.Markdown;

/// <summary>The text of Markdown without its markup, for excerpts, outlines, search and counting words.</summary>
public static class PlainText
{
    private static readonly Markdig.MarkdownPipeline Simple = new Markdig.MarkdownPipelineBuilder().Build();

    /// <summary>The text of a short Markdown text, its blocks parted by spaces.</summary>
    public static string OfMarkdown(string markdown)
    {
        if (MarkdownLimits.Exceeded(markdown) is not null) return Spaced(markdown);
        try { return Spaced(Of(Markdig.Markdown.Parse(markdown, Simple))); }
        catch (ArgumentException) { return Spaced(markdown); }
    }

    /// <summary>The text of a parsed node; blocks end with a line break. Raw HTML and footnotes are left out.</summary>
    public static string Of(MarkdownObject node) => Of(node, true);

    /// <summary>The text with smart punctuation, or with the characters that the author typed.</summary>
    internal static string Of(MarkdownObject node, bool isSmart)
    {
        var text = TextBuilders.Rent();
        Append(node, text, isSmart);
        return CleanText.Of(TextBuilders.Finish(text));
    }

    private static void Append(MarkdownObject node, StringBuilder text, bool isSmart)
    {
        switch (node)
        {
            case FootnoteGroup or LinkReferenceDefinitionGroup or HtmlBlock:
                break;
            case ContainerBlock container:
                foreach (var child in container) Append(child, text, isSmart);
                break;
            case CodeBlock code:
                text.Append(code.Lines).Append('\n');
                break;
            case MathBlock math:
                text.Append(math.Tex.Trim()).Append('\n');
                break;
            case MathInline math:
                text.Append(math.Tex);
                break;
            case LeafBlock leaf:
                if (leaf.Inline is not null) Append(leaf.Inline, text, isSmart);
                text.Append('\n');
                break;
            case LinkInline { IsImage: true } image:
                AppendChildren(image, text, isSmart);
                break;
            case ContainerInline container:
                AppendChildren(container, text, isSmart);
                break;
            case EmojiInline emoji:
                text.Append(emoji.Content);
                break;
            case LiteralInline literal:
                text.Append(literal.Content.AsSpan());
                break;
            case CodeInline code:
                text.Append(code.Content);
                break;
            case HtmlEntityInline entity:
                text.Append(entity.Transcoded.AsSpan());
                break;
            case AutolinkInline autolink:
                text.Append(autolink.Url);
                break;
            case SmartyPant quote:
                text.Append(isSmart ? Smart(quote.Type) : Typed(quote.Type));
                break;
            case LineBreakInline:
                text.Append(' ');
                break;
            case TaskList or FootnoteLink or HtmlInline:
                break;
        }
    }

    private static void AppendChildren(ContainerInline container, StringBuilder text, bool isSmart)
    {
        for (var child = container.FirstChild; child is not null; child = child.NextSibling) Append(child, text, isSmart);
    }

    private static string Smart(SmartyPantType type) => type switch
    {
        SmartyPantType.LeftQuote => "‘",
        SmartyPantType.RightQuote or SmartyPantType.Quote => "’",
        SmartyPantType.LeftDoubleQuote => "“",
        SmartyPantType.RightDoubleQuote or SmartyPantType.DoubleQuote => "”",
        SmartyPantType.LeftAngleQuote => "«",
        SmartyPantType.RightAngleQuote => "»",
        SmartyPantType.Ellipsis => "…",
        SmartyPantType.Dash2 => "–",
        SmartyPantType.Dash3 => "—",
        _ => "",
    };

    private static string Typed(SmartyPantType type) => type switch
    {
        SmartyPantType.LeftDoubleQuote or SmartyPantType.RightDoubleQuote or SmartyPantType.DoubleQuote => "\"",
        SmartyPantType.LeftAngleQuote => "<<",
        SmartyPantType.RightAngleQuote => ">>",
        SmartyPantType.Ellipsis => "...",
        SmartyPantType.Dash2 => "--",
        SmartyPantType.Dash3 => "---",
        _ => "'",
    };

    private static string Spaced(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
