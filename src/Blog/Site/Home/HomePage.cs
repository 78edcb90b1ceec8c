using Blog.Catalogue;
using Blog.Site.Shared;

namespace Blog.Site.Home;

/// <summary>The home page, or a further page of its list.</summary>
public sealed record HomePage(SiteState Site, PageHead Head, IReadOnlyList<ArticleCard> Articles, Pager Pager, IReadOnlyList<TermCount> Categories) : Page(Site, Head)
{
    public override IEnumerable<string?> PictureAddresses => Articles.Concat(Strips.SelectMany(strip => strip.Articles)).Select(card => card.CoverImage).Concat(Authors.Select(author => author.Term.Avatar));

    /// <summary>The newest of the biggest categories that the list above doesn't show; empty on further pages and small sites.</summary>
    public IReadOnlyList<CategoryStrip> Strips { get; init; } = [];

    /// <summary>Those who write most; empty on further pages.</summary>
    public IReadOnlyList<TermCount> Authors { get; init; } = [];

    /// <summary>The story that leads the first page; null on others and on an empty site.</summary>
    public ArticleCard? Lead => Pager.Number == 1 ? Articles.FirstOrDefault() : null;

    /// <summary>All others.</summary>
    public IEnumerable<ArticleCard> Others => Lead is null ? Articles : Articles.Skip(1);
}

/// <summary>A category and its newest articles.</summary>
public sealed record CategoryStrip(TermLink Category, IReadOnlyList<ArticleCard> Articles);
