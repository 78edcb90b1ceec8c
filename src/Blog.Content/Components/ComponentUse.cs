using Blog.Content.Markdown;
using Markdig.Renderers;
using Markdig.Syntax;

namespace Blog.Content.Components;

/// <summary>One use of a component: its attributes, its children, and the HTML that is being written.</summary>
public sealed class ComponentUse
{
    private readonly HtmlRenderer _renderer;
    private readonly ArticleScope _scope;
    private readonly MarkdownObject _node;

    internal ComponentUse(ComponentTag tag, MarkdownObject node, HtmlRenderer renderer, ArticleScope scope, bool isInline)
    {
        (Tag, _node, _renderer, _scope, IsInline) = (tag, node, renderer, scope, isInline);
    }

    /// <summary>The tag as written.</summary>
    public ComponentTag Tag { get; }

    /// <summary>What the site says in the article, in its language.</summary>
    internal Language.ContentWords Words => _scope.Words;

    /// <summary>True within a paragraph, where only phrasing content may be written.</summary>
    public bool IsInline { get; }

    /// <summary>True when there is something between the tags.</summary>
    public bool HasChildren => _node is ComponentBlock { Count: > 0 } or ComponentInline { FirstChild: not null };

    /// <summary>True when both tags stand on one line; what is between them then needs no paragraph, as in MDX.</summary>
    public bool IsOnOneLine => Tag.Partner >= 0 && _scope.Source.Tags[Tag.Partner].Line == Tag.Line;

    /// <summary>A number that is different for each use in the article, for ids and group names.</summary>
    public int Number => _scope.NumberOf(_node);

    /// <summary>How many templates the article has used, with this one.</summary>
    internal int CountTemplate() => ++_scope.Templates;

    /// <summary>The attribute's text, or null; see <see cref="ComponentTag.this[string]"/>.</summary>
    public string? this[string attribute] => Tag[attribute];

    /// <summary>Writes HTML that the component itself made.</summary>
    public ComponentUse Html(string html)
    {
        _renderer.Write(html);
        return this;
    }

    /// <summary>Writes text, escaped.</summary>
    public ComponentUse Text(string text)
    {
        _renderer.WriteEscape(text);
        return this;
    }

    /// <summary>Writes <c> name="value"</c>, escaped; nothing for a null value.</summary>
    public ComponentUse Attribute(string name, string? value)
    {
        if (value is null) return this;
        _renderer.Write(' ').Write(name).Write("=\"").Write(System.Net.WebUtility.HtmlEncode(value)).Write('"');
        return this;
    }

    /// <summary>Writes what stands between the tags, as blocks or, within a paragraph, as inlines.</summary>
    public ComponentUse Children()
    {
        if (_node is ComponentBlock block) _renderer.WriteChildren(block);
        else if (_node is ComponentInline inline) _renderer.WriteChildren(inline);
        return this;
    }

    /// <summary>Writes what stands between the tags as inlines only: a single paragraph loses its element. Other blocks are written as their text.</summary>
    public ComponentUse InlineChildren()
    {
        if (_node is not ComponentBlock block) return Children();
        for (var i = 0; i < block.Count; i++)
        {
            if (i > 0) _renderer.Write(" ");
            if (block[i] is LeafBlock { Inline: { } inline } and (ParagraphBlock or HeadingBlock)) _renderer.WriteChildren(inline);
            else _renderer.WriteEscape(PlainText.Of(block[i]));
        }

        return this;
    }

    /// <summary>The text of what stands between the tags, without markup.</summary>
    public string ChildText() => PlainText.Of(_node).Trim();

    /// <summary>What stands between the tags, rendered; a paragraph on one line with them loses its element.</summary>
    public string ChildHtml()
    {
        using var text = new StringWriter();
        var outer = _renderer.Writer;
        _renderer.Writer = text;
        if (IsOnOneLine && _node is ComponentBlock { Count: 1 } block && block[0] is ParagraphBlock) InlineChildren();
        else Children();
        _renderer.Writer = outer;
        return text.ToString().Trim();
    }

    /// <summary>The component blocks directly between the tags that have that name.</summary>
    public IReadOnlyList<ComponentTag> ChildTags(string name) =>
        _node is ComponentBlock block ? block.OfType<ComponentBlock>().Where(child => child.Tag.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(child => child.Tag).ToList() : [];

    /// <summary>The nearest enclosing component's name; null outside of any.</summary>
    public string? ParentName => (_node as Block)?.Parent is ComponentBlock parent ? parent.Tag.Name : null;

    /// <summary>The number of the nearest enclosing component, for grouping siblings.</summary>
    public int ParentNumber => (_node as Block)?.Parent is { } parent ? _scope.NumberOf(parent) : 0;

    /// <summary>True when no sibling of the same name stands before this one.</summary>
    public bool IsFirst => (_node as Block)?.Parent is not { } parent || parent.OfType<ComponentBlock>().First(child => child.Tag.Name == Tag.Name) == _node;

    /// <summary>The attribute as the address of a link, resolved from the article's file; null when missing or unsafe, the latter reported.</summary>
    public string? Href(string attribute) => this[attribute] is { } url ? _scope.ResolveLink(url, Tag.Line, Tag.Column) : null;

    /// <summary>The attribute as the address of a picture or other file, resolved from the article's file; null when missing or unsafe.</summary>
    public string? Source(string attribute) => this[attribute] is { } url ? _scope.ResolveAsset(url, Tag.Line, Tag.Column) : null;

    /// <summary>Reports a mistake in this use.</summary>
    public void Warn(string code, string message, string? suggestion = null) => _scope.Problems.Warning(Tag.Line, Tag.Column, code, message, suggestion);
}
