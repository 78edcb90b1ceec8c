using System.Text.Encodings.Web;
using Blog.Site.Language;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Blog.Site.Shared;

/// <summary>
/// A Razor view of the site. It is written straight to the page, and knows its parts by their classes: to be found by name, given a dictionary and five helpers and put into a buffer of its
/// own, as MVC does with each part of a view, took a fifth of the processor time of an article's page. What MVC injects into its own views is not there.
/// </summary>
public abstract class SiteView : RazorPageBase
{
    private static readonly Task<IHtmlContent> Written = Task.FromResult<IHtmlContent>(HtmlString.Empty);

    /// <summary>The texts in the language of the site.</summary>
    protected Words W { get; private set; } = null!;

    private SiteView? Content { get; set; }

    public override void BeginContext(int position, int length, bool isLiteral)
    {
    }

    public override void EndContext()
    {
    }

    public override void EnsureRenderedBodyOrSections()
    {
    }

    /// <summary>Writes a page.</summary>
    /// <param name="context">Where to, and for what request.</param>
    /// <param name="encoder">For all that is no HTML.</param>
    /// <param name="content">What stands in this view, its layout.</param>
    internal Task Write(ViewContext context, HtmlEncoder encoder, SiteView content)
    {
        (ViewContext, HtmlEncoder, Content, W) = (context, encoder, content, context.HttpContext.RequestServices.GetRequiredService<Words>());
        return ExecuteAsync();
    }

    /// <summary>Writes what the layout is around.</summary>
    protected Task<IHtmlContent> Body() => Write(Content!);

    /// <summary>Writes another view here.</summary>
    /// <param name="view">A new one.</param>
    /// <param name="model">What it shows.</param>
    protected Task<IHtmlContent> Part<TModel>(SiteView<TModel> view, TModel model)
    {
        view.Model = model;
        return Write(view);
    }

    /// <summary>HTML as it is.</summary>
    protected static IHtmlContent Raw(string html) => new HtmlString(html);

    /// <summary>A service of the request.</summary>
    protected T Service<T>() where T : notnull => ViewContext.HttpContext.RequestServices.GetRequiredService<T>();

    private Task<IHtmlContent> Write(SiteView view)
    {
        (view.ViewContext, view.HtmlEncoder, view.W) = (ViewContext, HtmlEncoder, W);
        var writing = view.ExecuteAsync();
        return writing.IsCompletedSuccessfully ? Written : End(writing);
    }

    private static async Task<IHtmlContent> End(Task writing)
    {
        await writing;
        return HtmlString.Empty;
    }
}

/// <summary>A Razor view of something.</summary>
/// <typeparam name="TModel">What it shows.</typeparam>
public abstract class SiteView<TModel> : SiteView
{
    /// <summary>What it shows.</summary>
    public TModel Model { get; set; } = default!;
}
