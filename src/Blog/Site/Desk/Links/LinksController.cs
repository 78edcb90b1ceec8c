using Blog.Catalogue;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Blog.Site.Desk.Links;

/// <summary>What links lead to nothing, what is missing, and what nothing leads to.</summary>
[Area("Desk")]
public sealed class LinksController(CatalogueContext db, DeskFrame frame) : Controller
{
    private const int PerPage = 25;
    private const int OfEach = 6;

    private static readonly string[] Broken = ["broken-link", "broken-anchor", "missing-file", "moved-link"];

    [HttpGet]
    public async Task<IActionResult> Index(LinkFilter filter, CancellationToken cancelled, int page = 1)
    {
        var broken = db.Problems.Where(problem => Broken.Contains(problem.Code)).Matching(filter.Q);
        return filter.List switch
        {
            LinkList.Missing => View(await Missing(filter, broken, page, cancelled)),
            LinkList.Orphans => View(await Orphans(filter, page, cancelled)),
            _ => View(await ByFile(filter, broken, page, cancelled)),
        };
    }

    private async Task<LinksPage> ByFile(LinkFilter filter, IQueryable<ProblemRow> broken, int page, CancellationToken cancelled)
    {
        var pager = DeskPager.Of(page, await broken.Select(problem => problem.Path).Distinct().CountAsync(cancelled), PerPage, filter.Url);
        var files = await broken.ByFile().Skip(pager.Skip).Take(PerPage).ToListAsync(cancelled);
        var groups = new List<LinkGroup>();
        foreach (var file in files)
            groups.Add(new LinkGroup(file.Path, Problems.ProblemFilter.UrlOfFile(file.Path), file.Count,
                (await broken.Where(problem => problem.Path == file.Path).OrderBy(problem => problem.Line).ThenBy(problem => problem.Column).Take(OfEach).AsProblems(db, cancelled))
                .Select(problem => new LinkRow(problem.Severity, frame.Words.Format("Line", problem.Line), null, problem.Suggestion is null ? problem.Message : $"{problem.Message} {problem.Suggestion}")).ToList()));
        return new LinksPage(frame, filter, groups, [], pager);
    }

    private async Task<LinksPage> Missing(LinkFilter filter, IQueryable<ProblemRow> broken, int page, CancellationToken cancelled)
    {
        var missing = broken.MissingTargets();
        var pager = DeskPager.Of(page, await missing.CountAsync(cancelled), PerPage, filter.Url);
        var groups = new List<LinkGroup>();
        foreach (var target in await missing.Skip(pager.Skip).Take(PerPage).ToListAsync(cancelled))
            groups.Add(new LinkGroup(target.Target, null, target.Count,
                (await broken.Where(problem => problem.Target == target.Target).OrderBy(problem => problem.Path).ThenBy(problem => problem.Line).Take(OfEach).ToListAsync(cancelled))
                .Select(problem => new LinkRow(null, $"{problem.Path}:{problem.Line}", Problems.ProblemFilter.UrlOfFile(problem.Path), "")).ToList()));
        return new LinksPage(frame, filter, groups, [], pager);
    }

    private async Task<LinksPage> Orphans(LinkFilter filter, int page, CancellationToken cancelled)
    {
        var orphans = db.Orphans(frame.Now).Matching(filter.Q);
        var pager = DeskPager.Of(page, await orphans.CountAsync(cancelled), PerPage, filter.Url);
        var rows = await orphans.NewestFirst().Skip(pager.Skip).Take(PerPage).ToListAsync(cancelled);
        return new LinksPage(frame, filter, [], rows.Select(row => DeskArticle.From(row, frame)).ToList(), pager);
    }
}
