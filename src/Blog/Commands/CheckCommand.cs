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
        var command = new Command("check", "Prints every problem in the content folder; exits with 1 when there are errors.") { content, format };
        command.SetAction((parsed, cancelled) => Run(StartFolder.Resolve(parsed.GetValue(content)!), parsed.GetValue(format)!, Console.Out, cancelled));
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

        var (problems, articles) = await Find(folder, cancelled);
        IProblemFormat writer = format switch { "json" => new JsonProblems(), "sarif" => new SarifProblems(), _ => new TextProblems(output == Console.Out && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null) };
        writer.Write(problems, articles, output);
        return problems.Any(problem => problem.Severity == Severity.Error) ? 1 : 0;
    }

    private static async Task<(IReadOnlyList<Problem> Problems, long Articles)> Find(ContentFolder folder, CancellationToken cancelled)
    {
        using var file = CatalogueFile.Temporary(NullLogger.Instance);
        var report = new CatalogueSync(folder, file, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance).Run(SyncScope.Everything(SyncReason.Start), true, cancelled)!;
        await using var db = new CatalogueContext(new DbContextOptionsBuilder<CatalogueContext>().UseSqlite(file.ConnectionString).Options);
        var found = await db.Problems.AsNoTracking().AsProblems(db, cancelled);
        return (found.OrderBy(problem => problem.Path, StringComparer.Ordinal).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column).ThenBy(problem => problem.Code, StringComparer.Ordinal).ToList(), report.Articles);
    }
}
