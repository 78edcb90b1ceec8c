using System.Text.Encodings.Web;
using AspNetCoreGeneratedDocument;
using Microsoft.AspNetCore.Mvc;

namespace Blog.Site.Shared;

/// <summary>Answers with a page of the site.</summary>
public abstract class PageResult : ActionResult
{
    private const string Html = "text/html; charset=utf-8";

    /// <summary>What is shown. Filters may put another of its kind in its place.</summary>
    public abstract Page Page { get; set; }

    /// <summary>The view, given what it shows.</summary>
    protected abstract SiteView View();

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var (http, writer) = (context.HttpContext, PageWriter.Rent());
        writer.Context.HttpContext = http;
        var layout = new Site_Shared__Layout { Model = Page };
        await layout.Write(writer.Context, http.RequestServices.GetRequiredService<HtmlEncoder>(), View());
        http.Response.ContentType = Html;
        // Whoever asked may have gone, but others wait for the page.
        await http.Response.Body.WriteAsync(writer.Written, CancellationToken.None);
        PageWriter.Return(writer);
    }
}

/// <summary>Answers with a page of one kind.</summary>
/// <param name="view">A new view of it.</param>
/// <param name="page">What is shown.</param>
public sealed class PageResult<TPage>(SiteView<TPage> view, TPage page) : PageResult
    where TPage : Page
{
    public override Page Page { get; set; } = page;

    protected override SiteView View()
    {
        view.Model = (TPage)Page;
        return view;
    }
}
