using Blog.Content.Search;

namespace Blog.Catalogue.Search;

/// <summary>What was found.</summary>
public sealed record SearchResults
{
    /// <summary>As asked.</summary>
    public required SearchQuery Query { get; init; }

    /// <summary>The terms by which the results are narrowed.</summary>
    public IReadOnlyList<Term> Filters { get; init; } = [];

    /// <summary>Filters that no term fits.</summary>
    public IReadOnlyList<QueryFilter> Unknown { get; init; } = [];

    /// <summary>The words that were looked for instead, since no article has those that were asked for; else null.</summary>
    public string? Corrected { get; init; }

    /// <summary>Words that may have been meant; else null.</summary>
    public string? Suggested { get; init; }

    /// <summary>True when no article has all the words, and these have some.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The articles of this page, best first.</summary>
    public IReadOnlyList<SearchResult> Articles { get; init; } = [];

    /// <summary>How many were found; no more than <see cref="SearchReader.MaxRanked"/> + 1 are counted.</summary>
    public int Total { get; init; }

    /// <summary>How many of them can be paged through.</summary>
    public int Listed { get; init; }

    /// <summary>The terms that most of those name that can be paged through.</summary>
    public IReadOnlyList<SearchFacet> Facets { get; init; } = [];

    /// <summary>True when older articles may have the words in a row, too: not all are looked into.</summary>
    public bool IsAtLeast { get; init; }

    /// <summary>True when there are more than were counted.</summary>
    public bool IsMore => Total > SearchReader.MaxRanked;
}

/// <summary>A term by which results can be narrowed.</summary>
/// <param name="Term">The term.</param>
/// <param name="Count">How many of the listed results name it.</param>
public sealed record SearchFacet(Term Term, int Count);

/// <summary>An article that was found, with the place that answers.</summary>
/// <param name="Card">The article.</param>
/// <param name="Title">Its title with what was found marked.</param>
/// <param name="Snippet">The place; its beginning, or description, when only title or terms answer.</param>
public sealed record SearchResult(ArticleCard Card, IReadOnlyList<SnippetPart> Title, Snippet Snippet)
{
    /// <summary>The escaped address of the place.</summary>
    public string Url => Snippet.Anchor.Length > 0 ? $"{Card.Url}#{Uri.EscapeDataString(Snippet.Anchor)}" : Card.Url;
}

/// <summary>What is asked.</summary>
/// <param name="Query">The words and what narrows them.</param>
/// <param name="Page">From 1.</param>
/// <param name="PerPage">Articles on a page.</param>
public sealed record SearchRequest(SearchQuery Query, int Page, int PerPage)
{
    /// <summary>True to look for the words just as they are.</summary>
    public bool IsExact { get; init; }
}
