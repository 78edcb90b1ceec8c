using Blog.Content.Components;
using Markdig.Extensions.Alerts;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Blog.Content.Markdown;

/// <summary>Headings with a link to themselves.</summary>
internal sealed class AnchoredHeadingRenderer(ArticleScope scope) : HtmlObjectRenderer<HeadingBlock>
{
    protected override void Write(HtmlRenderer renderer, HeadingBlock heading)
    {
        renderer.EnsureLine();
        var level = Math.Clamp(heading.Level, 1, 6);
        renderer.Write("<h").Write((char)('0' + level)).WriteAttributes(heading).Write('>');
        renderer.WriteLeafInline(heading);
        if (heading.TryGetAttributes()?.Id is { Length: > 0 } id)
            renderer.Write(" <a class=\"anchor\" href=\"#").Write(Uri.EscapeDataString(id)).Write("\" aria-label=\"").WriteEscape(scope.Words["LinkToSection"]).Write("\">#</a>");
        renderer.Write("</h").Write((char)('0' + level)).WriteLine(">");
    }
}

/// <summary>Code within a paragraph, exactly as written.</summary>
internal sealed class SiteCodeInlineRenderer(ArticleScope scope) : HtmlObjectRenderer<CodeInline>
{
    protected override void Write(HtmlRenderer renderer, CodeInline code)
    {
        if (!renderer.EnableHtmlForInline)
        {
            renderer.WriteEscape(scope.Source.Restore(code.Content));
            return;
        }

        renderer.Write("<code").WriteAttributes(code).Write('>').WriteEscape(scope.Source.Restore(code.Content)).Write("</code>");
    }
}

/// <summary>GitHub's alerts (<c>&gt; [!NOTE]</c>) as the same box that <c>&lt;Callout&gt;</c> makes.</summary>
internal sealed class AlertRenderer(ArticleScope scope) : HtmlObjectRenderer<AlertBlock>
{
    protected override void Write(HtmlRenderer renderer, AlertBlock alert)
    {
        renderer.EnsureLine();
        var kind = alert.Kind.ToString().ToLowerInvariant();
        var title = Callout.Types.Contains(kind) ? scope.Words[$"Callout.{kind}"] : kind.Length == 0 ? scope.Words["Callout.note"] : char.ToUpperInvariant(kind[0]) + kind[1..];
        renderer.Write("<aside class=\"callout callout-").Write(Callout.Types.Contains(kind) ? kind : "note").Write("\" aria-label=\"").WriteEscape(title).WriteLine("\">");
        renderer.Write("<p class=\"callout-title\">").WriteEscape(title).WriteLine("</p>");
        var implicitParagraph = renderer.ImplicitParagraph;
        renderer.ImplicitParagraph = false;
        // The line of the kind alone leaves an empty paragraph.
        if (alert.FirstOrDefault() is ParagraphBlock { Inline.FirstChild: null } empty) alert.Remove(empty);
        renderer.WriteChildren(alert);
        renderer.ImplicitParagraph = implicitParagraph;
        renderer.WriteLine("</aside>");
    }
}

/// <summary>Task list boxes that say to screen readers what they are.</summary>
internal sealed class SiteTaskListRenderer(ArticleScope scope) : HtmlObjectRenderer<TaskList>
{
    protected override void Write(HtmlRenderer renderer, TaskList box) =>
        renderer.Write(box.Checked ? "<input type=\"checkbox\" disabled checked" : "<input type=\"checkbox\" disabled").Write(" aria-label=\"").WriteEscape(scope.Words[box.Checked ? "Done" : "ToDo"]).Write("\">");
}

/// <summary>Links and images: images load when they come near, but for the first.</summary>
internal sealed class SiteLinkRenderer : LinkInlineRenderer
{
    private bool _hadImage;

    protected override void Write(HtmlRenderer renderer, LinkInline link)
    {
        if (!link.IsImage || !renderer.EnableHtmlForInline)
        {
            base.Write(renderer, link);
            return;
        }

        if (link.Url is not { Length: > 0 }) return;
        renderer.Write("<img src=\"").WriteEscapeUrl(link.Url).Write("\" alt=\"").WriteEscape(PlainText.Of(link)).Write('"').WriteAttributes(link);
        if (!string.IsNullOrEmpty(link.Title)) renderer.Write(" title=\"").WriteEscape(link.Title).Write('"');
        renderer.Write(_hadImage ? " loading=\"lazy\" decoding=\"async\">" : " decoding=\"async\">");
        _hadImage = true;
    }
}
