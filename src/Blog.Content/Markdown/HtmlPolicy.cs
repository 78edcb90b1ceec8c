using System.Text.RegularExpressions;
using Ganss.Xss;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Blog.Content.Markdown;

/// <summary>What raw HTML in an article may say: text, structure and pictures; nothing that runs, loads or submits.</summary>
internal static partial class HtmlPolicy
{
    private static readonly HashSet<string> Tags = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "data", "dd", "del", "details", "dfn", "div", "dl", "dt",
        "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "input", "ins", "kbd", "li", "main", "mark", "menu", "meter", "nav", "ol", "p", "picture", "pre", "progress", "q", "rp",
        "rt", "ruby", "s", "samp", "section", "small", "source", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "video",
        "audio", "track", "wbr", "font",
    };

    private static readonly HashSet<string> Attributes = new(StringComparer.OrdinalIgnoreCase)
    {
        "abbr", "alt", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby", "cite", "class", "colspan", "controls", "data-embed", "data-title", "data-language", "data-line", "datetime", "decoding", "dir", "disabled",
        "checked", "headers", "height", "href", "hreflang", "id", "kind", "label", "lang", "loading", "loop", "max", "media", "min", "muted", "name", "open", "poster", "preload", "rel", "reversed", "role", "rowspan", "scope", "sizes",
        "span", "src", "srcset", "srclang", "start", "tabindex", "title", "translate", "type", "value", "width", "align",
    };

    // Elements that HTML has or had, and that articles may not use.
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "applet", "area", "base", "basefont", "bgsound", "big", "blink", "body", "button", "canvas", "datalist", "dialog", "dir", "embed", "fieldset", "form", "frame", "frameset", "head", "hgroup", "html", "iframe",
        "isindex", "keygen", "label", "legend", "link", "map", "marquee", "math", "menuitem", "meta", "nobr", "noembed", "noframes", "noscript", "object", "optgroup", "option", "output", "param", "plaintext",
        "portal", "script", "search", "select", "slot", "style", "svg", "template", "textarea", "title", "xmp",
    };

    [ThreadStatic]
    private static HtmlSanitizer? _sanitizer;

    [ThreadStatic]
    private static ArticleScope? _scope;

    /// <summary>True for the name of an element of HTML, allowed or not.</summary>
    public static bool IsHtml(string name) => Tags.Contains(name) || Refused.Contains(name);

    /// <summary>True for an element in capitals, as in <c>&lt;BR&gt;</c>.</summary>
    public static bool IsOldHtml(string name) => !name.Any(char.IsAsciiLetterLower) && IsHtml(name);

    /// <summary>The HTML with everything taken out that the allow-list lacks, and relative addresses resolved.</summary>
    public static string Clean(string html, ArticleScope scope)
    {
        _sanitizer ??= Create();
        _scope = scope;
        return _sanitizer.Sanitize(html);
    }

    /// <summary>Reports each piece of raw HTML that <see cref="Clean"/> takes something out of.</summary>
    public static bool Report(MarkdownDocument document, ArticleScope scope)
    {
        var found = false;
        foreach (var node in document.Descendants())
        {
            var html = node switch { HtmlBlock block => block.Lines.ToString(), HtmlInline inline => inline.Tag, _ => null };
            if (html is null) continue;
            found = true;
            var (row, rowStart) = (0, 0);
            foreach (Match match in TagName().Matches(html))
            {
                if (!match.Groups["name"].Success) continue;
                var place = node.Span.Start;
                if (node is HtmlBlock { Lines: var lines })
                {
                    for (; row < lines.Count - 1 && match.Index > rowStart + lines.Lines[row].Slice.Length; row++) rowStart += lines.Lines[row].Slice.Length + 1;
                    place = lines.Lines[row].Position + match.Index - rowStart;
                }

                var (line, column) = scope.Source.Locate(place);
                var name = match.Groups["name"].Value;
                if (!Tags.Contains(name))
                    scope.Problems.Warning(line, column, "html-removed", $"<{name}> is not allowed in articles; it is left out.", "Use Markdown or a component; or set html: trusted in site.yml if every author may be trusted.");
                else if (Handler().Match(match.Value) is { Success: true } handler)
                    scope.Problems.Warning(line, column, "html-removed", $"The attribute “{handler.Groups["name"].Value}” is not allowed in articles; it is left out.", "Use a class and the site's style sheet.");
                else if (ScriptUrl().IsMatch(match.Value))
                    scope.Problems.Error(line, column, "unsafe-link", $"An address in <{name}> could run code; it is left out.", "Use an https address or a path.");
            }
        }

        return found;
    }

    private static HtmlSanitizer Create()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = Tags,
            AllowedAttributes = Attributes,
            AllowedCssProperties = new HashSet<string>(),
            AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto", "tel", "content", "xmpp", "ftp", "data" },
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "src", "poster", "cite", "data-embed" },
        })
        {
            KeepChildNodes = false,
        };
        sanitizer.FilterUrl += (_, e) =>
        {
            if (e.SanitizedUrl is null) return;
            if (!LinkTarget.IsSafe(e.OriginalUrl) && !e.OriginalUrl.StartsWith(LinkTarget.ContentScheme, StringComparison.Ordinal)
                && !(e.Tag.LocalName == "img" && e.OriginalUrl.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) && !e.OriginalUrl.StartsWith("data:image/svg", StringComparison.OrdinalIgnoreCase)))
                e.SanitizedUrl = null;
            else if (_scope is { } scope && !LinkTarget.IsExternal(e.OriginalUrl) && e.OriginalUrl.Length > 0 && e.OriginalUrl[0] is not ('/' or '#'))
                e.SanitizedUrl = e.Tag.LocalName == "a" ? scope.ResolveLink(e.OriginalUrl, 1, 1) : scope.ResolveAsset(e.OriginalUrl, 1, 1);
        };
        sanitizer.RemovingTag += (_, e) =>
        {
            // What can't be shown may still hold text; only what is code or a form's inside vanishes whole.
            if (e.Tag.LocalName is "script" or "style" or "iframe" or "object" or "embed" or "noscript" or "template" or "svg" or "math" or "title" or "textarea" or "select" or "xmp" or "plaintext" or "noembed" or "noframes") return;
            e.Cancel = false;
            if (e.Tag.Parent is not { } parent) return;
            while (e.Tag.FirstChild is { } child) parent.InsertBefore(child, e.Tag);
        };
        return sanitizer;
    }

    [GeneratedRegex(@"<!--(?:(?!-->)[\s\S])*|<(?<name>[A-Za-z][A-Za-z0-9-]*)(?:""[^""]*""|'[^']*'|[^'"">])*>?", RegexOptions.CultureInvariant)]
    private static partial Regex TagName();

    [GeneratedRegex(@"\s(?<name>on[a-z]+|style|srcdoc|action|formaction)\s*=", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex(@"(javascript|vbscript|data\s*:\s*text)\s*:", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ScriptUrl();
}
