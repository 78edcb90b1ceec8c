namespace Blog.Site.Feeds;

/// <summary>A list of articles as feed readers get it, whatever the format.</summary>
/// <param name="Title">Of the list.</param>
/// <param name="Description">Of the list.</param>
/// <param name="Url">Whole address of the list's page.</param>
/// <param name="RssUrl">Whole address of the RSS form.</param>
/// <param name="AtomUrl">Whole address of the Atom form.</param>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Updated">When the newest entry changed.</param>
/// <param name="Entries">Newest first.</param>
public sealed record Feed(string Title, string Description, string Url, string RssUrl, string AtomUrl, string Language, DateTimeOffset Updated, IReadOnlyList<FeedEntry> Entries);

/// <summary>An article in a feed.</summary>
/// <param name="Title">Plain text.</param>
/// <param name="Url">Whole address, which is also the entry's lasting id.</param>
/// <param name="Summary">Plain text.</param>
/// <param name="Html">The body with whole addresses.</param>
/// <param name="Published">Null for an article without a date.</param>
/// <param name="Updated">Never null: Atom demands it.</param>
/// <param name="Authors">Names.</param>
/// <param name="Categories">Names of categories and tags.</param>
public sealed record FeedEntry(string Title, string Url, string Summary, string Html, DateTimeOffset? Published, DateTimeOffset Updated, IReadOnlyList<string> Authors, IReadOnlyList<string> Categories);
