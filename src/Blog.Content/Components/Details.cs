namespace Blog.Content.Components;

/// <summary><c>&lt;Details summary="…" open&gt;</c>: text that readers unfold.</summary>
internal sealed class Details : Component
{
    public override string Name => "Details";

    public override IReadOnlyList<string> Synonyms => ["Accordion", "Collapse", "Spoiler"];

    public override IReadOnlyList<string> Attributes => ["summary", "title", "open"];

    public override void Write(ComponentUse use) =>
        use.Html($"<details class=\"details\"{(use.Tag.Has("open") ? " open" : "")}>\n<summary>").Text(use["summary"] ?? use["title"] ?? "Details")
            .Html("</summary>\n<div class=\"details-body\">\n").Children().Html("</div>\n</details>\n");
}
