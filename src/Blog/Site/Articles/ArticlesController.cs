using System.Text.Json;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Blog.Site.Articles;

/// <summary>Articles, pages, courses, lessons and the indexes of sections: all whose address is in the catalogue.</summary>
public sealed class ArticlesController(CatalogueContext db, SiteCatalogue catalogue, SiteAddress address, TimeProvider clock) : Controller
{
    public async Task<IActionResult> Show(CancellationToken cancelled)
    {
        var (site, asked, now) = (catalogue.State, this.Address(), clock.GetUtcNow());
        if (asked.Name.LastIndexOf('/') == 0 && site.Sections.FirstOrDefault(section => Permalinks.ForSection(section.Name) == asked.Name) is { } section
            && !await db.Articles.AnyAsync(article => article.Permalink == asked.Name && article.Kind != ArticleKind.SectionIndex, cancelled))
            return await Index(section, asked.Page, site, now, cancelled);
        if (asked.Page > 1) return NotFound();
        var article = await db.Articles.Published(now).FirstOrDefaultAsync(article => article.Permalink == asked.Name, cancelled);
        return article is null ? await Alias(asked.Name, now, cancelled) : await Article(article, site, now, cancelled);
    }

    private async Task<IActionResult> Article(Article article, SiteState site, DateTimeOffset now, CancellationToken cancelled)
    {
        var body = await db.Bodies.FirstAsync(body => body.ArticleId == article.Id, cancelled);
        var html = article.HasFileLinks ? await Resolved(body.Html, cancelled) : body.Html;
        var terms = (await db.TermsOf([article], site, cancelled))[article.Id].ToList();
        var authors = await Authors(article, cancelled);
        var outline = JsonSerializer.Deserialize<List<OutlineEntry>>(body.Outline) ?? [];
        var (previous, next) = await Neighbours(article, now, cancelled);
        var course = await CourseOf(article, now, cancelled);
        var series = article.SeriesKey is null ? [] : await db.Articles.Published(now).Where(other => other.SeriesKey == article.SeriesKey)
            .OrderBy(other => other.SeriesOrder ?? int.MaxValue).ThenBy(other => other.PublishedAt).ThenBy(other => other.Path).ToListAsync(cancelled);
        return View("Show", new ArticlePage(site, Head(article, terms, site))
        {
            Article = article,
            Html = html,
            Outline = outline,
            Terms = terms,
            AuthorProfiles = authors,
            Previous = previous,
            Next = next,
            Course = course,
            Series = series.Count > 1 ? series.Select(other => new PageLink(other.Title, Permalinks.Escape(other.Permalink), other.Id == article.Id)).ToList() : [],
        });
    }

    private async Task<IActionResult> Index(Section section, int number, SiteState site, DateTimeOffset now, CancellationToken cancelled)
    {
        var list = Permalinks.ForSection(section.Name);
        var articles = db.Articles.Published(now).Listed().InSection(section.Name);
        if (await articles.PageOf(db, site, list, number, cancelled) is not { } page) return NotFound();
        var index = number == 1 ? await db.Articles.Published(now).FirstOrDefaultAsync(article => article.Kind == ArticleKind.SectionIndex && article.Section == section.Name, cancelled) : null;
        var body = index is null ? null : await db.Bodies.FirstAsync(found => found.ArticleId == index.Id, cancelled);
        var head = new PageHead
        {
            Title = number == 1 ? section.Title : $"{section.Title}, page {number}",
            Description = section.Description,
            Canonical = address.Whole(page.Pager.Url(number)),
            Language = site.Settings.Language,
            Feed = (section.Title, list),
            Previous = page.Pager.Previous,
            Next = page.Pager.Next,
        };
        return View("Section", new SectionPage(site, head, section, body is null ? null : await Resolved(body.Html, cancelled), page.Cards, page.Pager));
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

    private async Task<string> Resolved(string html, CancellationToken cancelled)
    {
        var found = await db.AddressesOf(FileLinks.In(html), cancelled);
        return FileLinks.Resolve(html, path => FileLinks.Candidates(path).Select(candidate => found.GetValueOrDefault(candidate)).FirstOrDefault(url => url is not null));
    }

    private Task<List<Term>> Authors(Article article, CancellationToken cancelled) => (
        from named in db.ArticleTerms
        where named.ArticleId == article.Id && named.Taxonomy == Taxonomy.Author
        join term in db.Terms on new { named.Taxonomy, named.Key } equals new { term.Taxonomy, term.Key }
        orderby named.Position
        select term).ToListAsync(cancelled);

    /// <summary>The articles published next before and after this one in its section; none for undated ones, pages and lessons.</summary>
    private async Task<(PageLink? Previous, PageLink? Next)> Neighbours(Article article, DateTimeOffset now, CancellationToken cancelled)
    {
        if (article.Kind is not (ArticleKind.Article or ArticleKind.Course) || article.PublishedAt is not { } date) return (null, null);
        var others = db.Articles.Published(now).Listed().InSection(article.Section).Where(other => other.PublishedAt != null && other.Id != article.Id);
        var previous = await others.Where(other => other.PublishedAt <= date).Where(other => other.PublishedAt < date || (other.PublishedAt == date && string.Compare(other.Path, article.Path) < 0)).OrderByDescending(other => other.PublishedAt).ThenByDescending(other => other.Path).FirstOrDefaultAsync(cancelled);
        var next = await others.Where(other => other.PublishedAt >= date).Where(other => other.PublishedAt > date || (other.PublishedAt == date && string.Compare(other.Path, article.Path) > 0)).OrderBy(other => other.PublishedAt).ThenBy(other => other.Path).FirstOrDefaultAsync(cancelled);
        return (PageLink.To(previous), PageLink.To(next));
    }

    /// <summary>The course that the article is, or is a lesson of; null for all else.</summary>
    private async Task<CourseView?> CourseOf(Article article, DateTimeOffset now, CancellationToken cancelled)
    {
        var path = article.ParentPath ?? article.Path;
        var course = article.ParentPath is null ? article : await db.Articles.Published(now).FirstOrDefaultAsync(parent => parent.Path == path, cancelled);
        if (course is null) return null;
        var parts = await db.Articles.Published(now).Where(part => part.ParentPath == path).OrderBy(part => part.Position).ToListAsync(cancelled);
        return parts.Count == 0 ? null : new CourseView(course.Title, Permalinks.Escape(course.Permalink),
            parts.Select(part => new LessonLink(part.Title, Permalinks.Escape(part.Permalink), part.Module, part.ReadingMinutes, part.Id == article.Id)).ToList());
    }

    private PageHead Head(Article article, List<TermLink> terms, SiteState site) => new()
    {
        Title = article.Title,
        Description = article.Description,
        Canonical = article.CanonicalUrl ?? address.Whole(Permalinks.Escape(article.Permalink)),
        Language = article.Language ?? site.Settings.Language,
        Type = article.Kind == ArticleKind.Page ? "website" : "article",
        Image = article.CoverImage is { } cover ? address.Whole(cover) : null,
        ImageAlt = article.CoverAlt,
        Published = article.Published,
        Modified = article.Modified,
        Authors = terms.Where(term => term.Taxonomy == Taxonomy.Author).Select(term => term.Name).ToList(),
        Tags = terms.Where(term => term.Taxonomy == Taxonomy.Tag).Select(term => term.Name).ToList(),
        NoIndex = article.NoIndex,
        Feed = (site.Settings.Title, Permalinks.Home),
    };
}
