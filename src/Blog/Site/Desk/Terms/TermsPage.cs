using Blog.Catalogue;
using Blog.Content;

namespace Blog.Site.Desk.Terms;

/// <summary>The lists of terms.</summary>
public enum TermList
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Those with a single live article.</summary>
    Thin,

    /// <summary>Those without a live article.</summary>
    Unused,

    /// <summary>Those that nothing describes.</summary>
    Undescribed,

    /// <summary>Pairs that may be two spellings of one.</summary>
    Similar,
}

/// <summary>Which terms are listed, as the query string says.</summary>
public sealed record TermFilter
{
    public Taxonomy Taxonomy { get; init; } = Taxonomy.Tag;

    public TermList List { get; init; }

    /// <summary>Text in the name; null for any.</summary>
    public string? Q { get; init; }

    /// <summary>The address of a page of the list.</summary>
    public string Url(int page) => DeskPager.Address(DeskRoom.Terms.Path,
        ("taxonomy", Taxonomy == Taxonomy.Tag ? null : Taxonomy.ToString().ToLowerInvariant()), ("list", List == TermList.All ? null : List.ToString().ToLowerInvariant()), ("q", Q), ("page", DeskPager.Part(page)));
}

/// <summary>A list of terms, or of pairs of them.</summary>
public sealed record TermsPage(DeskFrame Frame, TermFilter Filter, IReadOnlyList<TermUse> Terms, IReadOnlyList<TermPair> Pairs, DeskPager Pager) : DeskPage(Frame, DeskRoom.Terms)
{
    /// <summary>The page that readers have of a term; null where it has nothing to show.</summary>
    public string? UrlOf(TermUse use) => use.Live > 0 || use.Term.IsDeclared ? Permalinks.Escape(Site.Permalinks.ForTerm(use.Term.Taxonomy, use.Term.Slug)) : null;
}

/// <summary>Two terms that may be one.</summary>
/// <param name="Often">The one that more articles name.</param>
/// <param name="Seldom">The other.</param>
public sealed record TermPair(TermUse Often, TermUse Seldom)
{
    public static TermPair Of(TermUse one, TermUse other) => one.All >= other.All ? new TermPair(one, other) : new TermPair(other, one);
}
