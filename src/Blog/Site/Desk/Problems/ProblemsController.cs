using Blog.Catalogue;
using Blog.Content;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Blog.Site.Desk.Problems;

/// <summary>What is wrong, by file: the first few of each, or all of one.</summary>
[Area("Desk")]
public sealed class ProblemsController(CatalogueContext db, SiteCatalogue catalogue, DeskFrame frame) : Controller
{
    private const int FilesPerPage = 15;
    private const int OfEachFile = 5;
    private const int OfOneFile = 50;

    [HttpGet]
    public async Task<IActionResult> Index(ProblemFilter filter, CancellationToken cancelled, int page = 1)
    {
        var problems = filter.Apply(db.Problems);
        var files = problems.ByFile();
        var total = await problems.CountAsync(cancelled);
        var isOne = !string.IsNullOrEmpty(filter.File);
        var pager = isOne ? DeskPager.Of(page, total, OfOneFile, filter.Url) : DeskPager.Of(page, await problems.Select(problem => problem.Path).Distinct().CountAsync(cancelled), FilesPerPage, filter.Url);
        var shown = await (isOne ? files : files.Skip(pager.Skip).Take(FilesPerPage)).ToListAsync(cancelled);
        var paths = shown.Select(file => file.Path).ToList();
        var articles = await db.Articles.Where(article => paths.Contains(article.Path)).ToDictionaryAsync(article => article.Path, cancelled);
        var views = new List<ProblemFileView>();
        foreach (var file in shown)
        {
            var ofFile = problems.Where(problem => problem.Path == file.Path);
            ofFile = isOne
                ? ofFile.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column).ThenBy(problem => problem.Id).Skip(pager.Skip).Take(OfOneFile)
                : ofFile.NewestFirst().Take(OfEachFile);
            var source = SourceLines.Read(catalogue.Folder, file.Path);
            views.Add(new ProblemFileView(file, articles.GetValueOrDefault(file.Path) is { } article ? DeskArticle.From(article, frame) : null,
                (await ofFile.AsProblems(db, cancelled)).Select(problem => new ProblemView(problem, source.Around(problem.Line, problem.Column))).ToList()));
        }

        return View(new ProblemsPage(frame, filter, total, views, await Codes(cancelled), pager));
    }

    /// <summary>The codes that occur, the most frequent first.</summary>
    private async Task<IReadOnlyList<(string Code, int Count)>> Codes(CancellationToken cancelled) =>
        (await db.Problems.GroupBy(problem => problem.Code).Select(group => new { Code = group.Key, Count = group.Count() }).OrderByDescending(row => row.Count).ThenBy(row => row.Code).ToListAsync(cancelled))
        .Select(row => (row.Code, row.Count)).ToList();
}

/// <summary>A list of problems.</summary>
/// <param name="Total">All problems that the filter lets through.</param>
/// <param name="Codes">Those that occur at all.</param>
public sealed record ProblemsPage(DeskFrame Frame, ProblemFilter Filter, int Total, IReadOnlyList<ProblemFileView> Files, IReadOnlyList<(string Code, int Count)> Codes, DeskPager Pager)
    : DeskPage(Frame, DeskRoom.Problems);

/// <summary>A file with some of its problems.</summary>
/// <param name="Article">The article that the file holds; null for other files.</param>
public sealed record ProblemFileView(ProblemFile File, DeskArticle? Article, IReadOnlyList<ProblemView> Problems);

/// <summary>A problem with the lines around it; none when they can't be shown.</summary>
public sealed record ProblemView(Problem Problem, IReadOnlyList<SourceLine> Lines);
