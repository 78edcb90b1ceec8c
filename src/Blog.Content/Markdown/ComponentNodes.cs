using Blog.Content.Components;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Blog.Content.Markdown;

/// <summary>A component that stands as a block, with the blocks between its tags.</summary>
internal sealed class ComponentBlock(BlockParser parser, ComponentTag tag, int index) : ContainerBlock(parser)
{
    public ComponentTag Tag => tag;

    public int Index => index;
}

/// <summary>A component within a paragraph, with the inlines between its tags.</summary>
internal sealed class ComponentInline(ComponentTag tag) : ContainerInline
{
    public ComponentTag Tag => tag;
}

/// <summary>A tag within a paragraph, before it is paired with its partner.</summary>
internal sealed class ComponentTagInline(ComponentTag tag, int index) : LeafInline
{
    public ComponentTag Tag => tag;

    public int Index => index;
}

/// <summary>A marker that stands for nothing, such as that of a closing tag whose component ended before.</summary>
internal sealed class ComponentGap(BlockParser parser) : LeafBlock(parser);
