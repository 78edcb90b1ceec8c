using Blog.Content;
using Blog.Content.Search;
using Microsoft.AspNetCore.Mvc;

namespace Blog.Site.Search;

/// <summary>What the address of a search says; all of it may be missing or nonsense.</summary>
public sealed record SearchForm
{
    /// <summary>The words.</summary>
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    /// <summary>Slug of an author that articles must have.</summary>
    [FromQuery(Name = "author")]
    public string? Author { get; init; }

    /// <summary>Slug of a category that articles must have.</summary>
    [FromQuery(Name = "category")]
    public string? Category { get; init; }

    /// <summary>Slug of a tag that articles must have.</summary>
    [FromQuery(Name = "tag")]
    public string? Tag { get; init; }

    /// <summary>From 1.</summary>
    [FromQuery(Name = "page")]
    public string? Page { get; init; }

    /// <summary>1 to look for the words as they are, even when they look misspelt.</summary>
    [FromQuery(Name = "exact")]
    public string? Exact { get; init; }

    /// <summary>What was chosen beside the field, by name.</summary>
    public IEnumerable<(string Name, string Value)> Chosen => Terms.Select(term => (SearchLink.Name(term.Taxonomy), term.Value));

    private IEnumerable<QueryFilter> Terms => new[] { (Taxonomy.Author, Author), (Taxonomy.Category, Category), (Taxonomy.Tag, Tag) }
        .Select(filter => new QueryFilter(filter.Item1, SearchQuery.Parse(filter.Item2).Text)).Where(filter => filter.Value.Length > 0);

    /// <summary>The query with its filters.</summary>
    public SearchQuery ToQuery()
    {
        var query = SearchQuery.Parse(Q);
        return query with { Filters = [.. query.Filters, .. Terms] };
    }
}
