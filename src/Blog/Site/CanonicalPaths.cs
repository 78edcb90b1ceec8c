using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Assets;

namespace Blog.Site;

/// <summary>Answers every other spelling of an address with a permanent redirect to the canonical one.</summary>
internal sealed class CanonicalPaths(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (!(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) || path.StartsWith("/health/", StringComparison.OrdinalIgnoreCase)) return next(context);
        var canonical = Permalinks.Canonical(path);
        if (canonical == path || path.StartsWith(StyleSheet.Prefix, StringComparison.Ordinal)) return next(context);
        context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        context.Response.Headers.Location = Permalinks.Escape(canonical) + context.Request.QueryString;
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Task.CompletedTask;
    }
}

/// <summary>Until a whole catalogue is there, says so instead of answering with half a site.</summary>
internal sealed class ReadyGate(RequestDelegate next, SiteCatalogue catalogue)
{
    private const string Words = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>One moment</title><h1>One moment</h1><p>The site is reading its articles for the first time. Please try again in a few seconds.</p></html>";

    public Task InvokeAsync(HttpContext context)
    {
        if (catalogue.IsReady || context.Request.Path.StartsWithSegments("/health")) return next(context);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "2";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/html; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(Words, context.RequestAborted);
    }
}
