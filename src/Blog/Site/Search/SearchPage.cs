using Blog.Catalogue;
using Blog.Catalogue.Search;
using Blog.Content;
using Blog.Site.Shared;

namespace Blog.Site.Search;

/// <summary>An article as the search page shows it.</summary>
public sealed record ResultView(SearchResult Result, Page Page);

/// <summary>Where else to look than in what was found.</summary>
public abstract record PageWithTopics(SiteState Site, PageHead Head) : Page(Site, Head)
{
    /// <summary>Where to look instead; empty beside results.</summary>
    public IReadOnlyList<TermCount> Topics { get; init; } = [];

    /// <summary>What to read instead; empty beside results.</summary>
    public IReadOnlyList<ArticleCard> Latest { get; init; } = [];
}

/// <summary>What an exported site has in the place of the search page.</summary>
public sealed record AbsentSearchPage(SiteState Site, PageHead Head) : PageWithTopics(Site, Head);

/// <summary>The search page.</summary>
/// <param name="Form">What was asked.</param>
/// <param name="Results">What was found; nothing before anything was asked.</param>
/// <param name="Link">Its address.</param>
/// <param name="Number">This page, from 1.</param>
/// <param name="Pages">All pages; 0 without results.</param>
public sealed record SearchPage(SiteState Site, PageHead Head, SearchForm Form, SearchResults Results, SearchLink Link, int Number, int Pages) : PageWithTopics(Site, Head)
{
    /// <summary>The first result's number, from 1.</summary>
    public int First => ((Number - 1) * SearchController.PerPage) + 1;

    /// <summary>True once something was asked.</summary>
    public bool IsAsked => Results.Query.Text.Length > 0 || Results.Filters.Count > 0 || Results.Unknown.Count > 0;

    /// <summary>The terms to narrow by, by taxonomy; without taxonomies that offer no choice.</summary>
    public IEnumerable<IGrouping<Taxonomy, SearchFacet>> Facets => Results.Facets.Where(facet => facet.Count < Results.Listed).GroupBy(facet => facet.Term.Taxonomy);
}
