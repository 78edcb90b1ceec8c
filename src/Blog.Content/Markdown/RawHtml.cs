using System.Text;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Blog.Content.Markdown;

/// <summary>Raw HTML whose tags all end: one that does not would take the article behind it for its attributes.</summary>
internal static class RawHtml
{
    // Elements whose text runs until their own closing tag.
    private static readonly string[] RunOn = ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"];

    /// <summary>The HTML with the first character of each tag or comment that never ends as an entity, so that it is text.</summary>
    public static string Closed(string html)
    {
        var closed = new StringBuilder();
        var from = 0;
        for (var i = html.IndexOf('<', StringComparison.Ordinal); i >= 0 && i < html.Length;)
        {
            var end = EndOf(html, i);
            if (end < 0)
            {
                closed.Append(html, from, i - from).Append("&lt;");
                from = i + 1;
                end = from;
            }

            i = end >= html.Length ? -1 : html.IndexOf('<', end);
        }

        return from == 0 ? html : closed.Append(html, from, html.Length - from).ToString();
    }

    /// <summary>True when an element that hides the text behind it is opened more often than closed.</summary>
    public static bool RunsOn(string html) => RunOn.Any(name => Count(html, "<" + name) > Count(html, "</" + name));

    /// <summary>Where what begins at a <c>&lt;</c> ends; -1 when it never does.</summary>
    private static int EndOf(string html, int start)
    {
        if (string.CompareOrdinal(html, start, "<!--", 0, 4) == 0) return html.IndexOf("-->", start + 4, StringComparison.Ordinal) is >= 0 and var comment ? comment + 3 : -1;
        var i = start + 1;
        if (i < html.Length && html[i] == '/') i++;
        if (i >= html.Length || !char.IsAsciiLetter(html[i])) return i;
        for (var isValue = false; i < html.Length; i++)
        {
            if (html[i] == '>') return i + 1;
            if (isValue && html[i] is '"' or '\'')
            {
                i = html.IndexOf(html[i], i + 1);
                if (i < 0) return -1;
            }

            isValue = html[i] == '=' || (isValue && char.IsWhiteSpace(html[i]));
        }

        return -1;
    }

    private static int Count(string html, string what)
    {
        var count = 0;
        for (var i = html.IndexOf(what, StringComparison.OrdinalIgnoreCase); i >= 0; i = html.IndexOf(what, i + what.Length, StringComparison.OrdinalIgnoreCase)) count++;
        return count;
    }
}

/// <summary>Writes blocks of raw HTML with what they leave open as text.</summary>
internal sealed class ClosedHtmlBlockRenderer : HtmlObjectRenderer<HtmlBlock>
{
    protected override void Write(HtmlRenderer renderer, HtmlBlock block) => renderer.EnsureLine().WriteLine(RawHtml.Closed(block.Lines.ToString()));
}
