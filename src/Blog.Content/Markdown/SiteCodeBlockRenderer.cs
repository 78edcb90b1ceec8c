using Blog.Content.Code;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Blog.Content.Markdown;

/// <summary>
/// Code blocks that scroll in a box of their own and say their language and title. What an author says of lines is in elements, so that it can be seen
/// without a style sheet; the colours come when the page is shown. Diagrams are shown as their source, and drawn by the reader's browser.
/// </summary>
internal sealed class SiteCodeBlockRenderer(ArticleScope scope) : HtmlObjectRenderer<CodeBlock>
{
    // What an author may say of a language that nobody knows is short.
    private const int MaxName = 40;

    protected override void Write(HtmlRenderer renderer, CodeBlock block)
    {
        renderer.EnsureLine();
        var fence = CodeFence.Read(block is FencedCodeBlock fenced ? $"{fenced.Info} {fenced.Arguments}" : "");
        var code = scope.Source.Restore(block.Lines.ToString());
        var language = CodeLanguages.Find(fence.DiffLanguage ?? fence.Language);
        if (language is { Names: ["math", ..] } && scope.Mathematics.Write(renderer, code, true, block)) return;
        Report(block, fence, language, code);
        var isDiagram = language is { Names: ["mermaid", ..] };
        var element = fence.Title is null && !isDiagram ? "div" : "figure";
        renderer.Write('<').Write(element).Write(isDiagram ? " class=\"diagram\"" : " class=\"code\"");
        if (!isDiagram && Label(fence, language) is { } label) renderer.Write(" data-language=\"").WriteEscape(label).Write('"');
        renderer.Write('>');
        if (fence.Title is not null) renderer.Write("<figcaption>").WriteEscape(fence.Title).Write("</figcaption>");
        renderer.Write("<pre tabindex=\"0\"><code");
        if (fence.Language.Length is > 0 and <= MaxName) renderer.Write(" class=\"language-").WriteEscape(isDiagram ? "mermaid" : fence.DiffLanguage ?? fence.Language).Write('"');
        renderer.Write('>');
        if (!isDiagram && CodeLines.Of(code, fence) is { } lines) WriteLines(renderer, lines);
        else if (code.Length > 0) renderer.WriteEscape(code).WriteLine();
        renderer.Write("</code></pre></").Write(element).WriteLine(">");
    }

    private static void WriteLines(HtmlRenderer renderer, IReadOnlyList<CodeLine> lines)
    {
        foreach (var line in lines)
        {
            var element = line.Kind switch { LineKind.Marked => "mark", LineKind.Inserted => "ins", LineKind.Deleted => "del", _ => "span" };
            var isPlain = line.Kind == LineKind.Plain && line.Gutter is null;
            if (!isPlain) renderer.Write('<').Write(element).Write(" class=\"line\"");
            if (line.Gutter is not null) renderer.Write(" data-line=\"").Write(line.Gutter).Write('"');
            if (!isPlain) renderer.Write('>');
            renderer.WriteEscape(line.Text);
            if (!isPlain) renderer.Write("</").Write(element).Write('>');
            renderer.WriteLine();
        }
    }

    private static string? Label(CodeFence fence, CodeLanguage? language) =>
        fence.Language.Length is 0 or > MaxName || language is { Grammar: null, Names: ["text", ..] } ? null : language?.Label ?? fence.Language;

    private void Report(CodeBlock block, CodeFence fence, CodeLanguage? language, string code)
    {
        var (line, column) = scope.Locate(block);
        if (language is null && (fence.DiffLanguage ?? fence.Language) is { Length: > 0 } name)
            scope.Problems.Info(line, column, "unknown-language", $"“{Short(name)}” is no language that can be highlighted; the code is shown without colours.", NearestName.DidYouMean(name, CodeLanguages.UsualNames) ?? NearestName.DidYouMean(name, CodeLanguages.Names, "Write text, or leave the word out."));
        var count = code.AsSpan().Count('\n') + 1;
        foreach (var (ranges, sign) in new[] { (fence.Marked, ""), (fence.Inserted, "ins="), (fence.Deleted, "del=") })
        {
            foreach (var bad in ranges.Bad.Take(3))
                scope.Problems.Warning(line, column, "bad-line-range", $"“{Short(bad)}” is no line or range of lines; it is left out.", $"Write numbers from 1 on, such as {sign}{{2,4-6}}.");
            if (ranges.Last > count)
                scope.Problems.Warning(line, column, "bad-line-range", $"Line {ranges.Last} is to be marked, but the block has {count}.", "Count from 1, without the fence.");
        }

        if (count > CodeLines.MaxLines && (fence.FirstNumber is not null || !fence.Marked.IsEmpty || !fence.Inserted.IsEmpty || !fence.Deleted.IsEmpty))
            scope.Problems.Info(line, column, "code-too-long", $"The block has {count} lines; of more than {CodeLines.MaxLines} none is numbered or marked.", "Show only the part that matters.");
    }

    private static string Short(string text) => text.Length <= MaxName ? text : text[..MaxName] + "…";
}
