namespace Blog.Content;

/// <summary>A content file read whole: what the catalogue needs to know of it.</summary>
public sealed record ArticleDocument
{
    /// <summary>Relative to the content folder.</summary>
    public required string Path { get; init; }

    public required ContentKind Kind { get; init; }

    /// <summary>Slug of the top folder; <c>pages</c> for a page.</summary>
    public required string Section { get; init; }

    /// <summary>The name in the address, from front matter or file; never empty.</summary>
    public required string Slug { get; init; }

    /// <summary>From front matter, the first heading, or the file name; never empty.</summary>
    public required string Title { get; init; }

    /// <summary>From front matter, or the first sentences of the text; empty for an article without text.</summary>
    public required string Description { get; init; }

    public required ArticleMetadata Metadata { get; init; }

    /// <summary>The address of the cover image; null without one.</summary>
    public string? CoverImage { get; init; }

    /// <summary>The body. Links to other content files still have the scheme <see cref="LinkTarget.ContentScheme"/>.</summary>
    public required string Html { get; init; }

    public IReadOnlyList<OutlineEntry> Outline { get; init; } = [];

    /// <summary>The ids in the body that links may point to.</summary>
    public IReadOnlyList<string> Anchors { get; init; } = [];

    /// <summary>The body without markup.</summary>
    public string Text { get; init; } = "";

    public int WordCount { get; init; }

    /// <summary>Whole minutes, at least one.</summary>
    public int ReadingMinutes { get; init; } = 1;

    /// <summary>Links and images that should exist on this site.</summary>
    public IReadOnlyList<ArticleLink> Links { get; init; } = [];

    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>False for a file that belongs to the repository or holds no text: only its problems count.</summary>
    public bool IsArticle { get; init; } = true;

    /// <summary>True when the file can't be read as the article that it is meant to be: if there was a good version of it, readers are better served by that.</summary>
    public bool IsBroken => !IsArticle || Problems.Any(problem => problem.Code is "unclosed-front-matter" or "internal-error");
}

/// <summary>A heading of an article.</summary>
/// <param name="Level">2 for the article's main headings.</param>
/// <param name="Id">Its anchor.</param>
/// <param name="Text">Without markup.</param>
public sealed record OutlineEntry(int Level, string Id, string Text);

/// <summary>What a link within the site points to.</summary>
public enum LinkKind
{
    /// <summary>Another content file, by path.</summary>
    File,

    /// <summary>A page of the site, by address.</summary>
    Page,

    /// <summary>A picture or other file beside the article, by path.</summary>
    Asset,
}

/// <summary>A link or image in an article that leads to something on this site.</summary>
/// <param name="Kind">What <paramref name="Target"/> is.</param>
/// <param name="Target">A content path or an address without its fragment.</param>
/// <param name="Fragment">The anchor without #; empty without one.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
public sealed record ArticleLink(LinkKind Kind, string Target, string Fragment, int Line, int Column);
