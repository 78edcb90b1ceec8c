using Blog.Catalogue;
using Blog.Content;
using Blog.Site.PageCache;
using Microsoft.AspNetCore.Mvc;

namespace Blog.Site.Feeds;

/// <summary>The feeds of the site, its sections and its terms.</summary>
[Cached]
public sealed class FeedsController(FeedReader feeds, CatalogueSession session, SiteCatalogue catalogue) : ControllerBase
{
    public IActionResult Show()
    {
        var asked = this.Address();
        if (feeds.Read(asked) is not { } feed) return OtherSpelling(asked);
        // Nothing more is asked: the reader is for others while the feed is made and sent.
        session.Release();
        return new FeedResult(feed, asked.Format == AddressFormat.Rss);
    }

    /// <summary>The feed of a term under another spelling of its name leads to the term's own.</summary>
    private IActionResult OtherSpelling(Address asked)
    {
        if (asked.Kind != AddressKind.Term || session.Reader.TermWith(asked.Taxonomy, Slug.Fold(asked.Name)) is not { } found || found.Slug == asked.Name) return NotFound();
        var list = Permalinks.Escape(catalogue.State.Permalinks.ForTerm(asked.Taxonomy, found.Slug));
        return RedirectPermanent(asked.Format == AddressFormat.Rss ? Permalinks.ForRss(list) : Permalinks.ForAtom(list));
    }
}
