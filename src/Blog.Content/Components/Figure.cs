using System.Globalization;

namespace Blog.Content.Components;

/// <summary><c>&lt;Figure src="…" alt="…" caption="…" /&gt;</c>: a picture with a caption, which may also stand between the tags. One that is <c>wide</c> may use the room beside the text.</summary>
internal sealed class Figure : Component
{
    public override string Name => "Figure";

    public override IReadOnlyList<string> Synonyms => ["Image", "Img"];

    public override IReadOnlyList<string> Attributes => ["src", "alt", "caption", "title", "width", "height", "wide", "href"];

    public override void Write(ComponentUse use)
    {
        if (use["src"] is not null && use["alt"] is null && !use.Tag.Has("alt"))
            use.Warn("missing-alt", "The picture has no alternative text.", "Say in alt=\"…\" what it shows; alt=\"\" if it only decorates.");
        if (use["src"] is null && !use.HasChildren) use.Warn("missing-attribute", "A figure has no picture.", "Write <Figure src=\"./picture.png\" alt=\"…\" />.");
        use.Html("<figure class=\"figure\">");
        if (use.Source("src") is { } source)
        {
            var href = use.Href("href");
            if (href is not null) use.Html("<a").Attribute("href", href).Html(">");
            use.Html("<img").Attribute("src", source).Attribute("alt", use["alt"] ?? "").Attribute("width", Pixels(use["width"])).Attribute("height", Pixels(use["height"])).Attribute("class", use.Tag.Has("wide") ? "wide" : null).Html(" loading=\"lazy\" decoding=\"async\">");
            if (href is not null) use.Html("</a>");
            if ((use["caption"] ?? use["title"]) is { } caption) use.Html("<figcaption>").Text(caption).Html("</figcaption>");
            else if (use.HasChildren) use.Html("<figcaption>").InlineChildren().Html("</figcaption>");
        }
        else
        {
            use.Children();
            if ((use["caption"] ?? use["title"]) is { } caption) use.Html("<figcaption>").Text(caption).Html("</figcaption>");
        }

        use.Html("</figure>\n");
    }

    private static string? Pixels(string? value) =>
        int.TryParse(value?.Replace("px", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels is > 0 and < 20000 ? pixels.ToString(CultureInfo.InvariantCulture) : null;
}
