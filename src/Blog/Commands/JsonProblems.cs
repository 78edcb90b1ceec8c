using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Blog.Content;

namespace Blog.Commands;

/// <summary>Problems for programs: <c>{ articles, errors, warnings, problems: [ { path, line, column, severity, code, message, suggestion } ] }</c>.</summary>
internal sealed class JsonProblems(bool onOneLine = false) : IProblemFormat
{
    internal static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly JsonSerializerOptions OneLine = new(Options) { WriteIndented = false };

    public void Write(IReadOnlyList<Problem> problems, long articles, TextWriter output) => output.WriteLine(JsonSerializer.Serialize(new
    {
        articles,
        errors = problems.Count(problem => problem.Severity == Severity.Error),
        warnings = problems.Count(problem => problem.Severity == Severity.Warning),
        problems,
    }, onOneLine ? OneLine : Options));
}
