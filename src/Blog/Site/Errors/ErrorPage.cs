using Blog.Catalogue;
using Blog.Site.Shared;

namespace Blog.Site.Errors;

/// <summary>A page that says what went wrong.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Similar">Articles that may have been meant.</param>
public sealed record ErrorPage(SiteState Site, PageHead Head, int Status, IReadOnlyList<ArticleCard> Similar) : Page(Site, Head)
{
    public override IEnumerable<string?> PictureAddresses => Similar.Select(card => card.CoverImage);
}
