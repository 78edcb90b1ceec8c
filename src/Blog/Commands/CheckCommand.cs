using System.CommandLine;
using Blog.Catalogue;
using Blog.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Blog.Commands;

/// <summary><c>check</c>: prints every problem in the content folder, as the site itself would find it.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var content = ContentOption.Create();
        var format = new Option<string>("--format") { Description = "How to print: text, json or sarif.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "sarif");
        var watch = new Option<bool>("--watch") { Description = "Goes on until Ctrl+C and prints after each change what is new and what is mended; with --format json, everything anew on one line." };
        var command = new Command("check", "Prints every problem in the content folder; exits with 1 when there are errors.") { content, format, watch };
        command.Validators.Add(given =>
        {
            if (given.GetValue(watch) && given.GetValue(format) == "sarif") given.AddError("--watch prints text or json: SARIF is one document, which has an end.");
        });
        command.SetAction((parsed, cancelled) =>
        {
            var folder = StartFolder.Resolve(parsed.GetValue(content)!);
            return parsed.GetValue(watch)
                ? CheckWatch.Run(folder, parsed.GetValue(format)!, Console.Out, Console.Error, cancelled)
                : Run(folder, parsed.GetValue(format)!, Console.Out, cancelled);
        });
        return command;
    }

    /// <summary>Returns 0 without errors, 1 with errors, 2 when there is no such folder.</summary>
    internal static async Task<int> Run(string path, string format, TextWriter output, CancellationToken cancelled)
    {
        var folder = new ContentFolder(path);
        if (!folder.Exists)
        {
            await Console.Error.WriteLineAsync(ContentOption.Missing(folder));
            return 2;
        }

        using var file = CatalogueFile.Temporary(NullLogger.Instance);
        var report = new CatalogueSync(folder, file, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance) { IsMirror = true }.Run(SyncScope.Everything(SyncReason.Start), true, cancelled)!;
        var problems = await ProblemsIn(file, cancelled);
        IProblemFormat writer = format switch { "json" => new JsonProblems(), "sarif" => new SarifProblems(), _ => new TextProblems(IsTerminal(output)) };
        writer.Write(problems, report.Articles, output);
        return ExitCode(problems);
    }

    /// <summary>All problems of a catalogue, in order of path, line and column.</summary>
    internal static async Task<IReadOnlyList<Problem>> ProblemsIn(CatalogueFile file, CancellationToken cancelled)
    {
        await using var db = new CatalogueContext(new DbContextOptionsBuilder<CatalogueContext>().UseSqlite(file.ConnectionString).Options);
        var found = await db.Problems.AsNoTracking().AsProblems(db, cancelled);
        return found.OrderBy(problem => problem.Path, StringComparer.Ordinal).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column).ThenBy(problem => problem.Code, StringComparer.Ordinal).ToList();
    }

    internal static int ExitCode(IReadOnlyList<Problem> problems) => problems.Any(problem => problem.Severity == Severity.Error) ? 1 : 0;

    /// <summary>True when there is somebody to see colours.</summary>
    internal static bool IsTerminal(TextWriter output) => output == Console.Out && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
}
