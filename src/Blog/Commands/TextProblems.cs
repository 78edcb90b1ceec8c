using Blog.Content;

namespace Blog.Commands;

/// <summary>Problems for people: a line each, grouped by file, counted by kind.</summary>
internal sealed class TextProblems(bool inColour) : IProblemFormat
{
    public void Write(IReadOnlyList<Problem> problems, long articles, TextWriter output)
    {
        foreach (var file in problems.GroupBy(problem => problem.Path))
        {
            foreach (var problem in file)
            {
                output.Write(Colour("36", $"{problem.Path}:{problem.Line}:{problem.Column}"));
                output.Write($" {Colour(Code(problem.Severity), problem.Severity.ToString().ToLowerInvariant())} {Colour("1", problem.Code)} {problem.Message}");
                output.WriteLine(problem.Suggestion is null ? "" : Colour("2", " — " + problem.Suggestion));
            }

            output.WriteLine();
        }

        foreach (var kind in problems.GroupBy(problem => (problem.Severity, problem.Code)).OrderByDescending(kind => kind.Key.Severity).ThenByDescending(kind => kind.Count()).ThenBy(kind => kind.Key.Code, StringComparer.Ordinal))
            output.WriteLine($"{kind.Count(),6}  {Colour(Code(kind.Key.Severity), kind.Key.Severity.ToString().ToLowerInvariant()),-7}  {kind.Key.Code}");
        if (problems.Count > 0) output.WriteLine();
        var (errors, warnings, infos) = (Count(Severity.Error), Count(Severity.Warning), Count(Severity.Info));
        output.WriteLine(problems.Count == 0
            ? Colour("32", $"{Plural(articles, "article")} checked, no problems.")
            : $"{Plural(articles, "article")} checked: {Colour(errors > 0 ? "31" : "32", Plural(errors, "error"))}, {Plural(warnings, "warning")}, {Plural(infos, "hint")}.");

        int Count(Severity severity) => problems.Count(problem => problem.Severity == severity);
    }

    private static string Plural(long count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    private static string Code(Severity severity) => severity switch { Severity.Error => "31", Severity.Warning => "33", _ => "34" };

    private string Colour(string code, string text) => inColour ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
