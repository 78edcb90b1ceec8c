namespace Blog.Content.Components;

/// <summary><c>&lt;Tweet author="…" handle="…" date="…" url="…"&gt;</c>: a short message quoted as text; nothing is fetched from where it was posted.</summary>
internal sealed class Tweet : Component
{
    public override string Name => "Tweet";

    public override IReadOnlyList<string> Synonyms => ["Post", "Toot"];

    public override IReadOnlyList<string> Attributes => ["author", "handle", "date", "url", "id"];

    public override void Write(ComponentUse use)
    {
        var url = use.Href("url") ?? (use["id"] is { } id && id.All(char.IsAsciiDigit) ? $"https://x.com/i/status/{id}" : null);
        if (!use.HasChildren && url is null)
        {
            use.Warn("missing-attribute", "A tweet has neither text nor address.", "Write its text between <Tweet> and </Tweet>.");
            return;
        }

        use.Html("<blockquote class=\"tweet\">\n");
        if (use.HasChildren) use.Children();
        else use.Html("<p><a").Attribute("href", url).Html(">").Text(url!).Html("</a></p>\n");
        if (use["author"] is not null || use["handle"] is not null || (use.HasChildren && url is not null))
        {
            use.Html("<footer class=\"tweet-source\">");
            if (use["author"] is { } author) use.Html("<cite>").Text(author).Html("</cite> ");
            if (use["handle"] is { } handle) use.Html("<span class=\"tweet-handle\">").Text("@" + handle.TrimStart('@')).Html("</span> ");
            if (url is not null && use.HasChildren) use.Html("<a").Attribute("href", url).Html(">").Text(use["date"] ?? "Original").Html("</a>");
            else if (use["date"] is { } date) use.Html("<span>").Text(date).Html("</span>");
            use.Html("</footer>\n");
        }

        use.Html("</blockquote>\n");
    }
}
