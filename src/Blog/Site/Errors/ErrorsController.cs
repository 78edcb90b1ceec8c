using AspNetCoreGeneratedDocument;
using Blog.Catalogue;
using Blog.Catalogue.Search;
using Blog.Site.Language;
using Blog.Site.PageCache;
using Blog.Site.Shared;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Blog.Site.Errors;

/// <summary>What readers see when there is no page, or when we failed to make it.</summary>
public sealed class ErrorsController(SiteCatalogue catalogue, CatalogueKeeper keeper, SearchReader search, SimilarArticles similar, PageAnswer answer, Words words) : ControllerBase
{
    public IActionResult Show(int? status)
    {
        var failed = HttpContext.Features.Get<IExceptionHandlerFeature>();
        if (failed is not null) keeper.RepairAfter(failed.Error);
        var path = HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? failed?.Path;
        var code = failed is not null ? StatusCodes.Status500InternalServerError : path is null ? StatusCodes.Status404NotFound : status is >= 400 and <= 599 ? status.Value : StatusCodes.Status404NotFound;
        Response.StatusCode = code;
        // What is not there may come.
        if (code is StatusCodes.Status404NotFound or StatusCodes.Status410Gone) answer.SendAsPassing(Response.Headers);
        else Response.Headers.CacheControl = "no-store";
        var site = catalogue.State;
        var head = new PageHead { Title = code switch { 404 => words["NotFoundTitle"], 410 => words["GoneTitle"], _ => words["ErrorTitle"] }, Language = site.Settings.Language, NoIndex = true };
        return new PageResult<ErrorPage>(new Site_Errors_Show(), new ErrorPage(site, head, code, code is 404 or 410 && path is not null ? similar.To(path, search) : []));
    }
}
