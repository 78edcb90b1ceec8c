using System.Text.Json;
using Blog.Catalogue;
using Blog.Catalogue.Search;
using Blog.Content;
using Blog.Site.Highlighting;
using Blog.Site.Images;
using Blog.Site.PageCache;
using Blog.Site.Shared;
using Microsoft.EntityFrameworkCore;

namespace Blog.Site.Articles;

/// <summary>Makes the page of an article: the article with all that surrounds it, of which only what readers may see.</summary>
public sealed class ArticlePageReader(CatalogueContext db, SiteCatalogue catalogue, SiteAddress address, CodeHighlighter highlighter, RelatedArticles related, PageFate fate, PageKeys keys, TimeProvider clock)
{
    public async Task<ArticlePage> Read(Article article, CancellationToken cancelled) =>
        await Read(article, await db.Bodies.FirstAsync(body => body.ArticleId == article.Id, cancelled), cancelled);

    /// <summary>The page with another body than the stored one.</summary>
    public async Task<ArticlePage> Read(Article article, ArticleBody body, CancellationToken cancelled)
    {
        var (site, now) = (catalogue.State, clock.GetUtcNow());
        var html = await Shown(body.Html, article.HasFileLinks, article.CoverImage is null, cancelled);
        var terms = (await db.TermsOf([article], site, cancelled))[article.Id].ToList();
        var authors = await Authors(article, cancelled);
        var outline = JsonSerializer.Deserialize<List<OutlineEntry>>(body.Outline) ?? [];
        var (previous, next) = await Neighbours(article, now, cancelled);
        var course = await CourseOf(article, now, cancelled);
        var series = article.SeriesKey is null ? [] : await db.Articles.Published(now).Where(other => other.SeriesKey == article.SeriesKey)
            .OrderBy(other => other.SeriesOrder ?? int.MaxValue).ThenBy(other => other.PublishedAt).ThenBy(other => other.Path).ToListAsync(cancelled);
        var linked = series.Select(other => Permalinks.Escape(other.Permalink)).Concat(course?.Lessons.Select(lesson => lesson.Url) ?? []).Append(previous?.Url).Append(next?.Url).Append(course?.Url).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var parents = Parents(article, course, site);
        var like = article.IsListed ? await related.To(article, linked, cancelled) : [];
        keys.AddWhole(article);
        keys.Add(series);
        keys.Add(terms);
        keys.Add(like);
        if (article.SeriesKey is { } key) keys.Add(SurrogateKeys.Series(key));
        return new ArticlePage(site, Head(article, terms, parents, site))
        {
            Article = article,
            Html = html,
            Outline = outline,
            Terms = terms,
            AuthorProfiles = authors,
            Previous = previous,
            Next = next,
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
    public async Task<string> Shown(string html, bool hasFileLinks, bool isFirstSeen, CancellationToken cancelled)
    {
        if (hasFileLinks)
        {
            var found = await db.AddressesOf(FileLinks.In(html), cancelled);
            html = FileLinks.Resolve(html, path => FileLinks.Candidates(path).Select(candidate => found.GetValueOrDefault(candidate)).FirstOrDefault(url => url is not null));
        }

        var pictures = PictureHtml.AddressesIn(html).ToList();
        keys.AddPictures(pictures);
        html = PictureHtml.ForPage(html, await db.PicturesAt(pictures, cancelled), isFirstSeen);
        (html, var isFinal) = await highlighter.Shown(html, cancelled);
        if (!isFinal) fate.IsPassing = true;
        return html;
    }

    private Task<List<Term>> Authors(Article article, CancellationToken cancelled) => (
        from named in db.ArticleTerms
        where named.ArticleId == article.Id && named.Taxonomy == Taxonomy.Author
        join term in db.Terms on new { named.Taxonomy, named.Key } equals new { term.Taxonomy, term.Key }
        orderby named.Position
        select term).ToListAsync(cancelled);

    /// <summary>The articles published next before and after this one in its section; none for undated ones, pages and lessons.</summary>
    private async Task<(PageLink? Previous, PageLink? Next)> Neighbours(Article article, DateTimeOffset now, CancellationToken cancelled)
    {
        if (article.Kind is not (ArticleKind.Article or ArticleKind.Course) || article.PublishedAt is not { } date) return (null, null);
        var others = db.Articles.Published(now).Listed().InSection(article.Section).Where(other => other.PublishedAt != null && other.Id != article.Id);
        var previous = await others.Where(other => other.PublishedAt <= date).Where(other => other.PublishedAt < date || (other.PublishedAt == date && string.Compare(other.Path, article.Path) < 0)).OrderByDescending(other => other.PublishedAt).ThenByDescending(other => other.Path).FirstOrDefaultAsync(cancelled);
        var next = await others.Where(other => other.PublishedAt >= date).Where(other => other.PublishedAt > date || (other.PublishedAt == date && string.Compare(other.Path, article.Path) > 0)).OrderBy(other => other.PublishedAt).ThenBy(other => other.Path).FirstOrDefaultAsync(cancelled);
        keys.Add(new[] { previous, next }.OfType<Article>());
        return (PageLink.To(previous), PageLink.To(next));
    }

    /// <summary>The course that the article is, or is a lesson of; null for all else.</summary>
    private async Task<CourseView?> CourseOf(Article article, DateTimeOffset now, CancellationToken cancelled)
    {
        var path = article.ParentPath ?? article.Path;
        // Whether or not it is there: its parts come and go under its name.
        keys.Add(SurrogateKeys.Article(path));
        var course = article.ParentPath is null ? article : await db.Articles.Published(now).FirstOrDefaultAsync(parent => parent.Path == path, cancelled);
        if (course is null) return null;
        var parts = await db.Articles.Published(now).Where(part => part.ParentPath == path).OrderBy(part => part.Position).ToListAsync(cancelled);
        keys.Add(parts);
        return parts.Count == 0 ? null : new CourseView(course.Title, Permalinks.Escape(course.Permalink),
            parts.Select(part => new LessonLink(part.Title, Permalinks.Escape(part.Permalink), part.Module, part.ReadingMinutes, part.Id == article.Id)).ToList());
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
