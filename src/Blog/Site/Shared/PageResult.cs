using System.Text.Encodings.Web;
using AspNetCoreGeneratedDocument;
using Blog.Catalogue;
using Blog.Site.Images;
using Microsoft.AspNetCore.Mvc;

namespace Blog.Site.Shared;

/// <summary>Answers with a page of the site.</summary>
public abstract class PageResult : ActionResult
{
    private const string Html = "text/html; charset=utf-8";

    /// <summary>What is shown.</summary>
    protected abstract Page Page { get; set; }

    /// <summary>The view, given what it shows.</summary>
    protected abstract SiteView View();

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        Page = http.RequestServices.GetRequiredService<PicturesOfPage>().Add(Page);
        // Nothing more is asked: the reader is for others while the answer is made and sent.
        http.RequestServices.GetRequiredService<CatalogueSession>().Release();
        // The frames that it needs, and no other.
        if (Page.HasDiagrams || Page.HasPlayers) http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.PolicyWith(Page.HasDiagrams, Page.HasPlayers);
        var writer = PageWriter.Rent();
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
    protected override Page Page { get; set; } = page;

    protected override SiteView View()
    {
        view.Model = (TPage)Page;
        return view;
    }
}
