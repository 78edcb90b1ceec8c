namespace Blog.Content.Components;

/// <summary><c>&lt;Button href="…" variant="primary"&gt;</c>: a link that looks like a button.</summary>
internal sealed class Button : Component
{
    public override string Name => "Button";

    public override ComponentNature Nature => ComponentNature.Inline;

    public override IReadOnlyList<string> Attributes => ["href", "url", "to", "variant", "isExternal"];

    public override void Write(ComponentUse use)
    {
        var href = use.Href("href") ?? use.Href("url") ?? use.Href("to");
        if (href is null) use.Warn("missing-attribute", "A button leads nowhere.", "Write <Button href=\"/where\">Text</Button>.");
        if (!use.IsInline) use.Html("<p class=\"action\">");
        var kind = use["variant"] is "secondary" or "outline" or "ghost" ? "button button-secondary" : "button";
        use.Html($"<{(href is null ? "span" : "a")} class=\"{kind}\"").Attribute("href", href).Html(">").InlineChildren().Html(href is null ? "</span>" : "</a>");
        if (!use.IsInline) use.Html("</p>\n");
    }
}
