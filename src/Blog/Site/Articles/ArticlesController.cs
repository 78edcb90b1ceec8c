using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Language;
using Blog.Site.PageCache;
using Blog.Site.Preview;
using Blog.Site.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Blog.Site.Articles;

/// <summary>Articles, pages, courses, lessons and the indexes of sections: all whose address is in the catalogue.</summary>
public sealed class ArticlesController(CatalogueContext db, SiteCatalogue catalogue, ArticlePageReader pages, PreviewReader previews, SiteAddress address, PageKeys keys, Words words, TimeProvider clock) : Controller
{
    [Cached]
    public async Task<IActionResult> Show(CancellationToken cancelled)
    {
        var (site, asked, now) = (catalogue.State, this.Address(), clock.GetUtcNow());
        if (asked.Name.LastIndexOf('/') == 0 && site.Sections.FirstOrDefault(section => Permalinks.ForSection(section.Name) == asked.Name) is { } section
            && !await db.Articles.Published(now).AnyAsync(article => article.Permalink == asked.Name && article.Kind != ArticleKind.SectionIndex, cancelled))
            return await Index(section, asked.Page, site, now, cancelled);
        if (asked.Page > 1) return NotFound();
        return await pages.At(asked.Name, cancelled) is { } page ? View(page) : await Alias(asked.Name, now, cancelled);
    }

    /// <summary>The file behind an address as it is now, for whoever may see it: <see cref="PreviewFinder"/>. Nobody is to keep it, index it or tell others of it.</summary>
    public async Task<IActionResult> Preview(CancellationToken cancelled)
    {
        var file = (PreviewedFile)RouteData.Values["preview"]!;
        Response.Headers.CacheControl = "no-store";
        Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        Response.Headers["Referrer-Policy"] = "no-referrer";
        // The article has another address than when the link was made.
        if (file.Token is { } token && this.Address().Name != file.Permalink) return Redirect(PreviewLinks.With(file.Permalink, token.Text));
        return View("Show", await previews.Read(file, cancelled));
    }

    private async Task<IActionResult> Index(Section section, int number, SiteState site, DateTimeOffset now, CancellationToken cancelled)
    {
        var list = Permalinks.ForSection(section.Name);
        var articles = db.Articles.Published(now).Listed().InSection(section.Name).NewestFirst();
        if (await articles.PageOf(await db.CountListed(section.Name, cancelled), db, site, list, number, cancelled) is not { } page) return NotFound();
        var index = number == 1 ? await db.Articles.Published(now).FirstOrDefaultAsync(article => article.Kind == ArticleKind.SectionIndex && article.Section == section.Name, cancelled) : null;
        var body = index is null ? null : await db.Bodies.FirstAsync(found => found.ArticleId == index.Id, cancelled);
        keys.Add(SurrogateKeys.ListOf(section.Name));
        keys.Add(page.Cards);
        if (index is not null) keys.AddWhole(index);
        var head = new PageHead
        {
            Title = number == 1 ? section.Title : words.Format("TitleWithPage", section.Title, number),
            Description = section.Description,
            Canonical = address.Whole(page.Pager.Url(number)),
            Language = site.Settings.Language,
            Feed = (section.Title, list),
            Previous = page.Pager.Previous,
            Next = page.Pager.Next,
        };
        return View("Section", new SectionPage(site, head, section, body is null ? null : await pages.Shown(body.Html, true, true, cancelled), page.Cards, page.Pager) { Source = index?.Path, Path = Permalinks.Escape(list) });
    }

    private async Task<IActionResult> Alias(string path, DateTimeOffset now, CancellationToken cancelled)
    {
        var target = await (
            from alias in db.Aliases
            where alias.Address == path
            join article in db.Articles.Published(now) on alias.ArticleId equals article.Id
            orderby article.Path
            select article.Permalink).FirstOrDefaultAsync(cancelled);
        return target is null ? await Moved(path, now, cancelled) : RedirectPermanent(Permalinks.Escape(target) + Request.QueryString);
    }

    /// <summary>Leads the readers of an article that moved to where it is now, and tells those of a deleted one that it is gone.</summary>
    private async Task<IActionResult> Moved(string path, DateTimeOffset now, CancellationToken cancelled)
    {
        if (await db.Redirects.FirstOrDefaultAsync(redirect => redirect.Address == path, cancelled) is not { } moved) return NotFound();
        // Of an article that is there but not to be seen, nothing is told.
        if (await db.Articles.AnyAsync(article => article.Permalink == path, cancelled)) return NotFound();
        if (moved.Target is not { } target) return StatusCode(StatusCodes.Status410Gone);
        return await db.Articles.Published(now).AnyAsync(article => article.Permalink == target, cancelled) ? RedirectPermanent(Permalinks.Escape(target) + Request.QueryString) : NotFound();
    }
}
