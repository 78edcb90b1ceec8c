using Blog.Content;

namespace Blog.Catalogue;

/// <summary>An article as a list shows it.</summary>
public sealed record ArticleCard
{
    /// <summary>Its content path.</summary>
    public required string Path { get; init; }

    /// <summary>Escaped address on this site.</summary>
    public required string Url { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public ArticleKind Kind { get; init; }

    /// <summary>Null for an article without a date.</summary>
    public DateTimeOffset? Published { get; init; }

    public DateTimeOffset? Modified { get; init; }

    public int ReadingMinutes { get; init; }

    /// <summary>Null without a cover.</summary>
    public string? CoverImage { get; init; }

    public string? CoverAlt { get; init; }

    /// <summary>BCP 47 tag where it is not the site's; else null.</summary>
    public string? Language { get; init; }

    public required IReadOnlyList<TermLink> Authors { get; init; }

    public required IReadOnlyList<TermLink> Categories { get; init; }

    /// <summary>The card of a row.</summary>
    public static ArticleCard From(Article article, IEnumerable<TermLink> terms, SiteState site)
    {
        var all = terms.ToList();
        return new ArticleCard
        {
            Path = article.Path,
            Url = Permalinks.Escape(article.Permalink),
            Title = article.Title,
            Description = article.Description,
            Kind = article.Kind,
            Published = article.Published,
            Modified = article.Modified,
            ReadingMinutes = article.ReadingMinutes,
            CoverImage = article.CoverImage,
            CoverAlt = article.CoverAlt,
            Language = article.Language == site.Settings.Language ? null : article.Language,
            Authors = all.Where(term => term.Taxonomy == Taxonomy.Author).ToList(),
            Categories = all.Where(term => term.Taxonomy == Taxonomy.Category).ToList(),
        };
    }
}

/// <summary>A term as pages link to it.</summary>
/// <param name="Taxonomy">What it is.</param>
/// <param name="Name">Shown to readers.</param>
/// <param name="Url">Escaped address of its page.</param>
/// <param name="Avatar">An author's picture; null without one.</param>
/// <param name="Role">An author's role; null without one.</param>
public sealed record TermLink(Taxonomy Taxonomy, string Name, string Url, string? Avatar, string? Role)
{
    /// <summary>What spellings of the term share.</summary>
    public string Key { get; init; } = "";

    /// <summary>The <see cref="SurrogateKeys"/> of pages that name it.</summary>
    public string SurrogateKey { get; private init; } = "";

    public static TermLink From(Term term, SiteState site) =>
        new(term.Taxonomy, term.Name, Permalinks.Escape(site.Permalinks.ForTerm(term.Taxonomy, term.Slug)), term.Avatar, term.Role) { Key = term.Key, SurrogateKey = SurrogateKeys.Term(term.Taxonomy, term.Key) };
}

/// <summary>A term with the number of published articles that name it.</summary>
/// <param name="Term">The term.</param>
/// <param name="Description">Its bio or description; null without one.</param>
/// <param name="Count">Zero for a described author without articles.</param>
public sealed record TermCount(TermLink Term, string? Description, int Count)
{
    /// <summary>What spellings of the term share.</summary>
    public string Key { get; init; } = "";
}
