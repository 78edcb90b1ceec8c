using Blog.Content.Components;
using Markdig.Syntax;

namespace Blog.Content.Markdown;

/// <summary>Turns pairs of tags within a paragraph into <see cref="ComponentInline"/>s that hold what stands between them.</summary>
internal static class ComponentPairs
{
    public static void Join(MarkdownDocument document, ArticleScope scope)
    {
        if (scope.Source.Tags.All(tag => tag.IsBlock)) return;
        foreach (var tag in document.Descendants<ComponentTagInline>().ToList())
        {
            if (tag.Parent is null || tag.Tag.Role == TagRole.Close) continue;
            var component = new ComponentInline(tag.Tag) { Line = tag.Line, Column = tag.Column, Span = tag.Span };
            var partner = tag.Tag.Role == TagRole.Open ? Partner(tag) : null;
            tag.ReplaceBy(component, false);
            for (var next = component.NextSibling; partner is not null && next is not null;)
            {
                var after = next.NextSibling;
                next.Remove();
                if (next == partner) break;
                component.AppendChild(next);
                next = after;
            }
        }

        foreach (var stray in document.Descendants<ComponentTagInline>().ToList()) stray.Remove();
    }

    private static ComponentTagInline? Partner(ComponentTagInline open)
    {
        for (var next = open.NextSibling; next is not null; next = next.NextSibling)
            if (next is ComponentTagInline { Tag.Role: TagRole.Close } close && close.Index == open.Tag.Partner) return close;
        return null;
    }
}
