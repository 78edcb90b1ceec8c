using Blog.Content;
using Microsoft.EntityFrameworkCore;

namespace Blog.Catalogue;

/// <summary>Problems as they are shown.</summary>
public static class ProblemQueries
{
    /// <summary>Of how many articles one may have been meant.</summary>
    internal const int PathsToSuggestFrom = 3000;

    /// <summary>
    /// The problems of rows, in their order. For links that lead nowhere it is found only now which article may have been meant: that changes with every article that comes or goes.
    /// </summary>
    public static async Task<IReadOnlyList<Problem>> AsProblems(this IQueryable<ProblemRow> rows, CatalogueContext db, CancellationToken cancelled)
    {
        var found = await rows.ToListAsync(cancelled);
        return WithSuggestions(found, found.Exists(WantsSuggestion) ? await db.Articles.OrderBy(article => article.Path).Select(article => article.Path).Take(PathsToSuggestFrom).ToListAsync(cancelled) : []);
    }

    /// <summary>True for a problem whose suggestion is an article that may have been meant.</summary>
    internal static bool WantsSuggestion(ProblemRow row) => row is { Code: "broken-link", Suggestion: null, Target: not null };

    /// <summary>The problems of rows, where it is due with one of the paths as the suggestion.</summary>
    internal static IReadOnlyList<Problem> WithSuggestions(IEnumerable<ProblemRow> rows, IReadOnlyList<string> paths) =>
        [.. rows.Select(row => WantsSuggestion(row) ? row.ToProblem() with { Suggestion = Suggest(row.Path, row.Target!, paths) } : row.ToProblem())];

    private static string Suggest(string path, string target, IReadOnlyList<string> paths)
    {
        // By the name that means something: a slip is seldom in the folders, and their length would make any name look near.
        var name = ContentLayout.NameOf(target);
        var near = paths.FirstOrDefault(candidate => ContentLayout.NameOf(candidate) == name)
            ?? (NearestName.Of(name, paths.Select(ContentLayout.NameOf).Distinct()) is { } nearest ? paths.First(candidate => ContentLayout.NameOf(candidate) == nearest) : null);
        return near is null ? "Check the path." : $"Did you mean {Path.GetRelativePath(Path.GetDirectoryName("/" + path)!, "/" + near).Replace('\\', '/')}?";
    }
}
