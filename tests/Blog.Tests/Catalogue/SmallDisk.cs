using System.Diagnostics;
using System.Globalization;

namespace Blog.Tests.Catalogue;

/// <summary>A disk in memory that is small enough to be full soon.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("blog-disk-").FullName;

    /// <summary>Mounts it; the test is skipped where that is not allowed.</summary>
    public SmallDisk(int kilobytes)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "A disk in memory is something that Linux has.");
        Directory.CreateDirectory(Root);
        if (Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={kilobytes}k,mode=755"), "none", Root)) return;
        Directory.Delete(_folder, true);
        Skip.If(true, "Only root may mount a disk.");
    }

    public string Root => Path.Combine(_folder, "disk");

    private string Filler => Path.Combine(Root, "filler");

    /// <summary>Leaves not a byte free.</summary>
    public SmallDisk Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, 0);
        try
        {
            for (var block = new byte[4096]; ;) filler.Write(block);
        }
        catch (IOException)
        {
            return this;
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    /// <summary>Lets nothing be written any more. Nobody may have a file open for writing.</summary>
    public void Protect() => Assert.True(Run("mount", "-o", "remount,ro", Root));

    public void Dispose()
    {
        Run("umount", "--lazy", Root);
        Directory.Delete(_folder, true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
