using Blog.Content.Components;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Blog.Content.Markdown;

/// <summary>Writes a component block by its <see cref="Component"/>; an unknown one as its children.</summary>
internal sealed class ComponentBlockRenderer(ArticleScope scope) : HtmlObjectRenderer<ComponentBlock>
{
    protected override void Write(HtmlRenderer renderer, ComponentBlock block)
    {
        renderer.EnsureLine();
        var implicitParagraph = renderer.ImplicitParagraph;
        renderer.ImplicitParagraph = false;
        if (ComponentRendering.Find(block.Tag, scope) is { } component)
        {
            if (component is LiquidComponent) scope.HasForeignHtml = true;
            component.Write(new ComponentUse(block.Tag, block, renderer, scope, false));
        }
        else renderer.WriteChildren(block);
        renderer.ImplicitParagraph = implicitParagraph;
        renderer.EnsureLine();
    }
}

/// <summary>Writes a component within a paragraph; one that is a block by nature as its children only.</summary>
internal sealed class ComponentInlineRenderer(ArticleScope scope) : HtmlObjectRenderer<ComponentInline>
{
    protected override void Write(HtmlRenderer renderer, ComponentInline inline)
    {
        if (ComponentRendering.Find(inline.Tag, scope) is not { } component)
        {
            renderer.WriteChildren(inline);
            return;
        }

        if (component.Nature == ComponentNature.Block)
        {
            scope.Problems.Warning(inline.Tag.Line, inline.Tag.Column, "component-in-paragraph", $"<{inline.Tag.Name}> is a block, but stands within a paragraph; only its text is shown.", "Put its tags on lines of their own.");
            renderer.WriteChildren(inline);
            return;
        }

        if (component is LiquidComponent) scope.HasForeignHtml = true;
        component.Write(new ComponentUse(inline.Tag, inline, renderer, scope, true));
    }
}

/// <summary>Writes nothing.</summary>
internal sealed class ComponentGapRenderer : HtmlObjectRenderer<ComponentGap>
{
    protected override void Write(HtmlRenderer renderer, ComponentGap gap)
    {
    }
}

/// <summary>Finds components and reports those that are unknown or misused.</summary>
internal static class ComponentRendering
{
    public static Component? Find(ComponentTag tag, ArticleScope scope)
    {
        if (scope.Components.Find(tag.Name) is not { } component)
        {
            var shown = tag.Role == TagRole.SelfClosing ? "nothing is shown for it" : "only what stands between its tags is shown";
            scope.Problems.Warning(tag.Line, tag.Column, "unknown-component", $"<{tag.Name}> is not a component; {shown}.",
                NearestName.DidYouMean(tag.Name, scope.Components.Names, $"Write it as components/{tag.Name}.liquid, or remove the tag."));
            return null;
        }

        if (component.Attributes is { } known)
            foreach (var attribute in tag.Attributes.Where(attribute => !known.Contains(attribute.Name, StringComparer.OrdinalIgnoreCase)))
                scope.Problems.Info(tag.Line, tag.Column, "unknown-attribute", $"<{tag.Name}> does not read “{attribute.Name}”.", NearestName.DidYouMean(attribute.Name, known, known.Count == 0 ? "It has no attributes." : "It reads " + string.Join(", ", known) + "."));
        return component;
    }
}
