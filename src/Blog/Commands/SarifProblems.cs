using System.Text.Json;
using Blog.Content;

namespace Blog.Commands;

/// <summary>Problems for code hosts: SARIF 2.1.0 (OASIS), which they show beside the lines.</summary>
internal sealed class SarifProblems : IProblemFormat
{
    public void Write(IReadOnlyList<Problem> problems, long articles, TextWriter output)
    {
        var rules = problems.Select(problem => problem.Code).Distinct().Order(StringComparer.Ordinal).ToList();
        var log = new Dictionary<string, object>
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new[]
            {
                new
                {
                    tool = new { driver = new { name = "Blog", informationUri = "https://blog.invalid/articles/mistakes", rules = rules.Select(rule => new { id = rule }) } },
                    columnKind = "utf16CodeUnits",
                    results = problems.Select(problem => new
                    {
                        ruleId = problem.Code,
                        ruleIndex = rules.IndexOf(problem.Code),
                        level = problem.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" },
                        message = new { text = problem.Suggestion is null ? problem.Message : $"{problem.Message} {problem.Suggestion}" },
                        locations = new[]
                        {
                            new
                            {
                                physicalLocation = new
                                {
                                    artifactLocation = new { uri = string.Join('/', problem.Path.Split('/').Select(Uri.EscapeDataString)) },
                                    region = new { startLine = problem.Line, startColumn = problem.Column },
                                },
                            },
                        },
                    }),
                },
            },
        };
        output.WriteLine(JsonSerializer.Serialize(log, JsonProblems.Options));
    }
}
