using System.Text.Json;
using AspNetCoreGeneratedDocument;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Language;
using Blog.Site.PageCache;
using Blog.Site.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Blog.Site.Terms;

/// <summary>The pages of authors, categories and tags, and their indexes.</summary>
[Cached]
public sealed class TermsController(CatalogueSession session, SiteCatalogue catalogue, SiteAddress address, PageKeys keys, Words words, TimeProvider clock) : ControllerBase
{
    public IActionResult Index()
    {
        var (site, asked) = (catalogue.State, this.Address());
        if (asked.Page > 1) return NotFound();
        var terms = session.Reader.TermCounts(asked.Taxonomy, site);
        keys.Add(SurrogateKeys.Lists);
        var title = TermNames.Plural(asked.Taxonomy, words);
        var head = new PageHead
        {
            Title = title,
            Description = words.Format("TermsOf", title, site.Settings.Title),
            Canonical = address.Whole(site.Permalinks.ForTaxonomy(asked.Taxonomy)),
            Language = site.Settings.Language,
        };
        return new PageResult<TaxonomyPage>(new Site_Terms_Index(), new TaxonomyPage(site, head, asked.Taxonomy, terms) { Path = site.Permalinks.ForTaxonomy(asked.Taxonomy) });
    }

    public IActionResult Show()
    {
        var (site, asked, reader, now) = (catalogue.State, this.Address(), session.Reader, clock.GetUtcNow());
        if (Find(reader, asked) is not { } term) return NotFound();
        var list = site.Permalinks.ForTerm(asked.Taxonomy, term.Slug);
        if (term.Slug != asked.Name) return RedirectPermanent(Permalinks.Escape(Permalinks.ForPageOf(list, asked.Page)) + Request.QueryString);
        if (reader.PageOf(ArticleList.WithTerm(asked.Taxonomy, term.Key), list, asked.Page, site, now) is not { } page || (page.Pager.Total == 0 && !term.IsDeclared)) return NotFound();
        var links = term.Links is null ? [] : JsonSerializer.Deserialize(term.Links, StoredJson.Default.Links) ?? [];
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
        var near = asked.Page == 1 ? reader.TermsNear(term, now, site) : [];
        keys.Add(SurrogateKeys.Term(asked.Taxonomy, term.Key));
        keys.Add(SurrogateKeys.ListOf(asked.Taxonomy, term.Key));
        keys.Add(page.Cards);
        keys.Add(near);
        return new PageResult<TermPage>(new Site_Terms_Show(), new TermPage(site, head, term, links, page.Cards, page.Pager, near)
        {
            Path = Permalinks.Escape(list),
            Parents = [new PageLink(TermNames.Plural(asked.Taxonomy, words), site.Permalinks.ForTaxonomy(asked.Taxonomy))],
        });
    }

    /// <summary>The term of that address, or the one that it is another spelling of.</summary>
    private static Term? Find(CatalogueReader reader, Address asked) =>
        reader.TermAt(asked.Taxonomy, asked.Name) ?? (Slug.Fold(asked.Name) is { Length: > 0 } key ? reader.TermWith(asked.Taxonomy, key) : null);
}
