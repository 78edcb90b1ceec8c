using AspNetCoreGeneratedDocument;
using Blog.Catalogue;
using Blog.Catalogue.Search;
using Blog.Content;
using Blog.Site.Language;
using Blog.Site.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Blog.Site.Search;

/// <summary>The search page: a plain form, and what was found.</summary>
[EnableRateLimiting(SearchLimits.Policy)]
public sealed class SearchController(CatalogueSession session, SearchReader reader, SiteCatalogue catalogue, SiteAddress address, Words words, TimeProvider clock) : ControllerBase
{
    internal const int PerPage = 10;
    private const int Popular = 16;
    private const int Newest = 3;

    public IActionResult Index(SearchForm form)
    {
        var site = catalogue.State;
        if (this.Address().Page > 1) return NotFound();
        var query = form.ToQuery();
        var number = int.TryParse(form.Page, System.Globalization.NumberStyles.None, null, out var page) ? Math.Clamp(page, 1, SearchReader.MaxListed / PerPage) : 1;
        var results = reader.Search(new SearchRequest(query, number, PerPage) { IsExact = form.Exact == "1" });
        var link = new SearchLink(query.Words, results.Filters);
        if (results.Listed > 0 && results.Articles.Count == 0) return Redirect(link.Url);
        var head = new PageHead
        {
            Title = query.Text.Length > 0 ? words.Format("SearchFor", query.Text) : words["Search"],
            Description = $"{words["SearchLabel"]} – {site.Settings.Title}",
            Canonical = address.Whole(Permalinks.Search),
            Language = site.Settings.Language,
            // The form is a page like others; what it finds is for the one who asked.
            NoIndex = Request.QueryString.HasValue,
        };
        var isEmpty = results.Listed == 0;
        return new PageResult<SearchPage>(new Site_Search_Index(), new SearchPage(site, head, form, results, link, number, (results.Listed + PerPage - 1) / PerPage)
        {
            Topics = isEmpty ? Topics(site) : [],
            Latest = isEmpty ? Latest(site) : [],
        });
    }

    /// <summary>In the place of the search page, where the site is exported: plain files find nothing, so it says so and leads to what there is.</summary>
    public IActionResult Absent()
    {
        var site = catalogue.State;
        var head = new PageHead { Title = words["Search"], Canonical = address.Whole(Permalinks.Search), Language = site.Settings.Language, NoIndex = true };
        return new PageResult<AbsentSearchPage>(new Site_Search_Absent(), new AbsentSearchPage(site, head) { Topics = Topics(site), Latest = Latest(site) });
    }

    private IReadOnlyList<ArticleCard> Latest(SiteState site) => session.Reader.CardsOf(session.Reader.Newest(ArticleList.All, 0, Newest, clock.GetUtcNow()), site);

    private IReadOnlyList<TermCount> Topics(SiteState site)
    {
        var categories = session.Reader.TermCounts(Taxonomy.Category, site);
        var tags = categories.Count >= Popular ? [] : session.Reader.TermCounts(Taxonomy.Tag, site);
        return [.. categories.Concat(tags).DistinctBy(term => Slug.Fold(term.Term.Name)).OrderByDescending(term => term.Count).Take(Popular)];
    }
}
