using System.Globalization;
using AspNetCoreGeneratedDocument;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Language;
using Blog.Site.PageCache;
using Blog.Site.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Blog.Site.Archive;

/// <summary>All articles by year and month.</summary>
[Cached]
public sealed class ArchiveController(CatalogueSession session, SiteCatalogue catalogue, SiteAddress address, PageKeys keys, Words words, TimeProvider clock) : ControllerBase
{
    private const int EntriesOnOnePage = 500;

    public IActionResult Index()
    {
        var (site, asked) = (catalogue.State, this.Address());
        if (asked.Page > 1) return NotFound();
        var years = session.Reader.Years();
        if (asked.Year is { } year && years.All(row => row.Year != year)) return NotFound();

        // A big archive shows its years, and each year its articles.
        var isShort = years.Sum(row => row.Count) <= EntriesOnOnePage;
        var shown = asked.Year is not null || isShort ? session.Reader.Archive(asked.Year, clock.GetUtcNow()) : [];
        var articles = shown.Select(article => new ArchiveEntry(article.Title, article.Permalink, article.PublishedAt, article.Language)).ToList();
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
        return new PageResult<ArchivePage>(new Site_Archive_Index(), new ArchivePage(site, head, asked.Year, years, articles)
        {
            Path = path,
            Parents = asked.Year is null ? [] : [new PageLink(words["Archive"], Permalinks.Archive)],
        });
    }
}
