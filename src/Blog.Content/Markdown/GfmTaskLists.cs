using Markdig;
using Markdig.Extensions.TaskLists;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Blog.Content.Markdown;

/// <summary>GFM 0.29, “Task list items (extension)”. With <paramref name="plain"/>, rendered as the specification's examples are, without classes.</summary>
public sealed class GfmTaskLists(bool plain = false) : IMarkdownExtension
{
    /// <inheritdoc/>
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        if (pipeline.InlineParsers.Contains<TaskListInlineParser>()) return;
        var parser = new GfmTaskListParser();
        if (plain) (parser.ListClass, parser.ListItemClass) = ("", "");
        pipeline.InlineParsers.InsertBefore<LinkInlineParser>(parser);
    }

    /// <inheritdoc/>
    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        if (renderer is not HtmlRenderer html) return;
        if (plain) html.ObjectRenderers.ReplaceOrAdd<HtmlTaskListRenderer>(new PlainTaskListRenderer());
        else html.ObjectRenderers.AddIfNotAlready<HtmlTaskListRenderer>();
    }

    private sealed class PlainTaskListRenderer : HtmlObjectRenderer<TaskList>
    {
        protected override void Write(HtmlRenderer renderer, TaskList box) =>
            renderer.Write(box.Checked ? "<input checked=\"\" disabled=\"\" type=\"checkbox\">" : "<input disabled=\"\" type=\"checkbox\">");
    }
}

/// <summary>Markdig's task list parser, held to where the specification has markers: at the start of an item's first paragraph, with text behind.</summary>
internal sealed class GfmTaskListParser : TaskListInlineParser
{
    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var isFirst = processor.Root?.FirstChild is null && processor.Block is ParagraphBlock { Parent: ListItemBlock item } && item[0] == processor.Block;
        return isFirst && HasTextBehind(slice) && base.Match(processor, ref slice);
    }

    private static bool HasTextBehind(StringSlice slice)
    {
        var behind = slice.AsSpan();
        return behind.Length > 3 && IsWhitespace(behind[3]) && behind[3..].ContainsAnyExcept(" \t\n\v\f\r");
    }

    private static bool IsWhitespace(char c) => c is ' ' or (>= '\t' and <= '\r');
}
