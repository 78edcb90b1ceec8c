using Blog.Catalogue;
using Blog.Content;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Blog.Commands;

/// <summary><c>check --watch</c>: the site without its pages. The same catalogue follows the folder by the same watcher, and after each sync its problems are printed.</summary>
internal static class CheckWatch
{
    private const int SecondsBetweenLooks = 2;

    /// <summary>How soon it is said that the folder has gone or come back.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    /// <summary>Goes on until it is cancelled, and returns then what <see cref="CheckCommand.Run"/> would: 0 without errors, 1 with errors; 2 when there is no folder to begin with.</summary>
    public static async Task<int> Run(string path, string format, TextWriter output, TextWriter error, CancellationToken cancelled)
    {
        var folder = new ContentFolder(path);
        if (!folder.Exists)
        {
            await error.WriteLineAsync(ContentOption.Missing(folder));
            return 2;
        }

        var options = Options.Create(new BlogOptions { PollSeconds = SecondsBetweenLooks, HoldDeletionsSeconds = 0 });
        using var catalogue = new SiteCatalogue(folder, CatalogueFile.Temporary(NullLogger.Instance));
        using var keeper = new CatalogueKeeper(catalogue, options, TimeProvider.System, NullLogger<CatalogueKeeper>.Instance) { IsMirror = true };
        using var watcher = new ContentWatcher(catalogue, keeper, options, NullLogger<ContentWatcher>.Instance);
        // Changes are awaited before the first can come.
        await using var changes = catalogue.Changes(cancelled).GetAsyncEnumerator(CancellationToken.None);
        var next = changes.MoveNextAsync().AsTask();
        await keeper.StartAsync(CancellationToken.None);
        await watcher.StartAsync(CancellationToken.None);
        try
        {
            return await Follow();
        }
        finally
        {
            await watcher.StopAsync(CancellationToken.None);
            await keeper.StopAsync(CancellationToken.None);
            await next.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        async Task<int> Follow()
        {
            IProblemFormat writer = format == "json" ? new JsonProblems(true) : new TextChanges(folder.Root, CheckCommand.IsTerminal(output), TimeProvider.System);
            var (code, trouble) = (1, (string?)null);
            while (!cancelled.IsCancellationRequested)
            {
                // Never thrown by: what has ended is asked below.
                await Task.WhenAny(next, Task.Delay(Glance, cancelled));
                if (cancelled.IsCancellationRequested) break;
                if (watcher.ExecuteTask is { IsFaulted: true } failed) await failed;
                if (catalogue.LastFailure != trouble) await error.WriteLineAsync((trouble = catalogue.LastFailure) is null ? "The folder can be read again." : $"{trouble} Waiting until the folder can be read.");
                if (!next.IsCompleted) continue;
                if (!await next) break;
                var problems = await CheckCommand.ProblemsIn(catalogue.File, CancellationToken.None);
                writer.Write(problems, changes.Current.Articles, output);
                await output.FlushAsync(CancellationToken.None);
                code = CheckCommand.ExitCode(problems);
                next = changes.MoveNextAsync().AsTask();
            }

            // The terminal has written ^C, and the prompt is to begin a line of its own.
            if (CheckCommand.IsTerminal(output)) await output.WriteLineAsync();
            return code;
        }
    }
}
