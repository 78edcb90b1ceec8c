using Blog.Content;
using Microsoft.EntityFrameworkCore;

namespace Blog.Catalogue;

/// <summary>Problems as they are shown.</summary>
public static class ProblemQueries
{
    private const int PathsToSuggestFrom = 3000;

    /// <summary>
    /// The problems of rows, in their order. For links that lead nowhere it is found only now which article may have been meant: that changes with every article that comes or goes.
    /// </summary>
    public static async Task<IReadOnlyList<Problem>> AsProblems(this IQueryable<ProblemRow> rows, CatalogueContext db, CancellationToken cancelled)
    {
        var found = await rows.ToListAsync(cancelled);
        List<string>? paths = null;
        var problems = new List<Problem>(found.Count);
        foreach (var row in found)
        {
            if (row is not { Code: "broken-link", Suggestion: null, Target: { } target })
            {
                problems.Add(row.ToProblem());
                continue;
            }

            paths ??= await db.Articles.OrderBy(article => article.Path).Select(article => article.Path).Take(PathsToSuggestFrom).ToListAsync(cancelled);
            problems.Add(row.ToProblem() with { Suggestion = Suggest(row.Path, target, paths) });
        }

        return problems;
    }

    private static string Suggest(string path, string target, List<string> paths)
    {
        // By the name that means something: a slip is seldom in the folders, and their length would make any name look near.
        var name = ContentLayout.NameOf(target);
        var near = paths.FirstOrDefault(candidate => ContentLayout.NameOf(candidate) == name)
            ?? (NearestName.Of(name, paths.Select(ContentLayout.NameOf).Distinct()) is { } nearest ? paths.First(candidate => ContentLayout.NameOf(candidate) == nearest) : null);
        return near is null ? "Check the path." : $"Did you mean {Path.GetRelativePath(Path.GetDirectoryName("/" + path)!, "/" + near).Replace('\\', '/')}?";
    }
}
