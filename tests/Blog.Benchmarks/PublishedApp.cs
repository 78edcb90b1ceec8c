using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Blog.Benchmarks;

/// <summary>The application as it is deployed: published for release and compiled ahead.</summary>
internal static class PublishedApp
{
    /// <summary>Publishes it, unless the options name one, and starts it on a content folder with no catalogue yet.</summary>
    public static Task<Server> Start(Options options, string content, Workspace workspace, CancellationToken cancelled, string[]? more = null) => Start(options, content, workspace, "app", null, more ?? [], cancelled);

    /// <summary>One of several on the same content folder.</summary>
    /// <param name="options">As asked for.</param>
    /// <param name="content">The content folder.</param>
    /// <param name="workspace">Holds what it writes.</param>
    /// <param name="name">By which its data folder and log are told from those of others.</param>
    /// <param name="port">Where it listens; null for a free port.</param>
    /// <param name="settings">Further settings, as on the command line.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public static async Task<Server> Start(Options options, string content, Workspace workspace, string name, int? port, IEnumerable<string> settings, CancellationToken cancelled)
    {
        var program = await Program(options, cancelled);
        return await Server.Start(
            chosen => new ProcessStartInfo("dotnet", [
                program, "--content", content, "--data", workspace.At(name + "-data"), "--urls", $"http://127.0.0.1:{chosen}",
                "--Blog:Watch", options.Watch, "--Blog:PollSeconds", options.PollSeconds.ToString(CultureInfo.InvariantCulture), .. settings])
            {
                WorkingDirectory = Path.GetDirectoryName(program)!,
                // As the image has it.
                Environment = { ["DOTNET_GCgen0size"] = "0x2000000" },
            },
            "/health/ready", workspace.At(name + ".log"), cancelled, port);
    }

    /// <summary>The published program.</summary>
    public static async Task<string> Program(Options options, CancellationToken cancelled)
    {
        var program = Path.Combine(Path.GetFullPath(options.App ?? await Publish(cancelled)), "Blog.dll");
        return File.Exists(program) ? program : throw new OptionException($"{program} is not there.");
    }

    private static async Task<string> Publish(CancellationToken cancelled)
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "benchmarks", "app");
        await Command.Run("dotnet", ["publish", Path.Combine(Repository.Root, "src", "Blog"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-p:PublishReadyToRun=true", "--self-contained", "false", "-o", folder], cancelled);
        return folder;
    }
}
