using Blog.Catalogue;
using Blog.Content;
using Blog.Site.PageCache;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Blog.Site.Feeds;

/// <summary>The feeds of the site, its sections and its terms.</summary>
[Cached]
public sealed class FeedsController(FeedReader feeds, CatalogueContext db, SiteCatalogue catalogue) : Controller
{
    public async Task<IActionResult> Show(CancellationToken cancelled)
    {
        var asked = this.Address();
        if (await feeds.Read(asked, cancelled) is not { } feed) return await OtherSpelling(asked, cancelled);
        return asked.Format == AddressFormat.Rss ? File(FeedFormats.Rss(feed), "application/rss+xml; charset=utf-8") : File(FeedFormats.Atom(feed), "application/atom+xml; charset=utf-8");
    }

    /// <summary>The feed of a term under another spelling of its name leads to the term's own.</summary>
    private async Task<IActionResult> OtherSpelling(Address asked, CancellationToken cancelled)
    {
        var key = Slug.Fold(asked.Name);
        if (asked.Kind != AddressKind.Term || await db.Terms.FirstOrDefaultAsync(term => term.Taxonomy == asked.Taxonomy && term.Key == key, cancelled) is not { } found || found.Slug == asked.Name) return NotFound();
        var list = Permalinks.Escape(catalogue.State.Permalinks.ForTerm(asked.Taxonomy, found.Slug));
        return RedirectPermanent(asked.Format == AddressFormat.Rss ? Permalinks.ForRss(list) : Permalinks.ForAtom(list));
    }
}
