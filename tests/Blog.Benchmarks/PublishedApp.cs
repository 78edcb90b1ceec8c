using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Blog.Benchmarks;

/// <summary>The application as it is deployed: published for release and compiled ahead.</summary>
internal static class PublishedApp
{
    /// <summary>Publishes it, unless the options name one, and starts it on a content folder with no catalogue yet.</summary>
    public static async Task<Server> Start(Options options, string content, Workspace workspace, CancellationToken cancelled)
    {
        var app = options.App ?? await Publish(cancelled);
        var program = Path.Combine(Path.GetFullPath(app), "Blog.dll");
        if (!File.Exists(program)) throw new OptionException($"{program} is not there.");
        return await Server.Start(
            port => new ProcessStartInfo("dotnet", [
                program, "--content", content, "--data", workspace.At("data"), "--urls", $"http://127.0.0.1:{port}",
                "--Blog:Watch", options.Watch, "--Blog:PollSeconds", options.PollSeconds.ToString(CultureInfo.InvariantCulture)])
            { WorkingDirectory = Path.GetFullPath(app) },
            "/health/ready", workspace.At("app.log"), cancelled);
    }

    private static async Task<string> Publish(CancellationToken cancelled)
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "benchmarks", "app");
        await Command.Run("dotnet", ["publish", Path.Combine(Repository.Root, "src", "Blog"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-p:PublishReadyToRun=true", "--self-contained", "false", "-o", folder], cancelled);
        return folder;
    }
}
