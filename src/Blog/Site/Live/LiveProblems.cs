using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Desk;
using Microsoft.EntityFrameworkCore;

namespace Blog.Site.Live;

/// <summary>Finds what is wrong with the file that a page shows and with those that were just saved.</summary>
internal sealed class LiveProblems(CatalogueContext db, SiteCatalogue catalogue, DeskWords desk)
{
    private const int MaxProblems = 50;

    /// <summary>The errors and warnings of content files, the worst first, and the address of the first file.</summary>
    public async Task<LiveReport> Of(IReadOnlyList<string> paths, CancellationToken cancelled)
    {
        var first = paths.Count > 0 ? paths[0] : "";
        var address = await db.Articles.Where(article => article.Path == first).Select(article => article.Permalink).FirstOrDefaultAsync(cancelled);
        var problems = await db.Problems.Where(problem => paths.Contains(problem.Path) && problem.Severity > Severity.Info)
            .OrderByDescending(problem => problem.Severity).ThenBy(problem => problem.Path).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column).Take(MaxProblems).AsProblems(db, cancelled);
        var texts = problems.Select(problem => problem.Path).Distinct().ToDictionary(path => path, Text);
        return new LiveReport(address is null ? null : Permalinks.Escape(address), Title(problems), problems.Select(problem => new LiveProblem(
            problem.Severity.ToString().ToLowerInvariant(), desk.Of(problem.Severity), problem.Code, problem.Message, problem.Suggestion, problem.Path, problem.Line, problem.Column, SourceExcerpt.Around(texts[problem.Path], problem.Line))).ToList());
    }

    /// <summary>How many there are of each kind that there is.</summary>
    private string Title(IReadOnlyList<Problem> problems)
    {
        var errors = problems.Count(problem => problem.Severity == Severity.Error);
        return desk.List(new[] { ("Errors", errors), ("Warnings", problems.Count - errors) }.Where(kind => kind.Item2 > 0).Select(kind => desk.Count(kind.Item1, kind.Item2)));
    }

    private string Text(string path) => catalogue.Folder.Find(path) is { Kind: not (ContentKind.Asset or ContentKind.Static) } found ? catalogue.Folder.Read(found).Text : "";
}

/// <summary>What a page needs to know of its file.</summary>
/// <param name="Url">The escaped address of the article in the file; null when there is none.</param>
/// <param name="Title">The problems in a few words; empty when there are none.</param>
/// <param name="Problems">The worst first.</param>
internal sealed record LiveReport(string? Url, string Title, IReadOnlyList<LiveProblem> Problems);

/// <summary>A <see cref="Problem"/> with the lines around it.</summary>
internal sealed record LiveProblem(string Severity, string Label, string Code, string Message, string? Suggestion, string Path, int Line, int Column, IReadOnlyList<ExcerptLine> Excerpt);
