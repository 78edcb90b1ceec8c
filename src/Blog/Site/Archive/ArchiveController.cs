using System.Globalization;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Language;
using Blog.Site.PageCache;
using Blog.Site.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Blog.Site.Archive;

/// <summary>All articles by year and month.</summary>
[Cached]
public sealed class ArchiveController(CatalogueContext db, SiteCatalogue catalogue, SiteAddress address, PageKeys keys, Words words, TimeProvider clock) : Controller
{
    private const int EntriesOnOnePage = 500;

    public async Task<IActionResult> Index(CancellationToken cancelled)
    {
        var (site, asked) = (catalogue.State, this.Address());
        if (asked.Page > 1) return NotFound();
        var published = db.Articles.Published(clock.GetUtcNow()).Listed().Where(article => article.Year != null);
        var years = await db.Years(cancelled);
        if (asked.Year is { } year && years.All(row => row.Year != year)) return NotFound();

        // A big archive shows its years, and each year its articles.
        var isShort = years.Sum(row => row.Count) <= EntriesOnOnePage;
        var shown = asked.Year is { } one ? published.InYear(one) : isShort ? published : published.Where(article => false);
        var articles = await shown.NewestFirst().Select(article => new ArchiveEntry(article.Title, article.Permalink, article.PublishedAt!.Value, article.Language)).ToListAsync(cancelled);
        keys.Add(SurrogateKeys.Lists);
        var path = asked.Year is { } shownYear ? Permalinks.ForYear(shownYear) : Permalinks.Archive;
        var head = new PageHead
        {
            Title = asked.Year is { } titleYear ? words.Format("ArchiveOf", titleYear.ToString(CultureInfo.InvariantCulture)) : words["Archive"],
            Description = words.Format("ArchiveDescription", site.Settings.Title),
            Canonical = address.Whole(path),
            Language = site.Settings.Language,
            Feed = (site.Settings.Title, Permalinks.Home),
        };
        return View(new ArchivePage(site, head, asked.Year, years, articles)
        {
            Path = path,
            Parents = asked.Year is null ? [] : [new PageLink(words["Archive"], Permalinks.Archive)],
        });
    }
}
