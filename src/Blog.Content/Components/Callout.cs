namespace Blog.Content.Components;

/// <summary><c>&lt;Callout type="tip" title="…" linkText="…" linkHref="…"&gt;</c>: a box that stands out from the text.</summary>
internal sealed class Callout : Component
{
    internal static readonly IReadOnlyList<string> Types = ["note", "tip", "info", "success", "important", "warning", "caution", "danger"];

    public override string Name => "Callout";

    public override IReadOnlyList<string> Synonyms => ["Admonition", "Alert", "Note"];

    public override IReadOnlyList<string> Attributes => ["type", "title", "linkText", "linkHref"];

    public override void Write(ComponentUse use)
    {
        var type = TypeOf(use);
        use.Html($"<aside class=\"callout callout-{type}\"").Attribute("aria-label", use["title"] ?? use.Words[$"Callout.{type}"]).Html(">\n");
        if (use["title"] is { } title) use.Html("<p class=\"callout-title\">").Text(title).Html("</p>\n");
        use.Children();
        if (use.Href("linkHref") is { } href)
            use.Html("<p class=\"callout-link\"><a").Attribute("href", href).Html(">").Text(use["linkText"] ?? use["linkHref"]!).Html("</a></p>\n");
        use.Html("</aside>\n");
    }

    private static string TypeOf(ComponentUse use)
    {
        var asked = use["type"]?.ToLowerInvariant() ?? "note";
        var type = asked switch { "error" => "danger", "warn" => "warning", "hint" => "tip", _ => asked };
        if (Types.Contains(type)) return type;
        use.Warn("unknown-type", $"A callout has no type “{asked}”; it is shown as a note.", NearestName.DidYouMean(asked, Types, "The types are " + string.Join(", ", Types) + "."));
        return "note";
    }
}
