using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Language;
using Blog.Site.Shared;

namespace Blog.Site.Terms;

/// <summary>The page of an author, category or tag.</summary>
/// <param name="Near">What its newest articles are also about, the most frequent first; empty on further pages.</param>
public sealed record TermPage(SiteState Site, PageHead Head, Term Term, IReadOnlyList<SiteLink> Links, IReadOnlyList<ArticleCard> Articles, Pager Pager, IReadOnlyList<TermLink> Near) : Page(Site, Head)
{
    public override IEnumerable<string?> PictureAddresses => Articles.Select(card => card.CoverImage).Append(Term.Avatar);
}

/// <summary>The index of a taxonomy.</summary>
public sealed record TaxonomyPage(SiteState Site, PageHead Head, Taxonomy Taxonomy, IReadOnlyList<TermCount> Terms) : Page(Site, Head)
{
    public override IEnumerable<string?> PictureAddresses => Terms.Select(term => term.Term.Avatar);
}

/// <summary>The words for taxonomies.</summary>
public static class TermNames
{
    public static string Plural(Taxonomy taxonomy, Words words) => words[taxonomy switch { Taxonomy.Author => "Authors", Taxonomy.Category => "Categories", _ => "Tags" }];

    public static string Singular(Taxonomy taxonomy, Words words) => words[taxonomy switch { Taxonomy.Author => "Author", Taxonomy.Category => "Category", _ => "Tag" }];

    /// <summary>A sentence for a term that has no description.</summary>
    public static string Describe(Term term, SiteState site, Words words) => words.Format(term.Taxonomy == Taxonomy.Author ? "ArticlesBy" : "ArticlesOn", term.Name, site.Settings.Title);
}
