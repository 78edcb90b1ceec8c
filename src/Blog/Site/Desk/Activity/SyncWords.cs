using Blog.Catalogue;

namespace Blog.Site.Desk.Activity;

/// <summary>The words for syncs and for what they did.</summary>
internal static class SyncWords
{
    /// <summary>A sync in a line.</summary>
    public static string Summary(SyncReport sync)
    {
        var done = new List<string>();
        if (sync.Changed > 0) done.Add($"{DeskPage.Counted(sync.Changed, "file")} read");
        if (sync.Removed > 0) done.Add($"{DeskPage.Number(sync.Removed)} removed");
        var published = sync.Files.Count(file => file.Change == FileChange.Published);
        var expired = sync.Files.Count(file => file.Change == FileChange.Expired);
        if (published > 0) done.Add($"{DeskPage.Number(published)} published");
        if (expired > 0) done.Add($"{DeskPage.Number(expired)} expired");
        return $"{Reason(sync.Reason)}: {(done.Count == 0 ? "nothing to read" : string.Join(", ", done))}, in {Duration(sync.Elapsed)}";
    }

    public static string Reason(SyncReason reason) => reason switch
    {
        SyncReason.Start => "At the start",
        SyncReason.Event => "The system told of a change",
        SyncReason.Look => "A look at the folder",
        SyncReason.Clock => "An article’s hour had come",
        _ => "Dates from git",
    };

    public static string Change(FileChange change) => change switch
    {
        FileChange.KeptLastGood => "broken, kept",
        _ => change.ToString().ToLowerInvariant(),
    };

    public static string Duration(TimeSpan span) => span.TotalMilliseconds < 1000 ? $"{(int)span.TotalMilliseconds} ms" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s");
}
