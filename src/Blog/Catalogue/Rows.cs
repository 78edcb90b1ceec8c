using Blog.Content;

namespace Blog.Catalogue;

/// <summary>What an article is to the site.</summary>
public enum ArticleKind { Article, Page, SectionIndex, Course, Lesson }

/// <summary>Whether readers see an article, and why not.</summary>
public enum ArticleState
{
    /// <summary>Readers see it.</summary>
    Live,

    /// <summary>Its author keeps it from readers.</summary>
    Draft,

    /// <summary>Its date of publication is still to come.</summary>
    Scheduled,

    /// <summary>Its expiry date is past.</summary>
    Expired,
}

/// <summary>An article, page, course or lesson: everything that lists need. The body is an <see cref="ArticleBody"/>.</summary>
public sealed class Article
{
    public int Id { get; set; }

    /// <summary>The content file, relative to the content folder.</summary>
    public required string Path { get; set; }

    public ArticleKind Kind { get; set; }

    public required string Section { get; set; }

    public required string Slug { get; set; }

    /// <summary>The address that the article asks for; another file may have it already.</summary>
    public required string Wanted { get; set; }

    /// <summary>True when the article names its address itself; false when it follows from the site's patterns.</summary>
    public bool IsPermalinkStated { get; set; }

    /// <summary>The address that it has: a canonical path on this site.</summary>
    public required string Permalink { get; set; }

    public required string Title { get; set; }

    public required string Description { get; set; }

    /// <summary>True when <see cref="Description"/> is only the opening of the text, which a page need not say twice.</summary>
    public bool IsExcerpt { get; set; }

    /// <summary>Unix milliseconds; null for an article without a date.</summary>
    public long? PublishedAt { get; set; }

    /// <summary>Unix milliseconds; null while it isn't known.</summary>
    public long? ModifiedAt { get; set; }

    /// <summary>Where <see cref="ModifiedAt"/> is from.</summary>
    public ModifiedSource ModifiedFrom { get; set; }

    /// <summary>Unix milliseconds from which on it is not shown; null for never.</summary>
    public long? ExpiresAt { get; set; }

    /// <summary>The year of <see cref="PublishedAt"/> in the site's zone; null without a date.</summary>
    public int? Year { get; set; }

    /// <summary>True for what lists and feeds show: articles and courses, not pages or lessons.</summary>
    public bool IsListed { get; set; }

    public bool IsDraft { get; set; }

    public bool NoIndex { get; set; }

    /// <summary>Whether to show a table of contents; null leaves it to the page.</summary>
    public bool? Toc { get; set; }

    /// <summary>BCP 47 tag; null for the site's language.</summary>
    public string? Language { get; set; }

    public string? CoverImage { get; set; }

    public string? CoverAlt { get; set; }

    public string? CanonicalUrl { get; set; }

    public string? VideoId { get; set; }

    public string? Series { get; set; }

    /// <summary><see cref="Series"/> folded, for finding its other articles.</summary>
    public string? SeriesKey { get; set; }

    public int? SeriesOrder { get; set; }

    public int WordCount { get; set; }

    public int ReadingMinutes { get; set; }

    /// <summary>For a part of a bundle, such as a lesson: the bundle's content path.</summary>
    public string? ParentPath { get; set; }

    /// <summary>Place among the parts of the same parent, from 0.</summary>
    public int Position { get; set; }

    /// <summary>Title of the module that a lesson stands under.</summary>
    public string? Module { get; set; }

    /// <summary>True when the body has links to content files that are still to be resolved.</summary>
    public bool HasFileLinks { get; set; }

    /// <summary>SHA-256 of the file that is shown, in lower-case hex: not that of the file as it is now while <see cref="BrokenSince"/> is set.</summary>
    public required string Hash { get; set; }

    /// <summary>The id that the front matter gives, by which an article is known again under another name; null without one.</summary>
    public string? Uid { get; set; }

    /// <summary>Unix milliseconds since when the file can't be read and this, its last good version, is shown instead; null when the file is shown as it is.</summary>
    public long? BrokenSince { get; set; }

    /// <summary>Whether readers see it at that moment.</summary>
    public ArticleState StateAt(DateTimeOffset now) =>
        IsDraft ? ArticleState.Draft
        : ExpiresAt <= now.ToUnixTimeMilliseconds() ? ArticleState.Expired
        : PublishedAt > now.ToUnixTimeMilliseconds() ? ArticleState.Scheduled
        : ArticleState.Live;

    public DateTimeOffset? Published => PublishedAt is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    public DateTimeOffset? Modified => ModifiedAt is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}

/// <summary>Who says when an article was last changed.</summary>
public enum ModifiedSource
{
    /// <summary>Nobody yet: git has still to be asked.</summary>
    Unknown,

    /// <summary>The article itself.</summary>
    FrontMatter,

    /// <summary>Git: the last commit that touched the file.</summary>
    Commit,

    /// <summary>The file system: when the file was last written, which a mere copy changes too.</summary>
    File,
}

/// <summary>Of a body what its page shows.</summary>
/// <param name="Html">As in <see cref="ArticleBody.Html"/>.</param>
/// <param name="Outline">Its headings.</param>
public sealed record PageBody(string Html, IReadOnlyList<OutlineEntry> Outline);

/// <summary>The body of an article, apart from its row so that lists never read it.</summary>
public sealed class ArticleBody
{
    public int ArticleId { get; set; }

    /// <summary>HTML whose links to content files are still to be resolved.</summary>
    public required string Html { get; set; }

    /// <summary>The outline as JSON: a list of <see cref="OutlineEntry"/>.</summary>
    public required string Outline { get; set; }

    /// <summary>The ids in the body, one a line.</summary>
    public required string Anchors { get; set; }

    /// <summary>A course's lessons as JSON: a list of <see cref="LessonReference"/>; null elsewhere.</summary>
    public string? Lessons { get; set; }
}

/// <summary>An author, category or tag.</summary>
public sealed class Term
{
    public Taxonomy Taxonomy { get; set; }

    /// <summary>Folded: what makes spellings equal.</summary>
    public required string Key { get; set; }

    /// <summary>The name in its address.</summary>
    public required string Slug { get; set; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    public string? Avatar { get; set; }

    public string? Role { get; set; }

    /// <summary>JSON list of <see cref="SiteLink"/>; null without links.</summary>
    public string? Links { get; set; }

    /// <summary>True when a data file or profile describes the term.</summary>
    public bool IsDeclared { get; set; }
}

/// <summary>That an article names a term.</summary>
public sealed class ArticleTerm
{
    public int ArticleId { get; set; }

    public Taxonomy Taxonomy { get; set; }

    public required string Key { get; set; }

    /// <summary>As written in the article.</summary>
    public required string Label { get; set; }

    /// <summary>Place among the article's terms of that taxonomy, from 0.</summary>
    public int Position { get; set; }

    public int Line { get; set; }

    public int Column { get; set; }

    /// <summary>As the article has it: so that a term is listed without a look at all its articles.</summary>
    public bool IsDraft { get; set; }

    /// <summary>As the article has it.</summary>
    public long? PublishedAt { get; set; }

    /// <summary>As the article has it.</summary>
    public long? ExpiresAt { get; set; }
}

/// <summary>By what words an article's like is found; no row for one that is not in the search index.</summary>
public sealed class KeyWords
{
    public int ArticleId { get; set; }

    /// <summary>A <see cref="Content.Search.KeyWord"/> a line, the heaviest first.</summary>
    public required string Words { get; set; }
}

/// <summary>The articles that are most like one, so that its page need not look for them; no row while that is still to be found out.</summary>
public sealed class Related
{
    public int ArticleId { get; set; }

    /// <summary>Ids of articles parted by spaces, the most like it first, whether readers may see them or not; empty for none.</summary>
    public required string Ids { get; set; }
}

/// <summary>What articles are counted by.</summary>
public enum Counted
{
    /// <summary>Articles, courses and lessons that name an author.</summary>
    Author = Taxonomy.Author,

    /// <summary>Those that name a category.</summary>
    Category = Taxonomy.Category,

    /// <summary>Those that name a tag.</summary>
    Tag = Taxonomy.Tag,

    /// <summary>Articles and courses in a section.</summary>
    Section = 10,

    /// <summary>Articles and courses that were published in a year.</summary>
    Year = 11,
}

/// <summary>How many articles readers see of those that have something in common; no row for none.</summary>
public sealed class Count
{
    public Counted Counted { get; set; }

    /// <summary>The term's key, the section's name, or the year in digits.</summary>
    public required string Key { get; set; }

    /// <summary>As of the last sync, or the last time that the clock let some come or go.</summary>
    public int Articles { get; set; }
}

/// <summary>A further address of an article.</summary>
public sealed class Alias
{
    public required string Address { get; set; }

    public int ArticleId { get; set; }
}

/// <summary>An address that an article had and has no more, learned when it was renamed or deleted.</summary>
public sealed class Redirect
{
    /// <summary>The address that readers may still ask for; <c>content:</c> and a content path for a file that articles still link to.</summary>
    public required string Address { get; set; }

    /// <summary>The address of the article now; null when it was deleted.</summary>
    public string? Target { get; set; }

    /// <summary>The content path that the article had.</summary>
    public required string Path { get; set; }

    /// <summary>SHA-256 of the article as it was, by which it is known again.</summary>
    public required string Hash { get; set; }

    /// <summary>The article's id in its front matter; null without one.</summary>
    public string? Uid { get; set; }

    /// <summary>Unix milliseconds at which it was learned.</summary>
    public long At { get; set; }
}

/// <summary>A link or image that should exist on this site.</summary>
public sealed class Link
{
    public int Id { get; set; }

    public int ArticleId { get; set; }

    public LinkKind Kind { get; set; }

    /// <summary>As written, but for its fragment.</summary>
    public required string Target { get; set; }

    /// <summary>The canonical address, or the content path, that <see cref="Target"/> means.</summary>
    public required string Address { get; set; }

    public required string Fragment { get; set; }

    public int Line { get; set; }

    public int Column { get; set; }
}

/// <summary>A <see cref="Problem"/> as stored.</summary>
public sealed class ProblemRow
{
    public int Id { get; set; }

    public required string Path { get; set; }

    public int Line { get; set; }

    public int Column { get; set; }

    public Severity Severity { get; set; }

    public required string Code { get; set; }

    public required string Message { get; set; }

    public string? Suggestion { get; set; }

    /// <summary>True when it depends on other files, such as a broken link.</summary>
    public bool IsCrossFile { get; set; }

    /// <summary>For a broken link, the content path or address that it leads to; else null.</summary>
    public string? Target { get; set; }

    /// <summary>Unix milliseconds at which it was first found.</summary>
    public long FoundAt { get; set; }

    public Problem ToProblem() => new(Path, Line, Column, Severity, Code, Message, Suggestion);
}

/// <summary>A content file as last read.</summary>
public sealed class Source
{
    public required string Path { get; set; }

    public ContentKind Kind { get; set; }

    public long Size { get; set; }

    /// <summary>Last write time, UTC ticks.</summary>
    public long ModifiedAt { get; set; }

    /// <summary>SHA-256 in lower-case hex; empty for a file that was not read: a film or download, or one that can't be read.</summary>
    public required string Hash { get; set; }

    /// <summary>Unix milliseconds of the last commit that touched the file; null when git does not know it, or has not been asked.</summary>
    public long? CommittedAt { get; set; }
}

/// <summary>A named value that belongs to the catalogue as a whole.</summary>
public sealed class Fact
{
    public required string Name { get; set; }

    public required string Value { get; set; }
}
