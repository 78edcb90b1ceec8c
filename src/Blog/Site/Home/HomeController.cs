using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Language;
using Blog.Site.PageCache;
using Blog.Site.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Blog.Site.Home;

/// <summary>The home page: a lead story and the newest articles.</summary>
[Cached]
public sealed class HomeController(CatalogueContext db, SiteCatalogue catalogue, SiteAddress address, PageKeys keys, Words words, TimeProvider clock) : Controller
{
    private const int MostStrips = 3;
    private const int OnStrip = 3;
    private const int Faces = 8;

    public async Task<IActionResult> Index(CancellationToken cancelled)
    {
        var site = catalogue.State;
        var number = this.Address().Page;
        var articles = db.Articles.Published(clock.GetUtcNow()).Listed().NewestFirst();
        if (await articles.PageOf(await db.CountListed(null, cancelled), db, site, Permalinks.Home, number, cancelled) is not { } list) return NotFound();
        var categories = number == 1 ? await db.TermCounts(Taxonomy.Category, site, cancelled) : [];
        var strips = await Strips(categories, list.Cards, site, cancelled);
        keys.Add(SurrogateKeys.Lists);
        keys.Add(list.Cards.Concat(strips.SelectMany(strip => strip.Articles)));
        return View(new HomePage(site, Head(site, list.Pager), list.Cards, list.Pager, categories)
        {
            Strips = strips,
            Authors = number == 1 ? (await db.TermCounts(Taxonomy.Author, site, cancelled)).Where(author => author.Count > 0).OrderByDescending(author => author.Count).Take(Faces).ToList() : [],
            Path = Permalinks.Home,
        });
    }

    private async Task<IReadOnlyList<CategoryStrip>> Strips(IReadOnlyList<TermCount> categories, IReadOnlyList<ArticleCard> shown, SiteState site, CancellationToken cancelled)
    {
        var strips = new List<CategoryStrip>();
        var seen = shown.Select(card => card.Url).ToHashSet(StringComparer.Ordinal);
        foreach (var category in categories.OrderByDescending(category => category.Count).Take(MostStrips))
        {
            if (category.Count < OnStrip) break;
            var cards = await db.NewestWithTerm(Taxonomy.Category, category.Key, clock.GetUtcNow()).Listed().Take(OnStrip + seen.Count).AsCards(db, site, cancelled);
            var fresh = cards.Where(card => !seen.Contains(card.Url)).Take(OnStrip).ToList();
            if (fresh.Count < OnStrip) continue;
            seen.UnionWith(fresh.Select(card => card.Url));
            strips.Add(new CategoryStrip(category.Term, fresh));
        }

        return strips;
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
