using System.Text.RegularExpressions;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Blog.Tests.Content;

/// <summary>GFM 0.29, “Disallowed Raw HTML (extension)”: nine tags of raw HTML that would change how all behind them is read become text.</summary>
public sealed partial class GfmTagFilter : IMarkdownExtension
{
    /// <inheritdoc/>
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
    }

    /// <inheritdoc/>
    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        if (renderer is not HtmlRenderer html) return;
        html.ObjectRenderers.ReplaceOrAdd<HtmlBlockRenderer>(new FilteredHtmlBlockRenderer());
        html.ObjectRenderers.ReplaceOrAdd<HtmlInlineRenderer>(new FilteredHtmlInlineRenderer());
    }

    /// <summary>The HTML with each disallowed tag's <c>&lt;</c> as an entity.</summary>
    public static string Filter(string html) => Disallowed().Replace(html, "&lt;");

    [GeneratedRegex(
        @"<(?=/?(?:title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext)(?:[\s>]|/>))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Disallowed();

    private sealed class FilteredHtmlBlockRenderer : HtmlBlockRenderer
    {
        protected override void Write(HtmlRenderer renderer, HtmlBlock block)
        {
            renderer.WriteLine(Filter(block.Lines.ToString()));
        }
    }

    private sealed class FilteredHtmlInlineRenderer : HtmlInlineRenderer
    {
        protected override void Write(HtmlRenderer renderer, HtmlInline inline)
        {
            if (renderer.EnableHtmlForInline) renderer.Write(Filter(inline.Tag));
        }
    }
}
