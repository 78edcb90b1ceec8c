using Markdig;

namespace Blog.Content.Markdown;

/// <summary>Switches GitHub Flavored Markdown 0.29 on: what its specification adds to CommonMark, and nothing else.</summary>
public static class Gfm
{
    /// <summary>
    /// Adds tables, task lists, strikethrough and autolinks; <paramref name="plain"/> renders tables and task lists as the specification's examples do,
    /// not as the site does.
    /// </summary>
    public static MarkdownPipelineBuilder UseGfm(this MarkdownPipelineBuilder builder, bool plain = false) => builder
        .Use<CommonMarkEmphasis>()
        .Use(new GfmTables(plain))
        .Use(new GfmTaskLists(plain))
        .Use(new GfmStrikethrough())
        .Use(new GfmAutolinks());
}
