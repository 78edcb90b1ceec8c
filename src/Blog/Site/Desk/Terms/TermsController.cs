using Blog.Catalogue;
using Blog.Content;
using Microsoft.AspNetCore.Mvc;

namespace Blog.Site.Desk.Terms;

/// <summary>Authors, categories and tags, and which of them may be one too many.</summary>
[Area("Desk")]
public sealed class TermsController(CatalogueContext db, DeskFrame frame) : Controller
{
    private const int PerPage = 100;

    [HttpGet]
    public async Task<IActionResult> Index(TermFilter filter, CancellationToken cancelled, int page = 1)
    {
        var uses = (await db.TermUses(filter.Taxonomy, frame.Now, cancelled)).ToDictionary(use => use.Term.Key);
        var asked = filter.List switch
        {
            TermList.Thin => uses.Values.Where(use => use.Live == 1),
            TermList.Undescribed => uses.Values.Where(use => !IsDescribed(use.Term)),
            TermList.Unused => uses.Values.Where(use => use.Live == 0),
            _ => uses.Values,
        };
        var found = asked.Where(use => Has(use.Term)).OrderByDescending(use => use.Live).ThenByDescending(use => use.All).ThenBy(use => use.Term.Name, StringComparer.OrdinalIgnoreCase).ToList();
        var similar = filter.List != TermList.Similar ? [] : SimilarNames.Pairs(uses.Keys).Select(pair => TermPair.Of(uses[pair.One], uses[pair.Other]))
            .Where(pair => Has(pair.Often.Term) || Has(pair.Seldom.Term)).OrderByDescending(pair => pair.Often.All).ThenBy(pair => pair.Often.Term.Name, StringComparer.Ordinal).ToList();
        var pager = DeskPager.Of(page, filter.List == TermList.Similar ? similar.Count : found.Count, PerPage, filter.Url);
        return View(new TermsPage(frame, filter, filter.List == TermList.Similar ? [] : found.Skip(pager.Skip).Take(PerPage).ToList(), similar.Skip(pager.Skip).Take(PerPage).ToList(), pager));

        bool Has(Term term) => string.IsNullOrWhiteSpace(filter.Q) || term.Name.Contains(filter.Q.Trim(), StringComparison.OrdinalIgnoreCase) || term.Slug.Contains(filter.Q.Trim(), StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsDescribed(Term term) => term.IsDeclared && !string.IsNullOrEmpty(term.Description);
}
