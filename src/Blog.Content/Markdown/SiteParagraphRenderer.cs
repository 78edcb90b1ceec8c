using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Blog.Content.Markdown;

/// <summary>Paragraphs; a picture that is alone in one, and has a title, becomes a figure with the title as its caption.</summary>
internal sealed class SiteParagraphRenderer : ParagraphRenderer
{
    protected override void Write(HtmlRenderer renderer, ParagraphBlock paragraph)
    {
        if (!renderer.EnableHtmlForBlock || !renderer.EnableHtmlForInline || Picture(paragraph.Inline) is not { Title: { Length: > 0 } caption } picture)
        {
            base.Write(renderer, paragraph);
            return;
        }

        picture.Title = null;
        paragraph.GetAttributes().AddClass("figure");
        renderer.EnsureLine();
        renderer.Write("<figure").WriteAttributes(paragraph).Write('>').WriteLeafInline(paragraph);
        renderer.Write("<figcaption>").WriteEscape(caption).WriteLine("</figcaption></figure>");
    }

    /// <summary>The picture that is all there is, by itself or as a link; null where there is more.</summary>
    private static LinkInline? Picture(ContainerInline? inlines) => inlines?.Where(inline => !IsSpace(inline)).ToList() switch
    {
        [LinkInline { IsImage: true } picture] => picture,
        [LinkInline link] => Picture(link),
        _ => null,
    };

    private static bool IsSpace(Inline inline) => inline is LineBreakInline || (inline is LiteralInline literal && literal.Content.IsEmptyOrWhitespace());
}
