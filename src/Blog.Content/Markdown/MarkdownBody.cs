using Blog.Content.Components;
using Blog.Content.Language;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Blog.Content.Markdown;

/// <summary>An article's body rendered.</summary>
/// <param name="Html">Clean HTML; links to content files are still to be resolved.</param>
/// <param name="Outline">Its headings.</param>
/// <param name="Text">Without markup.</param>
/// <param name="Heading">The text of a heading at the very top that was taken out to serve as title; null without one.</param>
/// <param name="Links">What should exist on this site.</param>
/// <param name="Anchors">Ids that links may point to.</param>
internal sealed record MarkdownBody(string Html, IReadOnlyList<OutlineEntry> Outline, string Text, string? Heading, IReadOnlyList<ArticleLink> Links, IReadOnlyList<string> Anchors)
{
    private const int MaxLinks = 10_000;

    // A long address that is defined once may be used in thousands of places.
    private const int MaxLinkText = 4_000_000;

    private static readonly MarkdownBody Empty = new("", [], "", null, [], []);

    /// <summary>Renders a body. Text that can't be parsed in reasonable time is shown as it is, with a problem.</summary>
    /// <param name="body">The text below the front matter.</param>
    /// <param name="bodyLine">The 1-based line of the file that it begins on.</param>
    /// <param name="title">The article's title; a first heading that repeats it, or any first heading at the top level when null, is taken out.</param>
    /// <param name="path">The file, which relative addresses start from.</param>
    /// <param name="rules">How to render.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static MarkdownBody Render(string body, int bodyLine, string? title, string path, RenderingRules rules, ProblemList problems, string? language = null)
    {
        if (string.IsNullOrWhiteSpace(body)) return Empty;
        body = CleanText.Of(body.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'));
        if (MarkdownLimits.Exceeded(body) is { } exceeded) return AsWritten(body, bodyLine + exceeded.Line, exceeded.What, problems);
        var source = ComponentSource.Prepare(body, bodyLine, rules.Components, problems);
        if (source.Tags.Count > ComponentSource.MaxTags) return AsWritten(body, source.Tags[ComponentSource.MaxTags].Line, $"more than {ComponentSource.MaxTags} tags of components", problems);
        if (!ReferenceEquals(source.Text, body) && MarkdownLimits.Exceeded(source.Text) is { } after) return AsWritten(body, source.LocateLine(after.Line), after.What, problems);
        var scope = new ArticleScope(path, source, rules.Components, problems, new ContentWords(language ?? rules.Language));
        var pipeline = ArticlePipeline.For(rules.SmartPunctuation);
        try
        {
            var context = new MarkdownParserContext();
            context.Properties[ComponentBlockParser.ScopeKey] = scope;
            return Render(Markdig.Markdown.Parse(source.Text, pipeline, context), body, bodyLine, title, scope, pipeline, rules);
        }
        catch (TooComplexException e)
        {
            return AsWritten(body, source.LocateLine(e.Line), e.What, problems);
        }
        catch (ArgumentException e) when (e.Message.Contains("depth limit", StringComparison.Ordinal))
        {
            return AsWritten(body, bodyLine, "elements nested too deeply", problems);
        }
    }

    private static MarkdownBody Render(MarkdownDocument document, string body, int bodyLine, string? title, ArticleScope scope, MarkdownPipeline pipeline, RenderingRules rules)
    {
        var heading = TakeHeading(document, title);
        ReportUnclosedCode(document, scope);
        ComponentPairs.Join(document, scope);
        var headings = document.Descendants<HeadingBlock>().ToList();
        ShiftHeadings(headings);
        var outline = HeadingAnchors.Add(headings);
        // Looked for once: to walk through all that a document consists of takes as long as to write some of it.
        var inlines = document.Descendants<Inline>().ToList();
        var links = inlines.OfType<LinkInline>().ToList();
        if (links.Count > MaxLinks) return AsWritten(body, bodyLine, $"more than {MaxLinks} links and pictures", scope.Problems);
        if (links.Sum(link => (long)(link.Url?.Length ?? 0) + (link.Title?.Length ?? 0)) > MaxLinkText) return AsWritten(body, bodyLine, $"links of together more than {MaxLinkText} characters", scope.Problems);
        ResolveLinks(inlines, scope);
        if (!rules.TrustsHtml && (inlines.Exists(inline => inline is HtmlInline) || document.Descendants<HtmlBlock>().Any()))
        {
            UnclosedHtml.ShowAsText(document, scope);
            scope.HasForeignHtml |= HtmlPolicy.Report(document, scope);
        }

        var builder = TextBuilders.Rent();
        using (var writer = new StringWriter(builder)) ArticlePipeline.Renderer(pipeline, writer, scope).Render(document);
        var isForeign = scope.HasForeignHtml && !rules.TrustsHtml;
        // Of foreign HTML, what is open at the end takes in the white space there.
        var html = ComponentSource.Strip(isForeign ? TextBuilders.Finish(builder) : TextBuilders.FinishTrimmed(builder));
        if (isForeign)
        {
            if (HtmlLimits.Exceeded(html) is { } exceeded) return AsWritten(body, bodyLine, exceeded, scope.Problems);
            html = HtmlPolicy.Clean(html, scope);
        }

        var text = ComponentSource.Strip(PlainText.Of(document)).Trim();
        return new MarkdownBody(scope.Mathematics.Insert(CleanText.Of(html.Trim())), outline, CleanText.Of(text), heading, scope.Links, AnchorsIn(html));
    }

    /// <summary>Takes out the heading at the top when it is the title again, or stands in for a missing one.</summary>
    private static string? TakeHeading(MarkdownDocument document, string? title)
    {
        var first = document.FirstOrDefault(block => block is not (LinkReferenceDefinitionGroup or ComponentGap));
        if (first is not HeadingBlock { Level: <= 2 } heading) return null;
        var text = PlainText.Of(heading).Trim();
        if (text.Length == 0 || (title is null ? heading.Level != 1 : Slug.Fold(text) != Slug.Fold(title) && !(heading.Level == 1 && text == title))) return null;
        document.Remove(heading);
        return text;
    }

    private static void ReportUnclosedCode(MarkdownDocument document, ArticleScope scope)
    {
        foreach (var code in document.Descendants<FencedCodeBlock>().Where(code => code.ClosingFencedCharCount == 0))
        {
            var (line, column) = scope.Locate(code);
            scope.Problems.Warning(line, column, "unclosed-code", "The code block that begins here is never closed; all that follows is taken for code.", $"Put {new string(code.FencedChar, Math.Min(code.OpeningFencedCharCount, 10))} where it ends.");
        }
    }

    /// <summary>The page's only first-level heading is its title: where the body has some too, all move down one.</summary>
    private static void ShiftHeadings(List<HeadingBlock> headings)
    {
        if (headings.All(heading => heading.Level > 1)) return;
        foreach (var heading in headings) heading.Level = Math.Min(6, heading.Level + 1);
    }

    private static void ResolveLinks(List<Inline> inlines, ArticleScope scope)
    {
        foreach (var inline in inlines)
        {
            if (inline is LinkInline link)
            {
                var (line, column) = scope.Locate(link);
                if (link.IsImage)
                {
                    if (link.FirstChild is null && link.TryGetAttributes()?.Properties?.Any(property => property.Key == "role") != true)
                        scope.Problems.Warning(line, column, "missing-alt", "The picture has no alternative text.", "Write ![what it shows](…).");
                    link.Url = scope.ResolveAsset(link.Url ?? "", line, column) ?? "";
                }
                else link.Url = scope.ResolveLink(ComponentSource.Strip(link.Url ?? ""), line, column) ?? "#";
                link.GetDynamicUrl = null;
            }
            else if (inline is AutolinkInline { IsEmail: false } autolink && !LinkTarget.IsSafe(autolink.Url))
            {
                var (line, column) = scope.Locate(autolink);
                scope.ResolveLink(autolink.Url, line, column);
                autolink.ReplaceBy(new LiteralInline(autolink.Url));
            }
        }
    }

    private static List<string> AnchorsIn(string html)
    {
        var anchors = new List<string>();
        for (var i = html.IndexOf(" id=\"", StringComparison.Ordinal); i >= 0; i = html.IndexOf(" id=\"", i, StringComparison.Ordinal))
        {
            i += 5;
            var end = html.IndexOf('"', i);
            if (end < 0) break;
            anchors.Add(System.Net.WebUtility.HtmlDecode(html[i..end]));
        }

        return anchors;
    }

    /// <summary>Nothing is lost: what can't be rendered is shown as text.</summary>
    private static MarkdownBody AsWritten(string body, int line, string what, ProblemList problems)
    {
        problems.Error(line, 1, "too-complex", $"The text has {what}, which is more than can be rendered; it is shown as it is written.", "Simplify it here.");
        return Empty with { Html = $"<pre class=\"unrendered\" tabindex=\"0\">{System.Net.WebUtility.HtmlEncode(body)}</pre>", Text = body };
    }
}

/// <summary>How bodies are rendered: what of the site's settings they depend on, and the components.</summary>
/// <param name="Components">Known ones.</param>
/// <param name="SmartPunctuation">Typographic quotes and dashes.</param>
/// <param name="TrustsHtml">Raw HTML is served as written.</param>
/// <param name="Zone">For dates without a zone.</param>
public sealed record RenderingRules(ComponentList Components, bool SmartPunctuation, bool TrustsHtml, TimeZoneInfo Zone)
{
    /// <summary>The rules by the site's settings.</summary>
    public static RenderingRules From(SiteSettings settings, ComponentList components) => new(components, settings.SmartPunctuation, settings.TrustsHtml, settings.Zone) { Language = settings.Language };

    /// <summary>BCP 47 tag of articles that have none of their own.</summary>
    public string Language { get; init; } = "en";
}
