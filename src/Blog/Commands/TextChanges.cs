using System.Globalization;
using Blog.Content;

namespace Blog.Commands;

/// <summary>Problems for people who are mending them: all of them once, then after each change what is new and what is mended.</summary>
/// <param name="folder">The folder that is followed, to be named.</param>
/// <param name="inColour">True for a terminal.</param>
/// <param name="clock">For the time of each change.</param>
internal sealed class TextChanges(string folder, bool inColour, TimeProvider clock) : IProblemFormat
{
    private readonly TextProblems _text = new(inColour);
    private IReadOnlyList<Problem>? _before;
    private bool _wasQuiet;

    public void Write(IReadOnlyList<Problem> problems, long articles, TextWriter output)
    {
        if (_before is null)
        {
            _text.Write(problems, articles, output);
            output.WriteLine(_text.Colour("2", $"Following {folder}. Ctrl+C ends it."));
        }
        else WriteChanges(problems, articles, output);
        _before = problems;
    }

    private void WriteChanges(IReadOnlyList<Problem> problems, long articles, TextWriter output)
    {
        var (mended, added) = (Beyond(_before!, problems), Beyond(problems, _before!));
        var isQuiet = mended.Count + added.Count == 0;
        // Saves that change nothing share one line on a terminal, so that what matters stays in sight.
        if (isQuiet && _wasQuiet && inColour) output.Write("\u001b[1A\u001b[2K");
        if (!isQuiet) output.WriteLine();
        foreach (var file in mended.Select(problem => (problem, isMended: true)).Concat(added.Select(problem => (problem, isMended: false))).OrderBy(change => change.problem.Path, StringComparer.Ordinal))
            output.WriteLine(file.isMended ? Mended(file.problem) : _text.Line(file.problem));
        var time = clock.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var totals = problems.Count == 0 ? _text.Colour("32", "no problems") : _text.Counts(problems);
        output.WriteLine($"{_text.Colour("2", time)}  {TextProblems.Plural(articles, "article")}: {totals}{(isQuiet ? "" : $" ({added.Count} new, {mended.Count} mended)")}");
        _wasQuiet = isQuiet;
    }

    private string Mended(Problem problem) => $"{_text.Colour("32", "✓")} {_text.Colour("2;9", $"{problem.Path}:{problem.Line}:{problem.Column} {problem.Severity.ToString().ToLowerInvariant()} {problem.Code} {problem.Message}")}";

    /// <summary>The problems that the others have not. Lines move while one writes, so a problem is the same wherever it stands in its file; of several alike, those that did not move are the same first.</summary>
    private static List<Problem> Beyond(IReadOnlyList<Problem> problems, IReadOnlyList<Problem> others)
    {
        var places = others.Select(Place).ToHashSet();
        var spare = others.GroupBy(Kind).ToDictionary(kind => kind.Key, kind => kind.Count());
        var beyond = new HashSet<Problem>(ReferenceEqualityComparer.Instance);
        foreach (var problem in problems.OrderBy(problem => places.Contains(Place(problem)) ? 0 : 1))
        {
            if (spare.GetValueOrDefault(Kind(problem)) is > 0 and var left) spare[Kind(problem)] = left - 1;
            else beyond.Add(problem);
        }

        return problems.Where(beyond.Contains).ToList();

        static (string, Severity, string, string) Kind(Problem problem) => (problem.Path, problem.Severity, problem.Code, problem.Message);
        static (string, int, int, string, string) Place(Problem problem) => (problem.Path, problem.Line, problem.Column, problem.Code, problem.Message);
    }
}
