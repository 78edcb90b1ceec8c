namespace Blog.Content.Components;

/// <summary><c>&lt;Link href="…"&gt;</c>: a link, for those who come from JSX; with a <c>variant</c>, a button.</summary>
internal sealed class Link : Component
{
    public override string Name => "Link";

    public override IReadOnlyList<string> Synonyms => ["A", "Anchor", "NextLink"];

    public override ComponentNature Nature => ComponentNature.Inline;

    public override IReadOnlyList<string> Attributes => ["href", "to", "variant", "isExternal", "target", "rel", "title"];

    public override void Write(ComponentUse use)
    {
        var href = use.Href("href") ?? use.Href("to");
        if (href is null) use.Warn("missing-attribute", "A link leads nowhere.", "Write <Link href=\"…\">text</Link>.");
        if (!use.IsInline) use.Html("<p class=\"action\">");
        if (href is not null)
            use.Html("<a").Attribute("class", use["variant"] is null ? null : use["variant"] is "solid" or "primary" ? "button" : "button button-secondary").Attribute("href", href).Attribute("title", use["title"]).Html(">");
        use.InlineChildren();
        if (href is not null) use.Html("</a>");
        if (!use.IsInline) use.Html("</p>\n");
    }
}
