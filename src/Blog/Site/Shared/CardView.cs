using Blog.Catalogue;
using Blog.Site.Images;

namespace Blog.Site.Shared;

/// <summary>A card on a page.</summary>
/// <param name="Card">The article.</param>
/// <param name="Page">The page that shows it, for dates and language.</param>
/// <param name="Level">Level of its heading, from 2.</param>
/// <param name="IsLead">True for the story that leads the home page.</param>
public sealed record CardView(ArticleCard Card, Page Page, int Level = 2, bool IsLead = false)
{
    /// <summary>The article's cover; null without one.</summary>
    public PictureView? Cover => Card.CoverImage is { } url ? PictureView.Card(url, Page.Pictures.GetValueOrDefault(url), IsLead) : null;
}
