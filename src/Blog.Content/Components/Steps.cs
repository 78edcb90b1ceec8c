namespace Blog.Content.Components;

/// <summary><c>&lt;Steps&gt;</c>: numbered steps, each a <c>&lt;Step title="…"&gt;</c>, or an ordered list as it is.</summary>
internal sealed class Steps : Component
{
    public override string Name => "Steps";

    public override IReadOnlyList<string> Attributes => [];

    public override void Write(ComponentUse use)
    {
        var isList = use.ChildTags("Step").Count > 0;
        use.Html(isList ? "<ol class=\"steps\">\n" : "<div class=\"steps\">\n").Children().Html(isList ? "</ol>\n" : "</div>\n");
    }
}

/// <summary><c>&lt;Step title="…"&gt;</c>: one of the steps.</summary>
internal sealed class Step : Component
{
    public override string Name => "Step";

    public override IReadOnlyList<string> Attributes => ["title"];

    public override void Write(ComponentUse use)
    {
        var isItem = use.ParentName == "Steps";
        use.Html(isItem ? "<li class=\"step\">\n" : "<div class=\"step\">\n");
        if (use["title"] is { } title) use.Html("<p class=\"step-title\">").Text(title).Html("</p>\n");
        use.Children().Html(isItem ? "</li>\n" : "</div>\n");
    }
}
