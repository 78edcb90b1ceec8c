namespace Blog.Content;

/// <summary>What an article says about itself, in our words, whatever words its author used.</summary>
public sealed record ArticleMetadata
{
    /// <summary>The longest title, in characters; a longer one is cut.</summary>
    public const int MaxTitle = 300;

    /// <summary>The title; null when the front matter has none.</summary>
    public string? Title { get; init; }

    /// <summary>One or two sentences; null when missing.</summary>
    public string? Description { get; init; }

    /// <summary>The name in the address, already in slug form; null when missing or unusable.</summary>
    public string? Slug { get; init; }

    /// <summary>UTC; null when missing or impossible.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>UTC; null when missing or impossible.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>UTC; from then on the article is not shown. Null when it never expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public IReadOnlyList<TermReference> Authors { get; init; } = [];

    public IReadOnlyList<TermReference> Categories { get; init; } = [];

    public IReadOnlyList<TermReference> Tags { get; init; } = [];

    /// <summary>As written: a path from the article's folder, from the content or static folder, or an address. Null when missing or empty.</summary>
    public Place<string>? CoverImage { get; init; }

    /// <summary>What the cover shows; null when not said.</summary>
    public string? CoverAlt { get; init; }

    public bool IsDraft { get; init; }

    public string? Series { get; init; }

    /// <summary>Place in the series from 1; null when not said.</summary>
    public int? SeriesOrder { get; init; }

    /// <summary>Further addresses, each starting with a slash.</summary>
    public IReadOnlyList<Place<string>> Aliases { get; init; } = [];

    /// <summary>An absolute http(s) address; null when missing or unusable.</summary>
    public string? CanonicalUrl { get; init; }

    /// <summary>BCP 47 tag; null for the site's language.</summary>
    public string? Language { get; init; }

    /// <summary>Whether to show a table of contents; null leaves it to the page.</summary>
    public bool? Toc { get; init; }

    public bool NoIndex { get; init; }

    /// <summary>The whole address on this site, starting with a slash; null to use the section's pattern.</summary>
    public string? Permalink { get; init; }

    /// <summary>The lessons of a course in order; empty for everything else.</summary>
    public IReadOnlyList<LessonReference> Lessons { get; init; } = [];

    /// <summary>The id by which the article is known again when its file and address have changed; null when missing.</summary>
    public string? Uid { get; init; }

    /// <summary>A YouTube id; null when missing.</summary>
    public string? VideoId { get; init; }
}

/// <summary>A value with its place in the file.</summary>
/// <param name="Value">What is written there.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
public readonly record struct Place<T>(T Value, int Line, int Column);

/// <summary>An author, category or tag as an article names it.</summary>
/// <param name="Label">As written.</param>
/// <param name="Key">Folded by <see cref="Slug.Fold"/>; what makes spellings equal.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
public sealed record TermReference(string Label, string Key, int Line, int Column);

/// <summary>A lesson as a course lists it.</summary>
/// <param name="Source">The file's name without extension.</param>
/// <param name="Module">Title of the module that it stands under; null without modules.</param>
/// <param name="Line">1-based.</param>
public sealed record LessonReference(string Source, string? Module, int Line);
