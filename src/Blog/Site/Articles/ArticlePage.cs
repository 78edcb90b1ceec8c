using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Images;
using Blog.Site.Shared;

namespace Blog.Site.Articles;

/// <summary>An article, page, course or lesson with all that surrounds it.</summary>
public sealed record ArticlePage(SiteState Site, PageHead Head) : Page(Site, Head)
{
    private const int EntriesForContents = 3;

    private IReadOnlyList<OutlineEntry>? _contents;

    public required Article Article { get; init; }

    /// <summary>The body, clean and with its links resolved.</summary>
    public required ShownBody Body { get; init; }

    public override bool HasDiagrams => Body.Has(BodyFeatures.Diagrams);

    public override bool HasPlayers => Article.VideoId is not null || Body.Has(BodyFeatures.Players);

    /// <summary>True when pictures in the text have a larger view.</summary>
    public bool HasZoom => Body.Has(BodyFeatures.Zoom);

    public override bool HasParts => Preview is not null || Course is not null || Series.Count > 0 || Article.VideoId is not null || Body.Has(BodyFeatures.Parts);

    public required IReadOnlyList<OutlineEntry> Outline { get; init; }

    public required IReadOnlyList<TermLink> Terms { get; init; }

    /// <summary>The authors with their bios, in the article's order.</summary>
    public required IReadOnlyList<Term> AuthorProfiles { get; init; }

    /// <summary>The article published before; null for the first.</summary>
    public PageLink? Previous { get; init; }

    /// <summary>The article published after; null for the newest.</summary>
    public PageLink? Next { get; init; }

    /// <summary>Null outside of courses.</summary>
    public CourseView? Course { get; init; }

    /// <summary>All articles of the series in order; empty outside of one.</summary>
    public required IReadOnlyList<PageLink> Series { get; init; }

    /// <summary>Articles that are about the same and are not linked to above; empty for pages and lessons.</summary>
    public IReadOnlyList<ArticleCard> Related { get; init; } = [];

    /// <summary>What keeps the file from being shown; empty but for the preview of a broken one.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>The picture above the article; null without one.</summary>
    public PictureView? Cover => Article.CoverImage is { } url ? PictureView.Cover(url, Pictures.GetValueOrDefault(url), Article.CoverAlt ?? "") : null;

    public override IEnumerable<string?> PictureAddresses => [Article.CoverImage, .. Terms.Select(term => term.Avatar), .. AuthorProfiles.Select(author => author.Avatar)];

    public IEnumerable<TermLink> Of(Taxonomy taxonomy) => Terms.Where(term => term.Taxonomy == taxonomy);

    /// <summary>What the table of contents lists: headings of the two upper levels, where there are enough of them or the article asks for it.</summary>
    public IReadOnlyList<OutlineEntry> Contents => _contents ??= ContentsOf();

    /// <summary>Shown only when the article or git says that it changed, on a later day than it was published: the time of a file is also that of its last copy.</summary>
    public DateTimeOffset? Updated => Article is { Modified: { } modified, ModifiedFrom: ModifiedSource.FrontMatter or ModifiedSource.Commit } && (Article.Published is not { } published || Day(modified) != Day(published) && modified > published) ? modified : null;

    private IReadOnlyList<OutlineEntry> ContentsOf()
    {
        if (Article.Toc == false || Outline.Count == 0) return [];
        var top = Outline.Min(entry => entry.Level);
        var entries = Outline.Where(entry => entry.Level <= top + 1).ToList();
        return Article.Toc == true || entries.Count >= EntriesForContents && Article.Kind != ArticleKind.Page ? entries : [];
    }
}

/// <summary>The HTML of a body as a page shows it.</summary>
public sealed class ShownBody
{
    private readonly BodyFeatures _features;

    internal ShownBody(string html, BodyFeatures features) => (Html, _features) = (html, features);

    public string Html { get; }

    /// <summary>Whether there is something of that kind in it.</summary>
    internal bool Has(BodyFeatures feature) => (_features & feature) != 0;
}

/// <summary>A course and its lessons in order.</summary>
public sealed record CourseView(string Title, string Url, IReadOnlyList<LessonLink> Lessons)
{
    /// <summary>The rows of all of them.</summary>
    public IReadOnlyList<int> Ids { get; init; } = [];

    private int Here => Lessons.ToList().FindIndex(lesson => lesson.IsHere);

    /// <summary>Number of the lesson that is shown, from 1; 0 on the course's own page.</summary>
    public int Number => Here + 1;

    /// <summary>The lesson before, or null.</summary>
    public LessonLink? Previous => Here > 0 ? Lessons[Here - 1] : null;

    /// <summary>The lesson after, or the first one on the course's own page; null after the last.</summary>
    public LessonLink? Next => Here + 1 < Lessons.Count ? Lessons[Here + 1] : null;
}

/// <summary>A lesson as its course lists it.</summary>
public sealed record LessonLink(string Title, string Url, string? Module, int Minutes, bool IsHere);

/// <summary>The index of a section.</summary>
/// <param name="Body">The section's own words above the list; null without any.</param>
public sealed record SectionPage(SiteState Site, PageHead Head, Section Section, ShownBody? Body, IReadOnlyList<ArticleCard> Articles, Pager Pager) : Page(Site, Head)
{
    public override IEnumerable<string?> PictureAddresses => Articles.Select(card => card.CoverImage);

    public override bool HasDiagrams => Body?.Has(BodyFeatures.Diagrams) == true;

    public override bool HasPlayers => Body?.Has(BodyFeatures.Players) == true;
}
