using Blog.Content.Markdown;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Blog.Content.Mathematics;

/// <summary>Writes a formula within a paragraph, or its source where it can't be typeset.</summary>
internal sealed class MathInlineRenderer(ArticleScope scope) : HtmlObjectRenderer<MathInline>
{
    protected override void Write(HtmlRenderer renderer, MathInline math)
    {
        var tex = scope.Source.Restore(math.Tex);
        if (!renderer.EnableHtmlForInline) renderer.WriteEscape(tex);
        else if (!scope.Mathematics.Write(renderer, tex, math.IsDisplay, math)) renderer.Write("<code class=\"language-tex\">").WriteEscape(tex).Write("</code>");
    }
}

/// <summary>Writes a formula on lines of its own, or its source where it can't be typeset.</summary>
internal sealed class MathBlockRenderer(ArticleScope scope) : HtmlObjectRenderer<MathBlock>
{
    protected override void Write(HtmlRenderer renderer, MathBlock math)
    {
        renderer.EnsureLine();
        var tex = scope.Source.Restore(math.Tex);
        if (!scope.Mathematics.Write(renderer, tex, true, math))
            renderer.Write("<div class=\"code\" data-language=\"TeX\"><pre tabindex=\"0\"><code class=\"language-tex\">").WriteEscape(tex.Trim('\n')).WriteLine().WriteLine("</code></pre></div>");
    }
}
