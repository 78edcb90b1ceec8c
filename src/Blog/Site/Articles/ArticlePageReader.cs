using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Highlighting;
using Blog.Site.Images;
using Blog.Site.PageCache;
using Blog.Site.Shared;

namespace Blog.Site.Articles;

/// <summary>Makes the page of an article: the article with all that surrounds it, of which only what readers may see.</summary>
public sealed class ArticlePageReader(CatalogueSession session, SiteCatalogue catalogue, SiteAddress address, CodeHighlighter highlighter, PageFate fate, PageKeys keys, TimeProvider clock)
{
    // How many articles like it a page names at most.
    private const int MostRelated = 4;

    /// <summary>The page at a canonical path; null when readers may see none there.</summary>
    public async Task<ArticlePage?> At(string permalink, CancellationToken cancelled)
    {
        var reader = session.Reader;
        return reader.ArticleAt(permalink, clock.GetUtcNow()) is { } article ? await Read(article, reader.BodyOf(article.Id), cancelled) : null;
    }

    /// <summary>The page of an article, whether readers may see it or not.</summary>
    public Task<ArticlePage> Read(Article article, CancellationToken cancelled) => Read(article, session.Reader.BodyOf(article.Id), cancelled);

    /// <summary>The page of an article with another body than the stored one.</summary>
    public async Task<ArticlePage> Read(Article article, PageBody body, CancellationToken cancelled)
    {
        var (site, reader, now) = (catalogue.State, session.Reader, clock.GetUtcNow());
        var shown = await Shown(body.Html, article.HasFileLinks, article.CoverImage is null, cancelled);
        var named = reader.TermsOf(article.Id);
        var terms = named.Select(term => reader.LinkTo(term, site)).ToList();
        var (previous, next) = reader.NeighboursOf(article, now);
        var course = CourseOf(reader, article, now);
        var series = article.SeriesKey is null ? [] : reader.Series(article.SeriesKey, now);
        var parents = Parents(article, course, site);
        IReadOnlyList<ArticleCard> like = article.IsListed ? Related(reader, article.Id, series.Select(other => other.Id).Concat(course?.Ids ?? []).Append(previous?.Id ?? 0).Append(next?.Id ?? 0), site, now) : [];
        keys.AddWhole(article);
        keys.Add(new[] { previous, next }.OfType<Article>());
        keys.Add(series);
        keys.Add(terms);
        keys.Add(like);
        if (article.SeriesKey is { } key) keys.Add(SurrogateKeys.Series(key));
        return new ArticlePage(site, Head(article, terms, parents, site))
        {
            Article = article,
            Body = shown,
            Outline = body.Outline,
            Terms = terms,
            AuthorProfiles = named.Where(term => term.Taxonomy == Taxonomy.Author).ToList(),
            Previous = PageLink.To(previous),
            Next = PageLink.To(next),
            Course = course,
            Series = series.Count > 1 ? series.Select(other => new PageLink(other.Title, Permalinks.Escape(other.Permalink), other.Id == article.Id)).ToList() : [],
            Related = like,
            Source = article.Path,
            Path = Permalinks.Escape(article.Permalink),
            Parents = parents,
        };
    }

    /// <summary>The HTML with its links to content files leading to their addresses, its pictures in all their formats and sizes, and its code in colours.</summary>
    /// <param name="html">As stored.</param>
    /// <param name="hasFileLinks">False where it is known that there are no such links.</param>
    /// <param name="isFirstSeen">True where nothing above it is a picture.</param>
    /// <param name="cancelled">Of the request.</param>
    public async Task<ShownBody> Shown(string html, bool hasFileLinks, bool isFirstSeen, CancellationToken cancelled)
    {
        if (hasFileLinks)
        {
            var found = session.Reader.AddressesOf(FileLinks.In(html));
            html = FileLinks.Resolve(html, path => FileLinks.Candidates(path).Select(candidate => found.GetValueOrDefault(candidate)).FirstOrDefault(url => url is not null));
        }

        var features = BodyFeatureFinder.In(html);
        if ((features & BodyFeatures.Pictures) != 0)
        {
            var pictures = PictureHtml.AddressesIn(html).ToList();
            keys.AddPictures(pictures);
            html = PictureHtml.ForPage(html, session.Reader.PicturesAt(pictures), isFirstSeen);
            // Some have a larger view now.
            features = BodyFeatureFinder.In(html);
        }

        if ((features & BodyFeatures.Code) == 0) return new ShownBody(html, features);
        (html, var isFinal) = await highlighter.Shown(html, cancelled);
        if (!isFinal) fate.IsPassing = true;
        return new ShownBody(html, features);
    }

    /// <summary>The articles that are about the same, but for those that the page links to already.</summary>
    private IReadOnlyList<ArticleCard> Related(CatalogueReader reader, int id, IEnumerable<int> linked, SiteState site, DateTimeOffset now)
    {
        // Whatever is found by them now, or will be.
        foreach (var key in reader.WordKeysOf(id)) keys.Add(key);
        return reader.CardsOf(reader.Listed(reader.LikeOf(id).Except(linked), MostRelated, now), site);
    }

    /// <summary>The course that the article is, or is a lesson of; null for all else.</summary>
    private CourseView? CourseOf(CatalogueReader reader, Article article, DateTimeOffset now)
    {
        var path = article.ParentPath ?? article.Path;
        // Whether or not it is there: its parts come and go under its name.
        keys.Add(SurrogateKeys.Article(path));
        var parts = reader.PartsOf(path, now);
        keys.Add(parts);
        if (parts.Count == 0 || (article.ParentPath is null ? article : reader.ArticleOf(path, now)) is not { } course) return null;
        return new CourseView(course.Title, Permalinks.Escape(course.Permalink),
            parts.Select(part => new LessonLink(part.Title, Permalinks.Escape(part.Permalink), part.Module, part.ReadingMinutes, part.Id == article.Id)).ToList())
        { Ids = [course.Id, .. parts.Select(part => part.Id)] };
    }

    /// <summary>The section, and the course of a lesson.</summary>
    private static List<PageLink> Parents(Article article, CourseView? course, SiteState site)
    {
        var parents = new List<PageLink>();
        if (article.Kind != ArticleKind.Page && site.Sections.FirstOrDefault(section => section.Name == article.Section) is { } section) parents.Add(new PageLink(section.Title, Permalinks.Escape(Permalinks.ForSection(section.Name))));
        if (course is { Number: > 0 }) parents.Add(new PageLink(course.Title, course.Url));
        return parents;
    }

    private PageHead Head(Article article, List<TermLink> terms, List<PageLink> parents, SiteState site) => new()
    {
        StructuredData = article.Kind == ArticleKind.Page ? null : ArticleData.Of(article, terms, parents, site, address),
        Title = article.Title,
        Description = article.Description,
        Canonical = article.CanonicalUrl ?? address.Whole(Permalinks.Escape(article.Permalink)),
        Language = article.Language ?? site.Settings.Language,
        Type = article.Kind == ArticleKind.Page ? "website" : "article",
        Image = article.CoverImage is { } cover ? address.Whole(cover) : null,
        ImageAlt = article.CoverAlt,
        Published = article.Published,
        Modified = article.Modified,
        Authors = terms.Where(term => term.Taxonomy == Taxonomy.Author).Select(term => term.Name).ToList(),
        Tags = terms.Where(term => term.Taxonomy == Taxonomy.Tag).Select(term => term.Name).ToList(),
        NoIndex = article.NoIndex,
        Feed = (site.Settings.Title, Permalinks.Home),
    };
}
