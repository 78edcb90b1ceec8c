using Blog.Content.Mathematics;
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

    /// <summary>What every article is read by: CommonMark and GFM, within limits.</summary>
    /// <param name="plain">Tables and task lists in the forms of the specifications' examples rather than the site's.</param>
    public static MarkdownPipelineBuilder Common(bool plain) => new MarkdownPipelineBuilder().UsePreciseSourceLocation().UseGfm(plain).Use<ParseLimits>();

    /// <summary>The pipeline of articles.</summary>
    public static MarkdownPipeline For(bool smartPunctuation) => smartPunctuation ? Smart : Straight;

    /// <summary>A renderer for one article, with the site's own forms of headings, code, alerts, links and components.</summary>
    public static HtmlRenderer Renderer(MarkdownPipeline pipeline, TextWriter writer, ArticleScope scope)
    {
        var renderer = new HtmlRenderer(writer);
        pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HeadingRenderer>(new AnchoredHeadingRenderer(scope));
        renderer.ObjectRenderers.ReplaceOrAdd<ParagraphRenderer>(new SiteParagraphRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new SiteCodeBlockRenderer(scope));
        renderer.ObjectRenderers.ReplaceOrAdd<CodeInlineRenderer>(new SiteCodeInlineRenderer(scope));
        renderer.ObjectRenderers.ReplaceOrAdd<AlertBlockRenderer>(new AlertRenderer(scope));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTaskListRenderer>(new SiteTaskListRenderer(scope));
        renderer.ObjectRenderers.ReplaceOrAdd<GfmTableRenderer>(new GfmTableRenderer(false, scope.Words["Table"]));
        renderer.ObjectRenderers.ReplaceOrAdd<LinkInlineRenderer>(new SiteLinkRenderer());
        renderer.ObjectRenderers.Insert(0, new MathBlockRenderer(scope));
        renderer.ObjectRenderers.Insert(0, new MathInlineRenderer(scope));
        renderer.ObjectRenderers.Insert(0, new ComponentBlockRenderer(scope));
        renderer.ObjectRenderers.Insert(0, new ComponentInlineRenderer(scope));
        renderer.ObjectRenderers.Insert(0, new ComponentGapRenderer());
        return renderer;
    }

    private static MarkdownPipeline Build(bool smartPunctuation)
    {
        var builder = Common(false)
            .UseDefinitionLists()
            .UseAlertBlocks()
            .UseFootnotes()
            .UseEmojiAndSmiley(enableSmileys: false);
        if (smartPunctuation) builder.UseSmartyPants(new SmartyPantOptions());

        // Before all others: a marker is never anything else.
        builder.BlockParsers.Insert(0, new ComponentBlockParser());
        builder.InlineParsers.Insert(0, new ComponentInlineParser());
        // Before paragraphs, which it may end.
        builder.BlockParsers.Insert(1, new MathBlockParser());
        // Before the link parser, which would take the brace for text.
        builder.InlineParsers.Insert(1, new SafeAttributes());
        // Before smart punctuation, which takes its characters for quotes and dashes.
        if (smartPunctuation) builder.InlineParsers.Insert(2, new Apostrophes());
        builder.InlineParsers.Add(new MathInlineParser());
        return builder.Build();
    }
}
