using System.Collections.Concurrent;
using Blog.Catalogue;

namespace Blog.Site.Feeds;

/// <summary>
/// What the feeds show that were made last, for their other form: an export asks for both, one after the other, and to read the articles takes longer than to write them down.
/// A server keeps nothing: nobody wants both, and meanwhile the site may have become another.
/// </summary>
public sealed class LastFeeds
{
    // Of each list, the other form is among the next that are asked for.
    private const int Most = 16;

    private readonly ConcurrentDictionary<ArticleList, FeedContents> _kept = new();

    /// <summary>True where all is shown as of one moment.</summary>
    internal bool IsOn { get; init; }

    /// <summary>Takes what the feed of a list shows; null where that was not kept.</summary>
    internal FeedContents? Take(ArticleList list, SiteState site) => _kept.TryRemove(list, out var contents) && ReferenceEquals(contents.Site, site) ? contents : null;

    /// <summary>Keeps it for once.</summary>
    internal void Keep(ArticleList list, FeedContents contents)
    {
        if (!IsOn) return;
        if (_kept.Count >= Most) _kept.Clear();
        _kept[list] = contents;
    }
}

/// <summary>What the feed of a list shows, whatever its form.</summary>
/// <param name="Site">The site that it was read from.</param>
/// <param name="Articles">Newest first.</param>
/// <param name="Terms">What these name.</param>
/// <param name="Pictures">The addresses of the pictures in them.</param>
/// <param name="Entries">What is written of each.</param>
internal sealed record FeedContents(SiteState Site, IReadOnlyList<Article> Articles, ILookup<int, TermLink> Terms, IReadOnlyList<string> Pictures, IReadOnlyList<FeedEntry> Entries);
