namespace Blog.Content.Components;

/// <summary><c>&lt;Embed type="youtube" url="…" title="…" /&gt;</c>: something from elsewhere. Nothing is requested from there before the reader asks: a card that links to it, and that a script may turn into a player on click.</summary>
internal sealed class Embed : Component
{
    public override string Name => "Embed";

    public override IReadOnlyList<string> Synonyms => ["Video", "Vimeo", "CodePen", "CodeSandbox", "StackBlitz"];

    public override IReadOnlyList<string> Attributes => ["type", "url", "src", "href", "title", "id"];

    public override void Write(ComponentUse use) => WriteCard(use, use["url"] ?? use["src"] ?? use["href"], use["type"]);

    internal static void WriteCard(ComponentUse use, string? url, string? type)
    {
        if (url is null || !LinkTarget.IsSafe(url) || !Uri.TryCreate(url.StartsWith("//", StringComparison.Ordinal) ? "https:" + url : url, UriKind.Absolute, out var whole) || whole.Scheme is not ("http" or "https"))
        {
            use.Warn("missing-attribute", "An embed has no usable address.", "Write <Embed url=\"https://…\" title=\"…\" />.");
            return;
        }

        var provider = EmbedProvider.All.FirstOrDefault(candidate => candidate.PlayerFor(url) is not null);
        if (provider is null && type is not null && EmbedProvider.All.All(known => known.Id != type.ToLowerInvariant()))
            use.Warn("unknown-type", $"“{type}” is not a site that can be embedded; a link is shown.", NearestName.DidYouMean(type, EmbedProvider.All.Select(known => known.Id)));
        var name = provider?.Name ?? whole.Host;
        var title = use["title"] ?? (use.HasChildren ? use.ChildText() : null) ?? name;
        use.Html("<figure class=\"embed\"").Attribute("data-embed", provider?.PlayerFor(url)).Attribute("data-title", title).Html("><a class=\"embed-link\"").Attribute("href", whole.AbsoluteUri).Html("><span class=\"embed-title\">")
            .Text(title).Html("</span> <span class=\"embed-site\">").Text(name == title ? whole.Host : name).Html("</span></a></figure>\n");
    }
}

/// <summary><c>&lt;Youtube id="…" title="…" /&gt;</c>: an <see cref="Embed"/> by a video's id.</summary>
internal sealed class Youtube : Component
{
    public override string Name => "Youtube";

    public override IReadOnlyList<string> Attributes => ["id", "videoId", "url", "title"];

    public override void Write(ComponentUse use)
    {
        var id = use["id"] ?? use["videoId"];
        Embed.WriteCard(use, use["url"] ?? (id is not null && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? "https://www.youtube.com/watch?v=" + id : null), "youtube");
    }
}
