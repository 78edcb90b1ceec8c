using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Language;
using Blog.Site.Shared;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Blog.Site.Errors;

/// <summary>What readers see when there is no page, or when we failed to make it.</summary>
public sealed class ErrorsController(SiteCatalogue catalogue, CatalogueKeeper keeper, CatalogueContext db, Words words, TimeProvider clock, ILogger<ErrorsController> log) : Controller
{
    private const int Suggestions = 3;
    private const int TitlesToSearch = 2000;

    public async Task<IActionResult> Show(int? status, CancellationToken cancelled)
    {
        var failed = HttpContext.Features.Get<IExceptionHandlerFeature>();
        if (failed is not null) keeper.RepairAfter(failed.Error);
        var path = HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? failed?.Path;
        var code = failed is not null ? StatusCodes.Status500InternalServerError : path is null ? StatusCodes.Status404NotFound : status is >= 400 and <= 599 ? status.Value : StatusCodes.Status404NotFound;
        Response.StatusCode = code;
        Response.Headers.CacheControl = code is StatusCodes.Status404NotFound or StatusCodes.Status410Gone ? "public, max-age=60" : "no-store";
        var site = catalogue.State;
        var head = new PageHead { Title = code switch { 404 => words["NotFoundTitle"], 410 => words["GoneTitle"], _ => words["ErrorTitle"] }, Language = site.Settings.Language, NoIndex = true };
        return View(new ErrorPage(site, head, code, code is 404 or 410 && path is not null ? await Similar(path, site, cancelled) : []));
    }

    /// <summary>Articles whose address resembles the one that was asked for; none when even the catalogue fails.</summary>
    private async Task<IReadOnlyList<ArticleCard>> Similar(string path, SiteState site, CancellationToken cancelled)
    {
        try
        {
            var words = Slug.From(path.Split('/')[^1]).Split('-').Where(word => word.Length > 2).Take(6).ToHashSet();
            if (words.Count == 0) return [];
            var slugs = await db.Articles.Published(clock.GetUtcNow()).Listed().NewestFirst().Take(TitlesToSearch).Select(article => new { article.Id, article.Slug }).ToListAsync(cancelled);
            var best = slugs.Select(article => (article.Id, Score: article.Slug.Split('-').Count(words.Contains))).Where(article => article.Score > 0).OrderByDescending(article => article.Score).Take(Suggestions).Select(article => article.Id).ToList();
            return await db.Articles.Where(article => best.Contains(article.Id)).AsCards(db, site, cancelled);
        }
        catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException or InvalidOperationException)
        {
            log.LogWarning(e, "No suggestions for {Path}", path);
            return [];
        }
    }
}
