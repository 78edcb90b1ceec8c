namespace Blog.Content.Components;

/// <summary><c>&lt;Tabs&gt;</c>: alternatives side by side, each a <c>&lt;Tab label="…"&gt;</c>. Without JavaScript: exclusive <c>details</c>, which a style sheet lays out as tabs.</summary>
internal sealed class Tabs : Component
{
    public override string Name => "Tabs";

    public override IReadOnlyList<string> Synonyms => ["CodeGroup"];

    public override IReadOnlyList<string> Attributes => [];

    public override void Write(ComponentUse use) => use.Html("<div class=\"tabs\">\n").Children().Html("</div>\n");
}

/// <summary><c>&lt;Tab label="…"&gt;</c>: one of the alternatives.</summary>
internal sealed class Tab : Component
{
    public override string Name => "Tab";

    public override IReadOnlyList<string> Synonyms => ["TabItem"];

    public override IReadOnlyList<string> Attributes => ["label", "title", "value"];

    public override void Write(ComponentUse use)
    {
        if ((use["label"] ?? use["title"] ?? use["value"]) is not { } label)
        {
            use.Warn("missing-attribute", "A tab has no label.", "Write <Tab label=\"…\">.");
            label = "Tab";
        }

        use.Html($"<details class=\"tab\" name=\"tabs-{use.ParentNumber}\"{(use.IsFirst ? " open" : "")}>\n<summary>").Text(label)
            .Html("</summary>\n<div class=\"tab-body\">\n").Children().Html("</div>\n</details>\n");
    }
}
