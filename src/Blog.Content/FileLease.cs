using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Blog.Content;

/// <summary>Asks the system whether a file is open for writing, by the read lease of <c>fcntl(2)</c>, which Linux refuses for such a file.</summary>
internal static partial class FileLease
{
    private const int SetSignal = 10;
    private const int SetLease = 1024;
    private const int ReadLock = 0;
    private const int Unlock = 2;
    private const int TryAgain = 11;

    // By default ignored: a writer that opens the file in the instant of the lease has it sent to us.
    private const int Urgent = 23;

    /// <summary>True while somebody has the file open for writing, false while nobody has; null where the system does not say: not Linux, not our file, a network folder.</summary>
    public static bool? IsHeldForWriting(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (Control(file, SetSignal, Urgent) != 0) return null;
            if (Control(file, SetLease, ReadLock) != 0) return Marshal.GetLastPInvokeError() == TryAgain ? true : null;
            _ = Control(file, SetLease, Unlock);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command, int argument);
}
