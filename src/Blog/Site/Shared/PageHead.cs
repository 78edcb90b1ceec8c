using Blog.Content;

namespace Blog.Site.Shared;

/// <summary>Everything in <c>&lt;head&gt;</c>, and what the whole page takes from it.</summary>
public sealed record PageHead
{
    /// <summary>The page's own title; null for the home page, which has the site's.</summary>
    public string? Title { get; init; }

    public string? Description { get; init; }

    /// <summary>The whole address under which the page should be known; null for pages that should not be.</summary>
    public string? Canonical { get; init; }

    /// <summary>BCP 47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>For Open Graph: <c>website</c>, <c>article</c> or <c>profile</c>.</summary>
    public string Type { get; init; } = "website";

    /// <summary>Whole address of a picture for link previews; null without one.</summary>
    public string? Image { get; init; }

    /// <summary>Width and height of <see cref="Image"/> in pixels; null where they are not known.</summary>
    public (int Width, int Height)? ImageSize { get; init; }

    public string? ImageAlt { get; init; }

    public DateTimeOffset? Published { get; init; }

    public DateTimeOffset? Modified { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What the page says of itself to machines, as schema.org names it, in JSON-LD; null for nothing.</summary>
    public StructuredData? StructuredData { get; init; }

    public bool NoIndex { get; init; }

    /// <summary>True for what only those with a link may see: nothing on the page tells others of it.</summary>
    public bool IsPreview { get; init; }

    /// <summary>The list whose feeds belong to the page: its title and address.</summary>
    public (string Title, string List)? Feed { get; init; }

    /// <summary>Address of the previous page of a list; null on the first.</summary>
    public string? Previous { get; init; }

    /// <summary>Address of the next page of a list; null on the last.</summary>
    public string? Next { get; init; }

    /// <summary><c>ltr</c> or <c>rtl</c>.</summary>
    public string Direction => LanguageTag.Direction(Language);
}
