using Blog.Catalogue;
using Blog.Content;
using Microsoft.EntityFrameworkCore;

namespace Blog.Site.Preview;

/// <summary>Decides whether a request may see the file behind an address instead of what readers see there.</summary>
public sealed class PreviewFinder(CatalogueContext db, SiteCatalogue catalogue, PreviewLinks links, TimeProvider clock)
{
    /// <summary>What the request may see; null for what everybody sees there.</summary>
    /// <param name="asked">The address of the request.</param>
    /// <param name="token">What the request shows to be let in; null for nothing.</param>
    /// <param name="cancelled">Of the request.</param>
    public async Task<PreviewedFile?> Find(Address asked, string? token, CancellationToken cancelled)
    {
        if (asked is not { Kind: AddressKind.Content, Format: AddressFormat.Html, Page: 1 }) return null;
        if (links.Read(token) is { } signed) return await Signed(signed, asked.Name, cancelled);
        return links.IsOpen ? await Open(asked.Name, cancelled) : null;
    }

    /// <summary>The address that a file without an article would have by its place and name.</summary>
    public static string AddressOf(string path, SiteState site)
    {
        var slug = Slug.From(ContentLayout.NameOf(path)) is { Length: > 0 } name ? name : "article";
        return ContentLayout.KindOf(path) switch
        {
            ContentKind.SectionIndex => Permalinks.ForSection(ContentLayout.SectionOf(path)),
            ContentKind.Page => site.Permalinks.ForPage(slug),
            _ => site.Permalinks.ForArticle(ContentLayout.SectionOf(path), slug, null),
        };
    }

    /// <summary>A link follows its article to another address, but shows nothing at an address that was never the article's.</summary>
    private async Task<PreviewedFile?> Signed(PreviewToken token, string asked, CancellationToken cancelled)
    {
        var article = await db.Articles.FirstOrDefaultAsync(row => row.Path == token.Path, cancelled);
        var own = article?.Permalink ?? (catalogue.Folder.Find(token.Path) is null ? null : AddressOf(token.Path, catalogue.State));
        return own is not null && (asked == own || asked == token.Permalink) ? new PreviewedFile(token.Path, own, article, token) : null;
    }

    /// <summary>Whatever has the address and is not shown to readers as it is.</summary>
    private async Task<PreviewedFile?> Open(string asked, CancellationToken cancelled)
    {
        if (await db.Articles.FirstOrDefaultAsync(row => row.Permalink == asked, cancelled) is { } article)
            return article.Kind == ArticleKind.SectionIndex || (article.BrokenSince is null && article.StateAt(clock.GetUtcNow()) == ArticleState.Live) ? null : new PreviewedFile(article.Path, asked, article, null);
        var files = await db.Problems.Where(problem => problem.Severity > Severity.Info && !db.Articles.Any(row => row.Path == problem.Path)).Select(problem => problem.Path).Distinct().ToListAsync(cancelled);
        return files.Where(path => ContentLayout.KindOf(path) is ContentKind.Article or ContentKind.Page && AddressOf(path, catalogue.State) == asked && catalogue.Folder.Find(path) is not null)
            .Order(StringComparer.Ordinal).Select(path => new PreviewedFile(path, asked, null, null)).FirstOrDefault();
    }
}

/// <summary>A content file that a request may see as it is now.</summary>
/// <param name="Path">Its content path.</param>
/// <param name="Permalink">The address that it has, or would have.</param>
/// <param name="Article">Its row; null for a file that never was an article.</param>
/// <param name="Token">What the request was let in with; null where none is needed.</param>
public sealed record PreviewedFile(string Path, string Permalink, Article? Article, PreviewToken? Token);
