using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Blog.Content.Mathematics;

/// <summary>A formula within a paragraph.</summary>
/// <param name="tex">Without its signs.</param>
/// <param name="isDisplay">True for one that stands by itself.</param>
internal sealed class MathInline(string tex, bool isDisplay) : LeafInline
{
    public string Tex { get; } = tex;

    public bool IsDisplay { get; } = isDisplay;
}

/// <summary>A formula on lines of its own.</summary>
internal sealed class MathBlock(BlockParser parser) : LeafBlock(parser)
{
    /// <summary>Without its signs.</summary>
    public string Tex { get; set; } = "";
}
