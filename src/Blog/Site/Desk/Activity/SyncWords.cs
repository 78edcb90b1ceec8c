using Blog.Catalogue;

namespace Blog.Site.Desk.Activity;

/// <summary>The words for syncs.</summary>
internal static class SyncWords
{
    /// <summary>A sync in a line.</summary>
    public static string Summary(SyncReport sync, DeskWords desk)
    {
        var done = new List<string>();
        if (sync.Changed > 0) done.Add(desk.Count("FilesRead", sync.Changed));
        if (sync.Removed > 0) done.Add(desk.Count("FilesRemoved", sync.Removed));
        var published = sync.Files.Count(file => file.Change == FileChange.Published);
        var expired = sync.Files.Count(file => file.Change == FileChange.Expired);
        if (published > 0) done.Add(desk.Count("ArticlesPublished", published));
        if (expired > 0) done.Add(desk.Count("ArticlesExpired", expired));
        return desk.Format("SyncSummary", Reason(sync.Reason, desk), done.Count == 0 ? desk["NothingToRead"] : desk.List(done), Duration(sync.Elapsed, desk));
    }

    private static string Reason(SyncReason reason, DeskWords desk) => desk[reason switch
    {
        SyncReason.Start => "SyncAtStart",
        SyncReason.Event => "SyncByEvent",
        SyncReason.Look => "SyncByLook",
        SyncReason.Clock => "SyncByClock",
        _ => "SyncByGit",
    }];

    private static string Duration(TimeSpan span, DeskWords desk) =>
        span.TotalMilliseconds < 1000 ? desk.Format("Milliseconds", (int)span.TotalMilliseconds) : desk.Format("Seconds", span.TotalSeconds.ToString("0.0", desk.Culture));
}
