namespace Blog.Catalogue;

/// <summary>How changes of the content folder are noticed.</summary>
/// <param name="Way">By whom.</param>
/// <param name="Seconds">Between two looks at the folder; 0 where nobody looks.</param>
/// <param name="Reason">Why the system can't tell; null where it was not asked to, or can.</param>
public sealed record Watching(WatchWay Way, int Seconds = 0, string? Reason = null);

/// <summary>Who notices changes.</summary>
public enum WatchWay
{
    /// <summary>Nobody: they appear after a restart.</summary>
    Off,

    /// <summary>The system tells of them.</summary>
    Told,

    /// <summary>The site looks at the folder every few seconds.</summary>
    Looking,
}
