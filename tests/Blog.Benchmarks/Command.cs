using System.ComponentModel;
using System.Diagnostics;

namespace Blog.Benchmarks;

/// <summary>A program that is run to its end.</summary>
internal static class Command
{
    /// <exception cref="OptionException">It is missing or fails; the message has the end of what it printed.</exception>
    public static async Task Run(string program, IEnumerable<string> arguments, CancellationToken cancelled)
    {
        using var process = Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
        try
        {
            var error = process.StandardError.ReadToEndAsync(cancelled);
            var output = await process.StandardOutput.ReadToEndAsync(cancelled);
            await process.WaitForExitAsync(cancelled);
            var printed = output + await error;
            if (process.ExitCode != 0) throw new OptionException($"{program} failed: {printed[Math.Max(0, printed.Length - 2000)..]}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(true);
        }
    }

    /// <exception cref="OptionException">It is missing.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try { return Process.Start(start)!; }
        catch (Win32Exception e) { throw new OptionException($"{start.FileName} can't be started: {e.Message}"); }
    }
}
