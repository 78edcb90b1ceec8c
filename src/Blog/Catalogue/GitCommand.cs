using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Blog.Catalogue;

/// <summary>Runs <c>git</c> in a folder that may belong to somebody else: it only reads, runs no program that the repository's configuration names, and asks nobody for anything.</summary>
internal static class GitCommand
{
    private const int LongestError = 1000;

    // What the repository says of these is overruled. Git leaves a folder of another owner alone because its configuration may
    // name programs; with none of them run there is no reason to, and in containers the owner is another as a rule.
    private static readonly string[] Overrides =
    [
        "safe.directory=*",
        // A content folder that is made to look like the inside of a repository is not taken for one.
        "safe.bareRepository=explicit",
        "core.fsmonitor=false",
        "core.hooksPath=/dev/null",
        "core.quotePath=false",
        "log.showSignature=false",
        "log.showRoot=true",
        "log.follow=false",
        "color.ui=false",
    ];

    /// <summary>The program, by the search path; null where it is missing. Not left to the system, which would run a file of that name in the working folder first.</summary>
    public static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "git.exe" : "git";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>What a command prints; null when it fails or can't be started.</summary>
    public static async Task<string?> Text(string program, string folder, IEnumerable<string> arguments, CancellationToken cancelled)
    {
        var text = "";
        var exit = await Run(program, folder, arguments, async output => text = await new StreamReader(output).ReadToEndAsync(cancelled), cancelled);
        return exit is { Code: 0 } ? text : null;
    }

    /// <summary>Runs a command and has its output read while it comes.</summary>
    /// <returns>Null when the program can't be started.</returns>
    /// <exception cref="OperationCanceledException">The process is killed then, as it is when reading fails.</exception>
    public static async Task<GitExit?> Run(string program, string folder, IEnumerable<string> arguments, Func<Stream, Task> read, CancellationToken cancelled)
    {
        cancelled.ThrowIfCancellationRequested();
        using var process = new Process { StartInfo = StartInfo(program, folder, arguments) };
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return null;
        }

        // Killed rather than waited for: that ends its output too, so that no reader is left hanging.
        using var killed = cancelled.Register(() => Kill(process));
        try
        {
            process.StandardInput.Close();
            var error = Beginning(process.StandardError);
            await read(process.StandardOutput.BaseStream);
            await process.WaitForExitAsync(cancelled);
            cancelled.ThrowIfCancellationRequested();
            return new GitExit(process.ExitCode, await error);
        }
        finally
        {
            Kill(process);
        }
    }

    private static ProcessStartInfo StartInfo(string program, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, [.. Overrides.SelectMany(value => new[] { "-c", value }), "--no-pager", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        // GIT_DIR and its like, which a hook that starts the site would hand on, mean another repository.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.OrdinalIgnoreCase) && name != "GIT_EXEC_PATH").ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        // A home that can't be read, common in containers, would make git fail; and every replica shall say the same.
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_ATTR_NOSYSTEM"] = "1";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        // What a partial clone lacks is not fetched. Git before 2.45 does not know the first; the second leaves it no way to fetch.
        start.Environment["GIT_NO_LAZY_FETCH"] = "1";
        start.Environment["GIT_ALLOW_PROTOCOL"] = "none";
        return start;
    }

    private static async Task<string> Beginning(StreamReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        for (int count; (count = await reader.ReadAsync(buffer)) > 0;) text.Append(buffer, 0, Math.Min(count, LongestError - text.Length));
        return text.ToString().Trim();
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in between.
        }
    }
}

/// <summary>How a command ended.</summary>
/// <param name="Code">Zero when all is well.</param>
/// <param name="Error">The beginning of what it complained of.</param>
internal sealed record GitExit(int Code, string Error);
