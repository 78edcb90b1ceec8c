using Blog.Catalogue;
using Blog.Content;

namespace Blog.Site.Desk.Problems;

/// <summary>Which problems are listed, as the query string says.</summary>
public sealed record ProblemFilter
{
    /// <summary>Null for all.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Null for all.</summary>
    public string? Code { get; init; }

    /// <summary>Text in path, message or suggestion; null for any.</summary>
    public string? Q { get; init; }

    /// <summary>The content path of one file; null for all.</summary>
    public string? File { get; init; }

    /// <summary>The address of a page of the list.</summary>
    public string Url(int page) => DeskPager.Address(DeskRoom.Problems.Path,
        ("severity", Severity?.ToString().ToLowerInvariant()), ("code", Code), ("q", Q), ("file", File), ("page", DeskPager.Part(page)));

    /// <summary>Where the problems of one file are listed, whatever they are.</summary>
    public static string UrlOfFile(string path) => path.Length == 0 ? DeskRoom.Problems.Path : new ProblemFilter { File = path }.Url(1);

    /// <summary>Those problems, in no order.</summary>
    public IQueryable<ProblemRow> Apply(IQueryable<ProblemRow> problems) =>
        (string.IsNullOrEmpty(File) ? problems : problems.Where(problem => problem.Path == File)).OfSeverity(Severity).WithCode(Code).Matching(Q);
}
