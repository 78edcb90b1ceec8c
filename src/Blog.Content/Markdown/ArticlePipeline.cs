using Markdig;
using Markdig.Extensions.Alerts;
using Markdig.Extensions.SmartyPants;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;

namespace Blog.Content.Markdown;

/// <summary>The ordered list of what Markdown may do here, with the reason for each order.</summary>
internal static class ArticlePipeline
{
    private static readonly MarkdownPipeline Smart = Build(true);
    private static readonly MarkdownPipeline Straight = Build(false);

    /// <summary>CommonMark and GFM alone, for the examples of their specifications.</summary>
    public static MarkdownPipeline Plain { get; } = Gfm(new MarkdownPipelineBuilder(), true).Build();

    /// <summary>The pipeline of articles.</summary>
    public static MarkdownPipeline For(bool smartPunctuation) => smartPunctuation ? Smart : Straight;

    /// <summary>A renderer for one article, with the site's own forms of headings, code, alerts, links and components.</summary>
    public static HtmlRenderer Renderer(MarkdownPipeline pipeline, TextWriter writer, ArticleScope scope)
    {
        var renderer = new HtmlRenderer(writer);
        pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HeadingRenderer>(new AnchoredHeadingRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new SiteCodeBlockRenderer(scope));
        renderer.ObjectRenderers.ReplaceOrAdd<CodeInlineRenderer>(new SiteCodeInlineRenderer(scope));
        renderer.ObjectRenderers.ReplaceOrAdd<AlertBlockRenderer>(new AlertRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTaskListRenderer>(new SiteTaskListRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<LinkInlineRenderer>(new SiteLinkRenderer());
        renderer.ObjectRenderers.Insert(0, new ComponentBlockRenderer(scope));
        renderer.ObjectRenderers.Insert(0, new ComponentInlineRenderer(scope));
        renderer.ObjectRenderers.Insert(0, new ComponentGapRenderer());
        return renderer;
    }

    private static MarkdownPipeline Build(bool smartPunctuation)
    {
        var builder = Gfm(new MarkdownPipelineBuilder(), false)
            .UseDefinitionLists()
            .UseAlertBlocks()
            .UseFootnotes()
            .UseEmojiAndSmiley(enableSmileys: false);
        if (smartPunctuation) builder.UseSmartyPants(new SmartyPantOptions());
        builder.UsePreciseSourceLocation();

        // Before all others: a marker is never anything else.
        builder.BlockParsers.Insert(0, new ComponentBlockParser());
        builder.InlineParsers.Insert(0, new ComponentInlineParser());
        // Before the link parser, which would take the brace for text.
        builder.InlineParsers.Insert(1, new SafeAttributes());
        // Before smart punctuation, which takes its characters for quotes and dashes.
        if (smartPunctuation) builder.InlineParsers.Insert(2, new Apostrophes());
        return builder.Build();
    }

    /// <summary>GFM 0.29's extensions of CommonMark: tables, task lists, strikethrough, autolinks.</summary>
    private static MarkdownPipelineBuilder Gfm(MarkdownPipelineBuilder builder, bool plain) => builder
        .UsePipeTables(new Markdig.Extensions.Tables.PipeTableOptions { RequireHeaderSeparator = true })
        .UseTaskLists()
        .UseAutoLinks();
}
