namespace Blog.Content.Components;

/// <summary><c>&lt;Lead&gt;</c>: the opening paragraph, set larger.</summary>
internal sealed class Lead : Component
{
    public override string Name => "Lead";

    public override IReadOnlyList<string> Synonyms => ["Intro"];

    public override IReadOnlyList<string> Attributes => [];

    public override void Write(ComponentUse use) => use.Html("<div class=\"lead\">\n").Children().Html("</div>\n");
}
