using Blog.Content.Components;
using Blog.Content.Language;
using Blog.Content.Mathematics;
using Markdig.Syntax;

namespace Blog.Content.Markdown;

/// <summary>What is known and gathered while one article is rendered: where its text came from, its links, its problems.</summary>
internal sealed class ArticleScope(string path, ComponentSource source, ComponentList components, ProblemList problems, ContentWords words)
{
    private readonly Dictionary<MarkdownObject, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<ArticleLink> _links = [];
    private ArticleMathematics? _mathematics;

    public ComponentSource Source => source;

    /// <summary>What the site says in the article, in its language.</summary>
    public ContentWords Words => words;

    public ComponentList Components => components;

    public ProblemList Problems => problems;

    public IReadOnlyList<ArticleLink> Links => _links;

    /// <summary>Its formulas.</summary>
    public ArticleMathematics Mathematics => _mathematics ??= new ArticleMathematics(this, source.Text);

    /// <summary>True once something was written that an author's HTML had a hand in, so that the page must be cleaned.</summary>
    public bool HasForeignHtml { get; set; }

    /// <summary>How many components made by templates were written.</summary>
    public int Templates { get; set; }

    public int NumberOf(MarkdownObject node)
    {
        if (!_numbers.TryGetValue(node, out var number)) _numbers[node] = number = _numbers.Count + 1;
        return number;
    }

    public (int Line, int Column) Locate(MarkdownObject node) => source.Locate(node.Span.Start);

    /// <summary>Where a link leads: whole and site-wide addresses as they are, links to content files with the scheme that the catalogue resolves, null for an unsafe one.</summary>
    public string? ResolveLink(string url, int line, int column)
    {
        url = url.Trim();
        if (url.Length == 0) return "";
        if (url is ['(', .. var inner, ')'] && inner.Contains("://", StringComparison.Ordinal) && LinkTarget.IsSafe(inner))
        {
            problems.Warning(line, column, "bad-link", $"The address “{Short(url)}” is in parentheses; it was read without them.", $"Write {Short(inner)}");
            url = inner;
        }

        if (!LinkTarget.IsSafe(url))
        {
            problems.Error(line, column, "unsafe-link", $"A link to “{Short(url)}” could run code; it is left out.", "Link to an https address or a path.");
            return null;
        }

        var (target, fragment, query) = Split(url);
        if (LinkTarget.IsExternal(url) || (target.Length == 0 && fragment.Length == 0)) return url;
        if (target.Length == 0) return Remember(LinkKind.File, path, fragment, url);
        if (target.StartsWith('/')) return Remember(LinkKind.Page, target, fragment, url);
        if (LinkTarget.ResolvePath(target, path) is not { Length: > 0 } resolved)
        {
            problems.Warning(line, column, "link-outside-folder", $"The link “{Short(url)}” leads out of the content folder.", "Link to a file within it, or to a whole address.");
            return Remember(LinkKind.Page, "/", "", "/");
        }

        if (!ContentLayout.IsMarkdown(resolved) && ContentLayout.KindOf(resolved) is ContentKind.Asset or ContentKind.Static)
            return Remember(LinkKind.Asset, resolved, "", AssetAddress(resolved) + query);
        return Remember(LinkKind.File, resolved, fragment, LinkTarget.ContentScheme + string.Join('/', resolved.Split('/').Select(Uri.EscapeDataString)) + (fragment.Length > 0 ? "#" + fragment : ""));

        string Remember(LinkKind kind, string to, string anchor, string result)
        {
            _links.Add(new ArticleLink(kind, kind == LinkKind.Page ? Decode(to) : to, Decode(anchor), line, column));
            return result;
        }
    }

    /// <summary>Where a picture lies: whole and site-wide addresses as they are, others as the address of the file beside the article; null for an unsafe one.</summary>
    public string? ResolveAsset(string url, int line, int column)
    {
        url = url.Trim();
        if (url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("data:image/svg", StringComparison.OrdinalIgnoreCase)) return url;
        if (url.Length == 0 || !LinkTarget.IsSafe(url))
        {
            problems.Error(line, column, "unsafe-link", url.Length == 0 ? "A picture has no address." : $"A picture from “{Short(url)}” is not safe; it is left out.", "Use a file beside the article or an https address.");
            return null;
        }

        if (LinkTarget.IsExternal(url)) return url;
        var (target, _, query) = Split(url);
        if (target.StartsWith('/'))
        {
            _links.Add(new ArticleLink(LinkKind.Page, Decode(target), "", line, column));
            return url;
        }

        if (LinkTarget.ResolvePath(target, path) is not { Length: > 0 } resolved)
        {
            problems.Warning(line, column, "link-outside-folder", $"The picture “{Short(url)}” lies outside of the content folder.", "Copy it beside the article.");
            return null;
        }

        _links.Add(new ArticleLink(LinkKind.Asset, resolved, "", line, column));
        return AssetAddress(resolved) + query;
    }

    /// <summary>Files under <c>static/</c> are served at the root, all others by their path.</summary>
    private static string AssetAddress(string resolved) =>
        resolved.StartsWith("static/", StringComparison.Ordinal) ? string.Join('/', resolved[6..].Split('/').Select(Uri.EscapeDataString)) : Permalinks.ForAsset(resolved);

    private static (string Target, string Fragment, string Query) Split(string url)
    {
        var hash = url.IndexOf('#', StringComparison.Ordinal);
        var fragment = hash < 0 ? "" : url[(hash + 1)..];
        var target = hash < 0 ? url : url[..hash];
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (target, fragment, "") : (target[..mark], fragment, target[mark..]);
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text);

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
