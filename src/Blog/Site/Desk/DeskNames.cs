using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Desk.Articles;

namespace Blog.Site.Desk;

/// <summary>What the desk calls the values of the catalogue.</summary>
internal static class DeskNames
{
    public static string Of(this DeskWords words, Severity severity) => words[severity switch { Severity.Error => "Error", Severity.Warning => "Warning", _ => "Hint" }];

    public static string Of(this DeskWords words, ArticleState state) => words[state switch
    {
        ArticleState.Live => "StateLive",
        ArticleState.Draft => "StateDraft",
        ArticleState.Scheduled => "StateScheduled",
        _ => "StateExpired",
    }];

    public static string Of(this DeskWords words, ArticleFilterState state) => words[state switch
    {
        ArticleFilterState.Live => "StateLive",
        ArticleFilterState.Draft => "StateDraft",
        ArticleFilterState.Scheduled => "StateScheduled",
        ArticleFilterState.Expiring => "StateExpiring",
        ArticleFilterState.Expired => "StateExpired",
        _ => "StateBroken",
    }];

    public static string Of(this DeskWords words, ArticleOrder order) => words[order switch
    {
        ArticleOrder.Oldest => "OrderOldest",
        ArticleOrder.Title => "OrderTitle",
        ArticleOrder.Longest => "OrderLongest",
        _ => "OrderNewest",
    }];

    public static string Of(this DeskWords words, FileChange change) => words[change switch
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
    public static string Of(this DeskWords words, Watching watching) => watching switch
    {
        { Way: WatchWay.Off } => words["WatchOff"],
        { Way: WatchWay.Told } => words["WatchTold"],
        { Reason: { } reason } => words.Format("WatchCannot", $"\u2068{reason}\u2069", watching.Seconds),
        _ => words.Format("WatchLooks", watching.Seconds),
    };
}
