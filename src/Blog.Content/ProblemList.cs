namespace Blog.Content;

/// <summary>Collects the problems of one file while it is read, up to <see cref="Limit"/>, so that a hostile file can't flood a report.</summary>
/// <param name="path">The file that every problem added here belongs to.</param>
public sealed class ProblemList(string path)
{
    /// <summary>The most problems that are kept for one file; one more says how many were left out.</summary>
    public const int Limit = 200;

    private readonly List<Problem> _problems = [];
    private int _leftOut;

    /// <summary>The file's path, relative to the content folder.</summary>
    public string Path => path;

    /// <summary>How many were added, with those left out.</summary>
    public int Count => _problems.Count + _leftOut;

    /// <summary>Adds a problem that stops something from being served as written.</summary>
    public void Error(int line, int column, string code, string message, string? suggestion = null) =>
        Add(new Problem(path, line, column, Severity.Error, code, message, suggestion));

    /// <summary>Adds a problem that leaves the page served, but perhaps not as meant.</summary>
    public void Warning(int line, int column, string code, string message, string? suggestion = null) =>
        Add(new Problem(path, line, column, Severity.Warning, code, message, suggestion));

    /// <summary>Adds something worth knowing.</summary>
    public void Info(int line, int column, string code, string message, string? suggestion = null) =>
        Add(new Problem(path, line, column, Severity.Info, code, message, suggestion));

    /// <summary>All problems in order of line and column.</summary>
    public IReadOnlyList<Problem> Sorted()
    {
        var sorted = _problems.OrderBy(p => p.Line).ThenBy(p => p.Column).ThenBy(p => p.Code, StringComparer.Ordinal).ToList();
        if (_leftOut > 0)
            sorted.Add(new Problem(path, sorted[^1].Line, 1, Severity.Info, "more-problems", $"{_leftOut} more problems in this file are not listed.", "Mend these first."));
        return sorted;
    }

    private void Add(Problem problem)
    {
        if (_problems.Count < Limit)
            _problems.Add(problem with { Line = Math.Max(1, problem.Line), Column = Math.Max(1, problem.Column) });
        else
            _leftOut++;
    }
}
