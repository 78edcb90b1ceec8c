using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Articles;
using Blog.Site.Shared;

namespace Blog.Site.Preview;

/// <summary>Makes the page of a file as it is now: from the catalogue where that shows it, else from the file itself, as far as it can be read.</summary>
public sealed class PreviewReader(CatalogueContext db, SiteCatalogue catalogue, ArticlePageReader pages, TimeProvider clock, ILogger<PreviewReader> log)
{
    // Settings and components: what decides how an article is rendered.
    private static readonly string[] RuleFiles = ["components", "site.yaml", "site.yml"];

    public async Task<ArticlePage> Read(PreviewedFile file, CancellationToken cancelled)
    {
        var isBroken = file.Article is not { BrokenSince: null };
        var page = isBroken ? await FromFile(file, cancelled) : await pages.Read(file.Article!, cancelled);
        var head = new PageHead { Title = page.Head.Title, Language = page.Head.Language, NoIndex = true, IsPreview = true };
        return page with { Head = head, Preview = PreviewNotice.For(file, page, clock.GetUtcNow()), Problems = isBroken ? await ProblemsOf(file.Path, cancelled) : [] };
    }

    private async Task<ArticlePage> FromFile(PreviewedFile file, CancellationToken cancelled)
    {
        var document = Document(file.Path);
        var body = new PageBody(document?.Html ?? "", document?.Outline ?? []);
        return await pages.Read(Row(file, document), body, cancelled);
    }

    /// <summary>The file as far as it can be read; null when it can't be read at all.</summary>
    private ArticleDocument? Document(string path)
    {
        if (catalogue.Folder.Find(path) is not { } found) return null;
        try
        {
            var source = catalogue.Folder.Read(found);
            var rules = ContentRules.Read(catalogue.Folder, catalogue.Folder.Find(RuleFiles).Files, catalogue.State.Settings).Rendering;
            var document = ArticleReader.Read(source, found.Kind, rules);
            // A text without front matter is no article, but it can be shown as a page can.
            if (!document.IsArticle && source.IsReadable) document = ArticleReader.Read(source, ContentKind.Page, rules);
            return document.IsArticle ? document : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogError(e, "Reading {Path} for its preview failed", path);
            return null;
        }
    }

    /// <summary>What the file says of itself, and where it says nothing what its last good version said.</summary>
    private static Article Row(PreviewedFile file, ArticleDocument? document)
    {
        var (last, said) = (file.Article, document?.Metadata ?? new ArticleMetadata());
        return new Article
        {
            Id = last?.Id ?? 0,
            Path = file.Path,
            // Of what can't be read there is nothing to say but its title.
            Kind = document is null || document.Kind == ContentKind.Page ? ArticleKind.Page : last?.Kind ?? ArticleKind.Article,
            Section = last?.Section ?? ContentLayout.SectionOf(file.Path),
            Slug = last?.Slug ?? "",
            Wanted = file.Permalink,
            Permalink = file.Permalink,
            Title = document?.Title ?? last?.Title ?? Slug.Humanise(ContentLayout.NameOf(file.Path)),
            Description = said.Description ?? "",
            IsExcerpt = said.Description is null,
            PublishedAt = said.PublishedAt?.ToUnixTimeMilliseconds() ?? last?.PublishedAt,
            ModifiedAt = said.ModifiedAt?.ToUnixTimeMilliseconds(),
            ModifiedFrom = said.ModifiedAt is null ? ModifiedSource.Unknown : ModifiedSource.FrontMatter,
            Toc = said.Toc,
            Language = said.Language ?? last?.Language,
            CoverImage = document?.CoverImage,
            CoverAlt = said.CoverAlt,
            VideoId = said.VideoId,
            ReadingMinutes = document?.ReadingMinutes ?? 1,
            ParentPath = last?.ParentPath,
            HasFileLinks = true,
            Hash = "",
        };
    }

    private Task<IReadOnlyList<Problem>> ProblemsOf(string path, CancellationToken cancelled) =>
        db.Problems.Where(problem => problem.Path == path).OrderByDescending(problem => problem.Severity).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column).AsProblems(db, cancelled);
}
