using System.Runtime.InteropServices;

namespace Blog;

/// <summary>Memory that was needed once, such as for a first start, and that the process still holds.</summary>
internal static class FreeMemory
{
    /// <summary>Gives it back to the system. It takes a tenth of a second, so it is for when there is nothing else to do.</summary>
    public static void Release()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, true, true);
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            // What SQLite has freed, glibc keeps in as many heaps as there were threads (malloc_trim(3)).
            _ = TrimNative(0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library has other habits.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TrimNative(nuint pad);
}
