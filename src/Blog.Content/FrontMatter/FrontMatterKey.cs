using System.Text;

namespace Blog.Content.FrontMatter;

/// <summary>What a front matter key may hold; the schema for editors is made from it.</summary>
public enum ValueKind { Text, Image, Date, Flag, Number, Terms, Texts, Lessons }

/// <summary>A front matter key that the product knows.</summary>
/// <param name="Name">The name that the documentation uses.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Description">One sentence for editors.</param>
/// <param name="Synonyms">Other spellings and names that are read alike; case, hyphens and underscores never matter.</param>
public sealed record FrontMatterKey(string Name, ValueKind Kind, string Description, params string[] Synonyms)
{
    /// <summary>The form in which spellings of one key are equal: <c>published_date</c>, <c>publishedDate</c> and <c>Published-Date</c>.</summary>
    public static string Fold(string key)
    {
        var folded = new StringBuilder(key.Length);
        foreach (var c in key)
            if (c is not ('-' or '_' or ' ' or '.')) folded.Append(char.ToLowerInvariant(c));
        return folded.ToString();
    }
}

/// <summary>Every front matter key that the product reads, in the order of the documentation.</summary>
public static class FrontMatterKeys
{
    /// <summary>The synonym of <see cref="PublishedDate"/> that Jekyll has as a flag: false speaks of a draft, not of a date.</summary>
    public const string PublishedFlag = "published";

    public static readonly FrontMatterKey Title = new("title", ValueKind.Text, "The article's title.", "headline", "newstitle", "name");
    public static readonly FrontMatterKey Description = new("description", ValueKind.Text, "One or two sentences for lists, search engines and feeds.", "summary", "excerpt", "subtitle", "abstract", "dek", "share_text");
    public static readonly FrontMatterKey Slug = new("slug", ValueKind.Text, "The article's name in its address; by default that of the file.");
    public static readonly FrontMatterKey PublishedDate = new("publishedDate", ValueKind.Date, "When the article was or will be published.", "date", PublishedFlag, "publishDate", "pubDate", "datePublished", "publishedAt", "published_on", "posted", "created", "createdAt", "dateCreated");
    public static readonly FrontMatterKey LastModifiedDate = new("lastModifiedDate", ValueKind.Date, "When the article was last changed in a way that readers should know.", "updated", "lastmod", "modified", "updatedAt", "updatedDate", "dateModified", "lastModified", "lastModifiedAt", "modifiedDate", "lastUpdated", "last_update");
    public static readonly FrontMatterKey ExpiryDate = new("expiryDate", ValueKind.Date, "When the article stops being shown.", "expires", "expiresAt", "unpublishDate");
    public static readonly FrontMatterKey Authors = new("authors", ValueKind.Terms, "Ids or names of who wrote it.", "author", "by", "byline", "writers", "writer");
    public static readonly FrontMatterKey Categories = new("categories", ValueKind.Terms, "Ids or names of its categories.", "category", "topic", "topics");
    public static readonly FrontMatterKey Tags = new("tags", ValueKind.Terms, "Its tags.", "tag", "keywords", "labels");
    public static readonly FrontMatterKey CoverImage = new("coverImage", ValueKind.Image, "Path or address of the cover image.", "cover", "image", "images", "featuredImage", "feature_image", "heroImage", "hero", "banner", "thumbnail", "ogImage", "socialImage", "img");
    public static readonly FrontMatterKey CoverImageAlt = new("coverImageAlt", ValueKind.Text, "What the cover image shows, for those who can't see it.", "coverAlt", "imageAlt", "alt", "coverImageDescription", "heroAlt", "feature_image_alt");
    public static readonly FrontMatterKey Draft = new("draft", ValueKind.Flag, "True keeps the article from readers.", "isDraft", "hidden");
    public static readonly FrontMatterKey Series = new("series", ValueKind.Text, "The name of the series that the article belongs to.");
    public static readonly FrontMatterKey SeriesOrder = new("seriesOrder", ValueKind.Number, "Its place in the series, from 1.", "part", "seriesPart", "seriesIndex");
    public static readonly FrontMatterKey Aliases = new("aliases", ValueKind.Texts, "Further addresses that lead here.", "alias", "redirect_from", "redirects", "oldUrls");
    public static readonly FrontMatterKey CanonicalUrl = new("canonicalUrl", ValueKind.Text, "Where the article was first published, if elsewhere.", "canonical", "canonicalLink", "originalUrl");
    public static readonly FrontMatterKey Language = new("language", ValueKind.Text, "The article's language as a BCP 47 tag, such as de or ar.", "lang", "locale");
    public static readonly FrontMatterKey Toc = new("toc", ValueKind.Flag, "False leaves out the table of contents.", "tableOfContents", "showToc");
    public static readonly FrontMatterKey NoIndex = new("noindex", ValueKind.Flag, "True asks search engines to leave the page out.", "robotsNoIndex");
    public static readonly FrontMatterKey Permalink = new("permalink", ValueKind.Text, "The article's whole address on this site, such as /2024/05/hello.", "url", "path");
    public static readonly FrontMatterKey Lessons = new("lessons", ValueKind.Lessons, "The lessons of a course, each with the source file's name.");
    public static readonly FrontMatterKey Modules = new("modules", ValueKind.Lessons, "The modules of a course: files, or titles each with lessons of their own.");
    public static readonly FrontMatterKey Id = new("id", ValueKind.Text, "A name of any kind that stays with the article, so that its readers are led along when file and address change.", "uid", "uuid", "guid");
    public static readonly FrontMatterKey VideoId = new("videoId", ValueKind.Text, "The YouTube id of the video that goes with a course or lesson.", "youtubeId");

    /// <summary>All keys that mean something.</summary>
    public static readonly IReadOnlyList<FrontMatterKey> All =
    [
        Title, Description, Slug, PublishedDate, LastModifiedDate, ExpiryDate, Authors, Categories, Tags, CoverImage, CoverImageAlt, Draft,
        Series, SeriesOrder, Aliases, CanonicalUrl, Language, Toc, NoIndex, Permalink, Lessons, Modules, VideoId, Id,
    ];

    /// <summary>What a flag may be for yes, in any case.</summary>
    public static readonly IReadOnlyList<string> True = ["true", "yes", "on", "1"];

    /// <summary>What a flag may be for no, in any case.</summary>
    public static readonly IReadOnlyList<string> False = ["false", "no", "off", "0"];

    // Keys of other tools that say nothing here; they are passed over in silence.
    private static readonly HashSet<string> PassedOver = new(StringComparer.Ordinal)
    {
        "layout", "type", "weight", "menu", "template", "version", "comments", "featured", "pinned", "status", "params", "extra", "taxonomies", "outputs", "eleventynavigation",
    };

    private static readonly Dictionary<string, FrontMatterKey> ByFoldedName = All
        .SelectMany(key => key.Synonyms.Prepend(key.Name).Select(name => (name: FrontMatterKey.Fold(name), key)))
        .ToDictionary(pair => pair.name, pair => pair.key);

    /// <summary>The key that <paramref name="name"/> is a spelling of, or null.</summary>
    public static FrontMatterKey? Find(string name) => ByFoldedName.GetValueOrDefault(FrontMatterKey.Fold(name));

    /// <summary>True when the key is read or deliberately passed over.</summary>
    public static bool IsKnown(string name) => Find(name.Trim()) is not null || PassedOver.Contains(FrontMatterKey.Fold(name.Trim()));

    /// <summary>Names to suggest for a misspelt key.</summary>
    public static IEnumerable<string> Suggestions => All.Select(key => key.Name);
}
