namespace Blog.Content;

/// <summary>Where readers may share an article: a plain link, of which nothing is loaded before it is followed.</summary>
/// <param name="Name">As in <c>site.yml</c>.</param>
/// <param name="Title">What readers see; null for e-mail, whose name is a word of the interface.</param>
/// <param name="Pattern">The address, with <c>{url}</c>, <c>{title}</c> and <c>{text}</c>, which is both.</param>
public sealed record ShareTarget(string Name, string? Title, string Pattern)
{
    /// <summary>Every target, in the order of the documentation.</summary>
    public static IReadOnlyList<ShareTarget> All { get; } =
    [
        new("email", null, "mailto:?subject={title}&body={url}"),
        new("mastodon", "Mastodon", "https://share.joinmastodon.org/#text={text}"),
        new("bluesky", "Bluesky", "https://bsky.app/intent/compose?text={text}"),
        new("linkedin", "LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
        new("x", "X", "https://x.com/intent/post?text={title}&url={url}"),
        new("facebook", "Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
        new("reddit", "Reddit", "https://www.reddit.com/submit?title={title}&url={url}"),
        new("hackernews", "Hacker News", "https://news.ycombinator.com/submitlink?t={title}&u={url}"),
        new("whatsapp", "WhatsApp", "https://wa.me/?text={text}"),
        new("telegram", "Telegram", "https://t.me/share/url?text={title}&url={url}"),
    ];

    /// <summary>The targets of a site that doesn't choose.</summary>
    public static IReadOnlyList<string> Usual { get; } = ["email", "mastodon", "bluesky", "linkedin"];

    /// <summary>The target of that name, in any case, with or without spaces and hyphens; null for none.</summary>
    public static ShareTarget? Find(string name)
    {
        foreach (var target in All)
            if (target.Name == name) return target;
        var folded = FrontMatter.FrontMatterKey.Fold(name).Replace(" ", "", StringComparison.Ordinal);
        return All.FirstOrDefault(target => string.Equals(target.Name, folded, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The links by which an article is shared.</summary>
    /// <param name="names">Of the targets; unknown ones have no link.</param>
    /// <param name="title">Of the article.</param>
    /// <param name="url">Its whole address.</param>
    public static IEnumerable<(ShareTarget Target, string Url)> Links(IEnumerable<string> names, string title, string url)
    {
        var (ofTitle, ofUrl) = (Uri.EscapeDataString(title), Uri.EscapeDataString(url));
        foreach (var name in names)
            if (Find(name) is { } target)
                yield return (target, target.Pattern.Replace("{title}", ofTitle, StringComparison.Ordinal).Replace("{url}", ofUrl, StringComparison.Ordinal).Replace("{text}", $"{ofTitle}%20{ofUrl}", StringComparison.Ordinal));
    }
}
