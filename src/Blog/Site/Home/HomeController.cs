using AspNetCoreGeneratedDocument;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Language;
using Blog.Site.PageCache;
using Blog.Site.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Blog.Site.Home;

/// <summary>The home page: a lead story and the newest articles.</summary>
[Cached]
public sealed class HomeController(CatalogueSession session, SiteCatalogue catalogue, SiteAddress address, PageKeys keys, Words words, TimeProvider clock) : ControllerBase
{
    private const int MostStrips = 3;
    private const int OnStrip = 3;
    private const int Faces = 8;

    public IActionResult Index()
    {
        var (site, reader, now) = (catalogue.State, session.Reader, clock.GetUtcNow());
        var number = this.Address().Page;
        if (reader.PageOf(ArticleList.All, Permalinks.Home, number, site, now) is not { } list) return NotFound();
        var categories = number == 1 ? reader.TermCounts(Taxonomy.Category, site) : [];
        var strips = Strips(reader, categories, list.Cards, site, now);
        keys.Add(SurrogateKeys.Lists);
        keys.Add(list.Cards.Concat(strips.SelectMany(strip => strip.Articles)));
        return new PageResult<HomePage>(new Site_Home_Index(), new HomePage(site, Head(site, list.Pager), list.Cards, list.Pager, categories)
        {
            Strips = strips,
            Authors = number == 1 ? reader.TermCounts(Taxonomy.Author, site).Where(author => author.Count > 0).OrderByDescending(author => author.Count).Take(Faces).ToList() : [],
            Path = Permalinks.Home,
        });
    }

    private static List<CategoryStrip> Strips(CatalogueReader reader, IReadOnlyList<TermCount> categories, IReadOnlyList<ArticleCard> shown, SiteState site, DateTimeOffset now)
    {
        var strips = new List<CategoryStrip>();
        var seen = shown.Select(card => card.Url).ToHashSet(StringComparer.Ordinal);
        foreach (var category in categories.OrderByDescending(category => category.Count).Take(MostStrips))
        {
            if (category.Count < OnStrip) break;
            var cards = reader.CardsOf(reader.Newest(ArticleList.WithTerm(Taxonomy.Category, category.Key).Listed(), 0, OnStrip + seen.Count, now), site);
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
