namespace Blog.Catalogue;

/// <summary>What one sync did.</summary>
/// <param name="Articles">Articles, pages and their like in the catalogue now.</param>
/// <param name="Changed">Files read and rendered.</param>
/// <param name="Removed">Files that are gone.</param>
/// <param name="Errors">Problems of that severity in the catalogue now.</param>
/// <param name="Warnings">Problems of that severity in the catalogue now.</param>
/// <param name="Elapsed">From the first look at the folder to the commit.</param>
/// <param name="State">The site from then on.</param>
public sealed record SyncReport(long Articles, int Changed, int Removed, int Errors, int Warnings, TimeSpan Elapsed, SiteState State)
{
    /// <summary>The most files that a report names.</summary>
    public const int MaxFiles = 50;

    /// <summary>When it was finished.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Why it was done.</summary>
    public SyncReason Reason { get; init; }

    /// <summary>What happened to which file, in order of path: the first <see cref="MaxFiles"/>.</summary>
    public IReadOnlyList<SyncedFile> Files { get; init; } = [];

    /// <summary>The <see cref="SurrogateKeys"/> of what readers see otherwise from then on, in their order: a page with none of them is as it was. After a start this does not tell what another version of the program renders otherwise.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];
}

/// <summary>Why a sync was done.</summary>
public enum SyncReason
{
    /// <summary>The site has started.</summary>
    Start,

    /// <summary>The system told of a change.</summary>
    Event,

    /// <summary>A look at the whole folder.</summary>
    Look,

    /// <summary>The hour of an article came, to appear or to leave.</summary>
    Clock,

    /// <summary>Git was asked for the dates of files.</summary>
    History,
}

/// <summary>What happened to a content file.</summary>
public enum FileChange { Added, Changed, Removed, Renamed, KeptLastGood, Published, Expired }

/// <summary>A file as a sync met it.</summary>
/// <param name="Path">Its content path now.</param>
/// <param name="Change">What happened.</param>
/// <param name="Title">The article's title; null for what is no article.</param>
/// <param name="Url">The article's escaped address; null for what is no article, or is gone.</param>
/// <param name="From">The content path before it was renamed; else null.</param>
/// <param name="Errors">Problems of that severity in the file now.</param>
/// <param name="Warnings">Problems of that severity in the file now.</param>
public sealed record SyncedFile(string Path, FileChange Change, string? Title = null, string? Url = null, string? From = null, int Errors = 0, int Warnings = 0);

/// <summary>Deletions that wait, because so many articles went at once that it may be an accident.</summary>
/// <param name="Files">How many are gone from the folder and still on the site.</param>
/// <param name="Since">When their loss was noticed.</param>
/// <param name="Until">When they leave the site unless they come back.</param>
public sealed record HeldDeletions(int Files, DateTimeOffset Since, DateTimeOffset Until);
