using Blog.Catalogue;
using Blog.Site.Shared;

namespace Blog.Site.Home;

/// <summary>The home page, or a further page of its list.</summary>
public sealed record HomePage(SiteState Site, PageHead Head, IReadOnlyList<ArticleCard> Articles, Pager Pager, IReadOnlyList<TermCount> Categories) : Page(Site, Head)
{
    public override IEnumerable<string?> PictureAddresses => Articles.Select(card => card.CoverImage);

    /// <summary>The story that leads the first page; null on others and on an empty site.</summary>
    public ArticleCard? Lead => Pager.Number == 1 ? Articles.FirstOrDefault() : null;

    /// <summary>All others.</summary>
    public IEnumerable<ArticleCard> Others => Lead is null ? Articles : Articles.Skip(1);
}
