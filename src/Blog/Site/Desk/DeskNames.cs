using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Desk.Articles;

namespace Blog.Site.Desk;

/// <summary>What the desk calls the values of the catalogue.</summary>
internal static class DeskNames
{
    public static string Of(this DeskWords desk, Severity severity) => desk[severity switch { Severity.Error => "Error", Severity.Warning => "Warning", _ => "Hint" }];

    public static string Of(this DeskWords desk, ArticleState state) => desk[state switch
    {
        ArticleState.Live => "StateLive",
        ArticleState.Draft => "StateDraft",
        ArticleState.Scheduled => "StateScheduled",
        _ => "StateExpired",
    }];

    public static string Of(this DeskWords desk, ArticleFilterState state) => desk[state switch
    {
        ArticleFilterState.Live => "StateLive",
        ArticleFilterState.Draft => "StateDraft",
        ArticleFilterState.Scheduled => "StateScheduled",
        ArticleFilterState.Expiring => "StateExpiring",
        ArticleFilterState.Expired => "StateExpired",
        _ => "StateBroken",
    }];

    public static string Of(this DeskWords desk, ArticleOrder order) => desk[order switch
    {
        ArticleOrder.Oldest => "OrderOldest",
        ArticleOrder.Title => "OrderTitle",
        ArticleOrder.Longest => "OrderLongest",
        _ => "OrderNewest",
    }];

    public static string Of(this DeskWords desk, FileChange change) => desk[change switch
    {
        FileChange.Added => "Added",
        FileChange.Changed => "Changed",
        FileChange.Removed => "Removed",
        FileChange.Renamed => "Renamed",
        FileChange.Published => "Published",
        FileChange.Expired => "StateExpired",
        _ => "StateBroken",
    }];

    /// <summary>A sentence. The system's reason is in a language of its own, so it stands apart from its surroundings.</summary>
    public static string Of(this DeskWords desk, Watching watching) => watching switch
    {
        { Way: WatchWay.Off } => desk["WatchOff"],
        { Way: WatchWay.Told } => desk["WatchTold"],
        { Reason: { } reason } => desk.Format("WatchCannot", $"\u2068{reason}\u2069", watching.Seconds),
        _ => desk.Format("WatchLooks", watching.Seconds),
    };
}
