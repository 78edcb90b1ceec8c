using Blog.Content;

namespace Blog.Catalogue;

/// <summary>What a sync is to look at, and why.</summary>
/// <param name="Reason">For the report.</param>
internal sealed record SyncScope(SyncReason Reason)
{
    // With more, one walk through the folder is quicker than a look at each.
    private const int MaxPaths = 5000;

    /// <summary>Content paths of files and folders that may have changed, come or gone; null for the whole folder.</summary>
    public IReadOnlyCollection<string>? Paths { get; private init; }

    /// <summary>Tells files that are still being written, to be left for later; null reads all as they are.</summary>
    public FileSettling? Settling { get; init; }

    /// <summary>True when a loss of most articles is meant.</summary>
    public bool ConfirmsDeletions { get; init; }

    /// <summary>The whole folder.</summary>
    public static SyncScope Everything(SyncReason reason) => new(reason);

    /// <summary>Only these paths, or the whole folder where they are very many.</summary>
    public static SyncScope Of(IReadOnlyCollection<string> paths) => new(SyncReason.Event) { Paths = paths.Count > MaxPaths ? null : paths };

    /// <summary>The same, of the whole folder.</summary>
    public SyncScope Widened() => this with { Paths = null };
}

/// <summary>What one sync has to do, and what it touched.</summary>
internal sealed class SyncWork
{
    /// <summary>True when every article is read again: a first start, or changed rules.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Articles to read.</summary>
    public List<FoundFile> Changed { get; } = [];

    /// <summary>Files that are no articles and are new or changed.</summary>
    public List<FoundFile> Others { get; } = [];

    public List<Source> Removed { get; } = [];

    /// <summary>Files that are still being written.</summary>
    public List<string> Deferred { get; } = [];

    /// <summary>Files of the scope that are new.</summary>
    public HashSet<string> Added { get; } = new(StringComparer.Ordinal);

    /// <summary>Hashes that changed files had before.</summary>
    public Dictionary<string, string> Hashes { get; } = new(StringComparer.Ordinal);

    /// <summary>Terms that gained or lost an article.</summary>
    public HashSet<(Taxonomy, string)> Terms { get; } = [];

    /// <summary>Addresses, and paths of files, that something gained or lost.</summary>
    public HashSet<string> Addresses { get; } = new(StringComparer.Ordinal);

    /// <summary>Files whose last good version is kept.</summary>
    public HashSet<string> Kept { get; } = new(StringComparer.Ordinal);

    /// <summary>Articles written.</summary>
    public List<string> Written { get; } = [];
}
