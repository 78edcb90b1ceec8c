using Blog.Catalogue;
using Blog.Site.Images;

namespace Blog.Site.Shared;

/// <summary>Cards on a page, for <c>_ArticleCards</c>.</summary>
/// <param name="Cards">The articles, in their order.</param>
/// <param name="Page">The page that shows them, for dates and language.</param>
/// <param name="Level">Level of their headings, from 2.</param>
/// <param name="IsLead">True for the story that leads the home page.</param>
public sealed record CardsView(IReadOnlyList<ArticleCard> Cards, Page Page, int Level = 2, bool IsLead = false)
{
    /// <summary>An article's cover; null without one.</summary>
    public PictureView? CoverOf(ArticleCard card) => card.CoverImage is { } url ? PictureView.Card(url, Page.Pictures.GetValueOrDefault(url), IsLead) : null;
}
