using Blog.Catalogue;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Blog.Site.Desk.Articles;

/// <summary>All articles, whoever may see them.</summary>
[Area("Desk")]
public sealed class ArticlesController(CatalogueContext db, DeskFrame frame) : Controller
{
    private const int PerPage = 50;

    [HttpGet]
    public async Task<IActionResult> Index(ArticleFilter filter, CancellationToken cancelled, int page = 1)
    {
        var articles = filter.Apply(db.Articles, frame.Now);
        var pager = DeskPager.Of(page, await articles.CountAsync(cancelled), PerPage, filter.Url);
        var rows = await filter.Sort(articles).Skip(pager.Skip).Take(PerPage).ToListAsync(cancelled);
        var paths = rows.Select(row => row.Path).ToList();
        var problems = await db.Problems.Where(problem => paths.Contains(problem.Path)).ByFile().ToDictionaryAsync(file => file.Path, cancelled);
        var sections = await db.Articles.Select(article => article.Section).Distinct().OrderBy(section => section).ToListAsync(cancelled);
        return View(new ArticlesPage(frame, filter, rows.Select(row => DeskArticle.From(row, frame)).ToList(), problems, sections, pager));
    }
}

/// <summary>A list of articles.</summary>
/// <param name="Problems">What is wrong, by path; only of files with problems.</param>
/// <param name="Sections">All of them, by slug.</param>
public sealed record ArticlesPage(DeskFrame Frame, ArticleFilter Filter, IReadOnlyList<DeskArticle> Articles, IReadOnlyDictionary<string, ProblemFile> Problems, IReadOnlyList<string> Sections, DeskPager Pager)
    : DeskPage(Frame, DeskRoom.Articles);
