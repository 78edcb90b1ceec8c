using NetVips;

namespace Blog.Images;

/// <summary>libvips, which decodes, scales and encodes pictures: loaded once, and kept small and safe.</summary>
internal static class Vips
{
    /// <summary>The most pixels of a picture that is decoded; more may be meant to exhaust the memory.</summary>
    public const long MaxPixels = 64_000_000;

    /// <summary>The largest file that is decoded, in bytes.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>Why there is no libvips on this system; null where there is.</summary>
    public static string? Trouble { get; } = Start();

    private static string? Start()
    {
        if (!ModuleInitializer.VipsInitialized) return (ModuleInitializer.Exception?.InnerException ?? ModuleInitializer.Exception)?.Message ?? "it did not start";
        // What a decoder says of a broken file belongs to whoever saved that, not to the standard error.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, _) => { });
        // Loaders that nobody tests against hostile files are off.
        NetVips.NetVips.BlockUntrusted = true;
        // But drawings are cleaned before they are drawn.
        Operation.Block("VipsForeignLoadSvg", false);
        // One picture a thread: how many at once is for the callers to say.
        NetVips.NetVips.Concurrency = 1;
        // Results are kept on disk; and a file of the same name may be another picture by now.
        (Cache.Max, Cache.MaxMem, Cache.MaxFiles) = (0, 0, 0);
        return null;
    }
}
