using System.Text;
using Blog.Catalogue;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Blog.Site.Desk.Redirects;

/// <summary>Addresses that articles had once: those that lead to the article now, and those of articles that are gone.</summary>
[Area("Desk")]
public sealed class RedirectsController(CatalogueContext db, DeskFrame frame) : Controller
{
    private const int PerPage = 50;

    [HttpGet]
    public async Task<IActionResult> Index(RedirectFilter filter, CancellationToken cancelled, int page = 1)
    {
        var redirects = filter.Apply(db.Redirects.OfReaders());
        var pager = DeskPager.Of(page, await redirects.CountAsync(cancelled), PerPage, filter.Url);
        var rows = await redirects.OrderByDescending(redirect => redirect.At).ThenBy(redirect => redirect.Address).Skip(pager.Skip).Take(PerPage).ToListAsync(cancelled);
        return View(new RedirectsPage(frame, filter, rows, await db.Redirects.OfReaders().AnyAsync(redirect => redirect.Target != null, cancelled), pager));
    }

    /// <summary>The learned addresses as front matter, by article.</summary>
    [HttpGet]
    public async Task<IActionResult> Export(CancellationToken cancelled)
    {
        var rows = await (
            from redirect in db.Redirects.OfReaders()
            where redirect.Target != null
            join article in db.Articles on redirect.Target equals article.Permalink
            orderby article.Path, redirect.Address
            select new { article.Path, redirect.Address }).ToListAsync(cancelled);
        return File(Encoding.UTF8.GetBytes(AliasYaml.Write(frame.Words["AliasesLead"], rows.Select(row => (row.Path, row.Address)))), "text/yaml; charset=utf-8", "aliases.yml");
    }
}

/// <summary>Which redirects are listed, as the query string says.</summary>
public sealed record RedirectFilter
{
    /// <summary>Text in an address or path; null for any.</summary>
    public string? Q { get; init; }

    /// <summary>True for those of deleted articles, false for those that lead somewhere, null for all.</summary>
    public bool? Gone { get; init; }

    /// <summary>The address of a page of the list.</summary>
    public string Url(int page) => DeskPager.Address(DeskRoom.Redirects.Path, ("q", Q), ("gone", Gone?.ToString().ToLowerInvariant()), ("page", DeskPager.Part(page)));

    /// <summary>Those redirects, in no order.</summary>
    public IQueryable<Redirect> Apply(IQueryable<Redirect> redirects) => (Gone is not { } gone ? redirects : redirects.Where(redirect => redirect.Target == null == gone)).Matching(Q);
}

/// <summary>A list of redirects.</summary>
/// <param name="CanExport">Whether any leads somewhere.</param>
public sealed record RedirectsPage(DeskFrame Frame, RedirectFilter Filter, IReadOnlyList<Redirect> Redirects, bool CanExport, DeskPager Pager) : DeskPage(Frame, DeskRoom.Redirects);
