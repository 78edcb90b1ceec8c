using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers;

namespace Blog.Content.Markdown;

/// <summary>GFM 0.29, “Tables (extension)”: Markdig's pipe tables under GFM's rules, rendered by <see cref="GfmTableRenderer"/>.</summary>
public sealed class GfmTables(bool plain = false) : IMarkdownExtension
{
    private readonly PipeTableExtension _tables = new(new PipeTableOptions { UseGfmRules = true });

    /// <inheritdoc/>
    public void Setup(MarkdownPipelineBuilder pipeline) => _tables.Setup(pipeline);

    /// <inheritdoc/>
    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        if (renderer is HtmlRenderer html) html.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new GfmTableRenderer(plain));
        else _tables.Setup(pipeline, renderer);
    }
}
