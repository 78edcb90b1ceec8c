using System.Text.Json;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Language;
using Blog.Site.PageCache;
using Blog.Site.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Blog.Site.Terms;

/// <summary>The pages of authors, categories and tags, and their indexes.</summary>
[Cached]
public sealed class TermsController(CatalogueContext db, SiteCatalogue catalogue, SiteAddress address, PageKeys keys, Words words, TimeProvider clock) : Controller
{
    public async Task<IActionResult> Index(CancellationToken cancelled)
    {
        var (site, asked) = (catalogue.State, this.Address());
        if (asked.Page > 1) return NotFound();
        var terms = await db.TermCounts(asked.Taxonomy, site, cancelled);
        keys.Add(SurrogateKeys.Lists);
        var title = TermNames.Plural(asked.Taxonomy, words);
        var head = new PageHead
        {
            Title = title,
            Description = words.Format("TermsOf", title, site.Settings.Title),
            Canonical = address.Whole(site.Permalinks.ForTaxonomy(asked.Taxonomy)),
            Language = site.Settings.Language,
        };
        return View(new TaxonomyPage(site, head, asked.Taxonomy, terms) { Path = site.Permalinks.ForTaxonomy(asked.Taxonomy) });
    }

    public async Task<IActionResult> Show(CancellationToken cancelled)
    {
        var (site, asked, now) = (catalogue.State, this.Address(), clock.GetUtcNow());
        if (await Find(asked, cancelled) is not { } term) return NotFound();
        var list = site.Permalinks.ForTerm(asked.Taxonomy, term.Slug);
        if (term.Slug != asked.Name) return RedirectPermanent(Permalinks.Escape(Permalinks.ForPageOf(list, asked.Page)) + Request.QueryString);
        var articles = db.NewestWithTerm(asked.Taxonomy, term.Key, now);
        if (await articles.PageOf(await db.CountWithTerm(asked.Taxonomy, term.Key, cancelled), db, site, list, asked.Page, cancelled) is not { } page || (page.Pager.Total == 0 && !term.IsDeclared)) return NotFound();
        var links = term.Links is null ? [] : JsonSerializer.Deserialize<List<SiteLink>>(term.Links) ?? [];
        var head = new PageHead
        {
            Title = asked.Page == 1 ? term.Name : words.Format("TitleWithPage", term.Name, asked.Page),
            Description = term.Description ?? TermNames.Describe(term, site, words),
            Canonical = address.Whole(page.Pager.Url(asked.Page)),
            Language = site.Settings.Language,
            Type = asked.Taxonomy == Taxonomy.Author ? "profile" : "website",
            Image = term.Avatar is { } avatar ? address.Whole(avatar) : null,
            Feed = (term.Name, list),
            Previous = page.Pager.Previous,
            Next = page.Pager.Next,
        };
        var near = asked.Page == 1 ? await db.TermsNear(term, now, site, cancelled) : [];
        keys.Add(SurrogateKeys.Term(asked.Taxonomy, term.Key));
        keys.Add(SurrogateKeys.ListOf(asked.Taxonomy, term.Key));
        keys.Add(page.Cards);
        keys.Add(near);
        return View(new TermPage(site, head, term, links, page.Cards, page.Pager, near)
        {
            Path = Permalinks.Escape(list),
            Parents = [new PageLink(TermNames.Plural(asked.Taxonomy, words), site.Permalinks.ForTaxonomy(asked.Taxonomy))],
        });
    }

    /// <summary>The term of that address, or the one that it is another spelling of.</summary>
    private async Task<Term?> Find(Address asked, CancellationToken cancelled)
    {
        var key = Slug.Fold(asked.Name);
        return await db.Terms.FirstOrDefaultAsync(term => term.Taxonomy == asked.Taxonomy && term.Slug == asked.Name, cancelled)
            ?? (key.Length == 0 ? null : await db.Terms.FirstOrDefaultAsync(term => term.Taxonomy == asked.Taxonomy && term.Key == key, cancelled));
    }
}
