using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Language;
using Blog.Site.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Blog.Site.Home;

/// <summary>The home page: a lead story and the newest articles.</summary>
public sealed class HomeController(CatalogueContext db, SiteCatalogue catalogue, SiteAddress address, Words words, TimeProvider clock) : Controller
{
    public async Task<IActionResult> Index(CancellationToken cancelled)
    {
        var site = catalogue.State;
        var number = this.Address().Page;
        var articles = db.Articles.Published(clock.GetUtcNow()).Listed();
        if (await articles.PageOf(db, site, Permalinks.Home, number, cancelled) is not { } list) return NotFound();
        var categories = number == 1 ? await db.TermCounts(Taxonomy.Category, clock.GetUtcNow(), site, cancelled) : [];
        return View(new HomePage(site, Head(site, list.Pager), list.Cards, list.Pager, categories));
    }

    private PageHead Head(SiteState site, Pager pager) => new()
    {
        Title = pager.Number == 1 ? null : words.Format("PageNumber", pager.Number),
        Description = site.Settings.Description ?? site.Settings.Tagline,
        Canonical = address.Whole(pager.Url(pager.Number)),
        Language = site.Settings.Language,
        Feed = (site.Settings.Title, Permalinks.Home),
        Previous = pager.Previous,
        Next = pager.Next,
    };
}
