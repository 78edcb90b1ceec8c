using System.CommandLine;
using System.Globalization;
using System.Runtime;
using Blog.Content;
using Blog.Export;
using Microsoft.Extensions.Options;

namespace Blog.Commands;

/// <summary><c>export</c>: writes the whole site as files that any host can serve.</summary>
internal static class ExportCommand
{
    private const int ProblemsShown = 10;

    public static Command Create()
    {
        var output = new Option<string>("--out", "-o") { Description = "The folder that receives the site; what it holds of the last export is brought up to date.", HelpName = "DIR", Required = true };
        var content = ContentOption.Create();
        var data = new Option<string>("--data") { Description = "The site's data folder, in which the export keeps what it need not find out again.", HelpName = "DIR", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Blog__DataPath") is { Length: > 0 } path ? path : "data" };
        var baseUrl = new Option<string?>("--base-url") { Description = "Scheme and host under which readers will reach the site; by default that of site.yml.", HelpName = "URL", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Blog__BaseUrl") };
        var compress = new Option<bool>("--compress") { Description = "Writes .br and .gz copies beside what can be compressed, for hosts that send those." };
        var full = new Option<bool>("--full") { Description = "Looks into every file of the last export, instead of believing that it is as it was left." };
        var force = new Option<bool>("--force") { Description = "Exports into a folder that has files which are not from an export, too." };
        var command = new Command("export", "Writes the whole site as files that any host can serve; exits with 1 when a link of it leads nowhere.") { output, content, data, baseUrl, compress, full, force };
        command.SetAction((parsed, cancelled) =>
        {
            // Garbage is collected at once, not beside the work: nobody waits for a page meanwhile.
            GCSettings.LatencyMode = GCLatencyMode.Batch;
            return Run(Options(parsed), TimeProvider.System, Console.Out, Console.Error, cancelled);
        });
        return command;

        ExportOptions Options(ParseResult parsed) =>
            new(StartFolder.Resolve(parsed.GetValue(content)!), StartFolder.Resolve(parsed.GetValue(output)!), StartFolder.Resolve(parsed.GetValue(data)!))
            {
                BaseUrl = parsed.GetValue(baseUrl) is { Length: > 0 } url ? url : null,
                Compresses = parsed.GetValue(compress),
                IsFull = parsed.GetValue(full),
                IsForced = parsed.GetValue(force),
            };
    }

    /// <summary>Returns 0 when all is well; 1 when links lead nowhere, files are in the way, something could not be read or written, or it was cancelled; 2 for folders or settings that can't be used.</summary>
    /// <param name="options">What to export.</param>
    /// <param name="time">What says what is published.</param>
    /// <param name="output">Receives what is wrong and what was done, and on a terminal how far it is.</param>
    /// <param name="errors">Receives why nothing was done.</param>
    /// <param name="cancelled">Ends it; what was written stays.</param>
    internal static async Task<int> Run(ExportOptions options, TimeProvider time, TextWriter output, TextWriter errors, CancellationToken cancelled)
    {
        var folder = new ContentFolder(options.Content);
        if ((folder.Exists ? OutputFolder.Refusal(options) : ContentOption.Missing(folder)) is { } refusal)
        {
            await errors.WriteLineAsync(refusal);
            return 2;
        }

        var progress = ExportProgress.OnTerminal(output, time);
        try
        {
            progress.Report(default);
            var report = await SiteExporter.Run(options, time, progress, cancelled);
            progress.Clear();
            Print(report, options, output);
            return CheckCommand.ExitCode(report.Problems);
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            progress.Clear();
            await errors.WriteLineAsync("Cancelled. What was written stays, and the next export goes on from there.");
            return 1;
        }
        catch (OptionsValidationException e)
        {
            progress.Clear();
            foreach (var failure in e.Failures) await errors.WriteLineAsync(failure);
            return 2;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            progress.Clear();
            await errors.WriteLineAsync($"The export could not be finished: {e.Message} Mend that, and export again.");
            return 1;
        }
    }

    private static void Print(ExportReport report, ExportOptions options, TextWriter output)
    {
        var text = new TextProblems(CheckCommand.IsTerminal(output));
        foreach (var problem in report.Problems) output.WriteLine(text.Line(problem));
        if (report.Problems.Count > 0) output.WriteLine();
        // Those that the export has found as well need not be said twice.
        var content = report.ContentProblems.Where(problem => problem.Severity != Severity.Info && !report.Problems.Any(found => found.Path == problem.Path && found.Line == problem.Line)).OrderByDescending(problem => problem.Severity).ThenBy(problem => problem.Path, StringComparer.Ordinal).ThenBy(problem => problem.Line).ToList();
        foreach (var problem in content.Take(ProblemsShown)) output.WriteLine(text.Line(problem));
        if (report.ContentProblems.Count > 0) output.WriteLine($"{(content.Count > ProblemsShown ? $"… and {content.Count - ProblemsShown} more. " : "")}In the content: {text.Counts(report.ContentProblems)}. The command check prints them all.\n");
        if (report.GuessedBase is { } guess) output.WriteLine($"Feeds, sitemap and canonical links name {guess}, as nothing says where readers will reach the site. Add --base-url https://your.site, or baseUrl to site.yml.\n");
        if (report.Problems.Count > 0) output.WriteLine($"{TextProblems.Plural(report.Problems.Count, "problem")} in the exported site, listed above.");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Pages:N0} pages and {report.Redirects:N0} redirects in {options.Output}: {report.Files:N0} files, of which {report.Written:N0} written ({Size(report.Bytes)}) and {report.Files - report.Written:N0} unchanged; {report.Removed:N0} removed. {report.Elapsed.TotalSeconds:0.0} s."));
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:N1} MB"),
    };
}
