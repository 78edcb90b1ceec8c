using AspNetCoreGeneratedDocument;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Language;
using Blog.Site.PageCache;
using Blog.Site.Preview;
using Blog.Site.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Blog.Site.Articles;

/// <summary>Articles, pages, courses, lessons and the indexes of sections: all whose address is in the catalogue.</summary>
public sealed class ArticlesController(CatalogueSession session, SiteCatalogue catalogue, ArticlePageReader pages, SiteAddress address, PageKeys keys, Words words, TimeProvider clock) : ControllerBase
{
    [Cached]
    public async Task<IActionResult> Show()
    {
        // As a parameter, MVC would bind it, which takes longer than to find the article.
        var cancelled = HttpContext.RequestAborted;
        var (site, asked, now) = (catalogue.State, this.Address(), clock.GetUtcNow());
        if (asked.Name.LastIndexOf('/') == 0 && site.Sections.FirstOrDefault(section => Permalinks.ForSection(section.Name) == asked.Name) is { } section
            && !session.Reader.HasArticleAt(asked.Name, now))
            return await Index(section, asked.Page, site, now, cancelled);
        if (asked.Page > 1) return NotFound();
        return await pages.At(asked.Name, cancelled) is { } page ? new PageResult<ArticlePage>(new Site_Articles_Show(), page) : Alias(asked.Name, now);
    }

    /// <summary>The file behind an address as it is now, for whoever may see it: <see cref="PreviewFinder"/>. Nobody is to keep it, index it or tell others of it.</summary>
    public async Task<IActionResult> Preview([FromServices] PreviewReader previews, CancellationToken cancelled)
    {
        var file = (PreviewedFile)RouteData.Values["preview"]!;
        Response.Headers.CacheControl = "no-store";
        Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        Response.Headers["Referrer-Policy"] = "no-referrer";
        // The article has another address than when the link was made.
        if (file.Token is { } token && this.Address().Name != file.Permalink) return Redirect(PreviewLinks.With(file.Permalink, token.Text));
        return new PageResult<ArticlePage>(new Site_Articles_Show(), await previews.Read(file, cancelled));
    }

    private async Task<IActionResult> Index(Section section, int number, SiteState site, DateTimeOffset now, CancellationToken cancelled)
    {
        var list = Permalinks.ForSection(section.Name);
        var reader = session.Reader;
        if (reader.PageOf(ArticleList.InSection(section.Name), list, number, site, now) is not { } page) return NotFound();
        var index = number == 1 ? reader.IndexOf(section.Name, now) : null;
        var body = index is null ? null : reader.BodyOf(index.Id);
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
        return new PageResult<SectionPage>(new Site_Articles_Section(), new SectionPage(site, head, section, body is null ? null : await pages.Shown(body.Html, true, true, cancelled), page.Cards, page.Pager) { Source = index?.Path, Path = Permalinks.Escape(list) });
    }

    private IActionResult Alias(string path, DateTimeOffset now) =>
        session.Reader.AliasAt(path, now) is { } target ? RedirectPermanent(Permalinks.Escape(target) + Request.QueryString) : Moved(path, now);

    /// <summary>Leads the readers of an article that moved to where it is now, and tells those of a deleted one that it is gone. Of an article that is there but not to be seen, nothing is told.</summary>
    private IActionResult Moved(string path, DateTimeOffset now) => session.Reader.RedirectAt(path) switch
    {
        { IsKnown: false } => NotFound(),
        { Target: null } => StatusCode(StatusCodes.Status410Gone),
        { Target: { } target } => session.Reader.ArticleAt(target, now) is null ? NotFound() : RedirectPermanent(Permalinks.Escape(target) + Request.QueryString),
    };
}
