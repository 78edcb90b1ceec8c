using Blog.Content;

namespace Blog.Commands;

/// <summary>Problems for people: a line each, grouped by file, counted by kind.</summary>
internal sealed class TextProblems(bool inColour) : IProblemFormat
{
    public void Write(IReadOnlyList<Problem> problems, long articles, TextWriter output)
    {
        foreach (var file in problems.GroupBy(problem => problem.Path))
        {
            foreach (var problem in file) output.WriteLine(Line(problem));
            output.WriteLine();
        }

        foreach (var kind in problems.GroupBy(problem => (problem.Severity, problem.Code)).OrderByDescending(kind => kind.Key.Severity).ThenByDescending(kind => kind.Count()).ThenBy(kind => kind.Key.Code, StringComparer.Ordinal))
            output.WriteLine($"{kind.Count(),6}  {Colour(Code(kind.Key.Severity), kind.Key.Severity.ToString().ToLowerInvariant().PadRight(7))}  {kind.Key.Code}");
        if (problems.Count > 0) output.WriteLine();
        output.WriteLine(problems.Count == 0 ? Colour("32", $"{Plural(articles, "article")} checked, no problems.") : $"{Plural(articles, "article")} checked: {Counts(problems)}.");
    }

    /// <summary>A problem, in the form of which editors and terminals make a link.</summary>
    public string Line(Problem problem) =>
        Colour("36", $"{problem.Path}:{problem.Line}:{problem.Column}")
        + $" {Colour(Code(problem.Severity), problem.Severity.ToString().ToLowerInvariant())} {Colour("1", problem.Code)} {problem.Message}"
        + (problem.Suggestion is null ? "" : Colour("2", " — " + problem.Suggestion));

    /// <summary>How many there are of each severity.</summary>
    public string Counts(IReadOnlyList<Problem> problems)
    {
        var errors = Count(Severity.Error);
        return $"{Colour(errors > 0 ? "31" : "32", Plural(errors, "error"))}, {Plural(Count(Severity.Warning), "warning")}, {Plural(Count(Severity.Info), "hint")}";

        int Count(Severity severity) => problems.Count(problem => problem.Severity == severity);
    }

    /// <summary>The text in a colour, where there are colours.</summary>
    /// <param name="code">Of ANSI's.</param>
    /// <param name="text">What to say.</param>
    public string Colour(string code, string text) => inColour ? $"\u001b[{code}m{text}\u001b[0m" : text;

    internal static string Plural(long count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    private static string Code(Severity severity) => severity switch { Severity.Error => "31", Severity.Warning => "33", _ => "34" };
}
