namespace Blog;

/// <summary>What the operator decides: <c>appsettings.json</c>, environment (<c>Blog__ContentPath</c>) or command line (<c>--content</c>).</summary>
public sealed class BlogOptions
{
    /// <summary>The configuration section and the prefix of the environment variables.</summary>
    public const string Section = "Blog";

    /// <summary>Folder of the publication; relative to the working folder.</summary>
    public string ContentPath { get; set; } = "content";

    /// <summary>Folder that the site may write; relative to the working folder. All of it but <c>redirects.jsonl</c> and the keys of the desk can be made anew.</summary>
    public string DataPath { get; set; } = "data";

    /// <summary>Scheme and host under which readers reach the site, such as <c>https://blog.example</c>; null leaves it to <c>site.yml</c>.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>How the site notices changes of the content folder.</summary>
    public WatchMode Watch { get; set; } = WatchMode.Auto;

    /// <summary>Seconds between two looks at the folder where <see cref="Watch"/> has it looked at.</summary>
    public int PollSeconds { get; set; } = 10;

    /// <summary>Seconds for which a sudden loss of most articles is held back before readers see it, in case it was an accident; 0 for not at all.</summary>
    public int HoldDeletionsSeconds { get; set; } = 600;

    /// <summary>Megabytes of memory that finished pages may take; 0 to render each anew.</summary>
    public int PageCacheMegabytes { get; set; } = 64;

    /// <summary>Megabytes of the data folder that finished pages may take for which memory has no room; 0 for none.</summary>
    public int PageDiskMegabytes { get; set; } = 256;

    /// <summary>Seconds for which caches that many readers share keep a page without asking; more than a few only where such a cache is told of changes: <see cref="Purge"/>.</summary>
    public int CacheSeconds { get; set; } = 5;

    /// <summary>Whether pages name what they show, as <see cref="Catalogue.SurrogateKeys"/>, for caches that purge by it; null for yes where a <see cref="Purge"/> is set up.</summary>
    public bool? CacheKeys { get; set; }

    /// <summary>Who is told what has changed.</summary>
    public PurgeOptions Purge { get; set; } = new();

    internal bool SendsCacheKeys => CacheKeys ?? Purge.IsOn;

    /// <summary>Megabytes of the data folder that pictures in other sizes and formats may take; 0 to keep none.</summary>
    public int ImageCacheMegabytes { get; set; } = 2048;

    /// <summary>Whether pictures that readers are likely to ask for next are made before they do, in the background.</summary>
    public bool ImagesAhead { get; set; } = true;

    /// <summary>The secret that opens the desk and signs preview links; without one there is a desk in Development only. At least 16 characters.</summary>
    public string? DeskToken { get; set; }
}

/// <summary>How changes of the content folder are noticed.</summary>
public enum WatchMode
{
    /// <summary>By the system's events, and by a look every now and then in case none arrive.</summary>
    Auto,

    /// <summary>By events alone.</summary>
    Events,

    /// <summary>By looking: for mounts that tell of nothing, such as NFS or a container's bind mount.</summary>
    Poll,

    /// <summary>Not at all; a restart brings the catalogue in step.</summary>
    Off,
}
