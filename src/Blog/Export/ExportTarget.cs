using Blog.Catalogue;

namespace Blog.Export;

/// <summary>What came of an address.</summary>
internal enum TargetState
{
    /// <summary>Nobody has asked for it yet.</summary>
    Unknown,

    /// <summary>It has a file.</summary>
    Exported,

    /// <summary>It leads to another.</summary>
    Moved,

    /// <summary>It was there, and will not come back.</summary>
    Gone,

    /// <summary>Nothing is there.</summary>
    Missing,

    /// <summary>Only a server has an answer, which is another each time.</summary>
    Live,

    /// <summary>The application failed at it.</summary>
    Failed,
}

/// <summary>An address of the site that is exported or that a page links to, and what came of it. Written by the one who asks for it alone.</summary>
/// <param name="path">Not escaped.</param>
internal sealed class ExportTarget(string path)
{
    /// <summary>The <see cref="Keys"/> of what is not known to show less than everything.</summary>
    public static IReadOnlyList<string> AnyKey { get; } = [SurrogateKeys.Any];

    public string Path { get; } = path;

    public TargetState State { get; set; }

    /// <summary>Where <see cref="TargetState.Moved"/> leads, as it was sent; for a failure, what the application answered.</summary>
    public string? Note { get; set; }

    /// <summary>Its file, relative to the output folder; null for none.</summary>
    public string? File { get; set; }

    /// <summary>As it was sent; null for what has no file.</summary>
    public string? ContentType { get; set; }

    /// <summary>What has to change for it to be another, as <see cref="SurrogateKeys"/>; null for what has to be asked for each time.</summary>
    public IReadOnlyList<string>? Keys { get; set; }

    /// <summary>Hashes of the ids that links can lead to, which are many; null where there are none to be found, as in a picture.</summary>
    public int[]? Anchors { get; set; }

    /// <summary>The addresses that it links to, with the ids there.</summary>
    public IEnumerable<(ExportTarget Target, string Fragment)> Links { get; set; } = [];

    /// <summary>What <see cref="ExportMemory"/> keeps of it, where it was recalled; null where it was asked for.</summary>
    public ReadOnlyMemory<byte>? Record { get; set; }

    /// <summary>False only where the id is known not to be there.</summary>
    public bool HasAnchor(string fragment) => fragment is "" or "top" || Anchors is not { } anchors || anchors.Contains(HashOf(fragment));

    /// <summary>The same in every process (FNV-1a), as it is kept from one export to the next.</summary>
    public static int HashOf(string anchor)
    {
        var hash = 2166136261;
        foreach (var letter in anchor) hash = unchecked((hash ^ letter) * 16777619);
        return unchecked((int)hash);
    }
}
