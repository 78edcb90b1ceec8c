using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Blog.Benchmarks;

/// <summary>The application as the image has it: published for release with .NET, and compiled ahead as one.</summary>
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
            chosen => new ProcessStartInfo(program[0], [
                .. program[1..], "--content", content, "--data", workspace.At(name + "-data"), "--urls", $"http://127.0.0.1:{chosen}",
                "--Blog:Watch", options.Watch, "--Blog:PollSeconds", options.PollSeconds.ToString(CultureInfo.InvariantCulture), .. settings])
            {
                WorkingDirectory = Path.GetDirectoryName(program[^1])!,
                // As the image has it.
                Environment = { ["DOTNET_GCgen0size"] = "0x2000000", ["DOTNET_TieredPGO"] = "1" },
            },
            "/health/ready", workspace.At(name + ".log"), cancelled, port);
    }

    /// <summary>The published program, as the words that start it: by itself where .NET was published with it, else by the .NET of this machine.</summary>
    public static async Task<string[]> Program(Options options, CancellationToken cancelled)
    {
        var folder = Path.GetFullPath(options.App ?? await Publish(cancelled));
        var (own, library) = (Path.Combine(folder, OperatingSystem.IsWindows() ? "Blog.exe" : "Blog"), Path.Combine(folder, "Blog.dll"));
        if (!File.Exists(library)) throw new OptionException($"{library} is not there.");
        return File.Exists(own) && Directory.EnumerateFiles(folder, "*coreclr.*").Any() ? [own] : ["dotnet", library];
    }

    private static async Task<string> Publish(CancellationToken cancelled)
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "benchmarks", "app");
        await Command.Run("dotnet", ["publish", Path.Combine(Repository.Root, "src", "Blog"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "-p:PublishReadyToRun=true", "-p:PublishReadyToRunComposite=true", "-o", folder], cancelled);
        return folder;
    }
}
