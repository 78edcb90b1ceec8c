using Blog.Catalogue;
using Blog.Site.Preview;

namespace Blog.Site.PageCache;

/// <summary>Answers with a finished page where there is one, before anything else looks at the request.</summary>
internal sealed class PageLookup(RequestDelegate next, PageStore store, PageAnswer answer, PreviewLinks previews)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        // Where previews are open to everybody, any address may show one.
        var path = store.IsOn && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && !previews.IsOpen && !AsksForPreview(request) ? request.Path.Value : null;
        if (path is null || store.Find(path) is not { } page) return Elsewhere(context, null, path);
        if (AsksForPart(request, page)) return Elsewhere(context, null, null);
        return PageAnswer.IsReady(request, page) ? answer.Send(context, page) : Elsewhere(context, page, null);
    }

    /// <summary>True for a part of a picture, as who goes on with what broke off asks for (RFC 9110, 14.2). A page is sent whole, since it may be another by now.</summary>
    private static bool AsksForPart(HttpRequest request, CachedPage page) => !page.IsCompressible && request.Headers.Range.Count > 0;

    /// <summary>Whoever has to wait or to reckon does so on a thread of the pool: the one that is here takes requests from the network (<see cref="Transport"/>).</summary>
    private async Task Elsewhere(HttpContext context, CachedPage? page, string? path)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (path is not null) page = store.FindOnDisk(path);
        await (page is null ? next(context) : answer.Send(context, page));
    }

    /// <summary>True for the one parameter that makes another page of an address.</summary>
    internal static bool AsksForPreview(HttpRequest request) => request.QueryString.HasValue && request.Query.ContainsKey(PreviewLinks.Parameter);
}

/// <summary>Keeps what is rendered, where that is marked <see cref="CachedAttribute"/>; whoever asks for the same meanwhile waits for it.</summary>
internal sealed class PageKeeping(RequestDelegate next, PageStore store, PageAnswer answer, PreviewLinks previews, SiteCatalogue catalogue)
{
    private static readonly HashSet<string> NotKept = new(StringComparer.OrdinalIgnoreCase) { "Content-Length", "Content-Encoding", "Transfer-Encoding", "Vary", "ETag", "Cache-Control", "Date", "Server", PageAnswer.VersionHeader };

    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (previews.IsOpen || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || context.GetEndpoint()?.Metadata.GetMetadata<CachedAttribute>() is null || PageLookup.AsksForPreview(request) || request.Path.Value is not { } path)
        {
            await next(context);
            return;
        }

        if (!store.IsOn)
        {
            await SendWhole(context);
            return;
        }

        while (true)
        {
            var state = catalogue.State;
            var (result, isMine) = store.Begin(path, state);
            // Another may have finished since it was looked for.
            if (isMine && store.Find(path) is { } kept)
            {
                store.Finish(path, state, new Rendering(kept, false));
                await answer.Send(context, kept);
                return;
            }

            if (isMine)
            {
                await Render(context, path, state);
                return;
            }

            var rendering = await result.WaitAsync(context.RequestAborted);
            if (rendering.Page is { } page)
            {
                await answer.Send(context, page);
                return;
            }

            if (rendering.IsAbandoned) continue;
            store.CountRendering();
            await next(context);
            return;
        }
    }

    /// <summary>Sends what is rendered in one piece and with its length, not piece by piece as the view comes to it.</summary>
    private async Task SendWhole(HttpContext context)
    {
        var (body, buffer) = (context.Response.Body, PageBuffers.Rent());
        context.Response.Body = buffer;
        try { await next(context); }
        finally { context.Response.Body = body; }
        if (buffer.Length > 0)
        {
            context.Response.ContentLength = buffer.Length;
            await body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), context.RequestAborted);
        }

        PageBuffers.Return(buffer);
    }

    private async Task Render(HttpContext context, string path, SiteState state)
    {
        var rendering = new Rendering(null, true);
        var (body, buffer) = (context.Response.Body, PageBuffers.Rent());
        CachedPage? page;
        try
        {
            store.CountRendering();
            context.Response.Body = buffer;
            try { await next(context); }
            finally { context.Response.Body = body; }
            page = Finished(context, path, state, buffer);
            rendering = new Rendering(page, false);
        }
        finally
        {
            store.Finish(path, state, rendering);
        }

        if (page is not null) await answer.Send(context, page);
        // Nothing at all is for others to fill: with the page for what is missing.
        else if (buffer.Length > 0) await body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), context.RequestAborted);
        PageBuffers.Return(buffer);
    }

    /// <summary>The page that was rendered; null for what is none, such as a redirect.</summary>
    private CachedPage? Finished(HttpContext context, string path, SiteState state, MemoryStream buffer)
    {
        var response = context.Response;
        if (response.StatusCode != StatusCodes.Status200OK || buffer.Length == 0 || response.Headers.ContainsKey("Set-Cookie") || response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.Ordinal)) return null;
        SecurityHeaders.Speculate(response.Headers);
        var isPassing = context.RequestServices.GetRequiredService<PageFate>().IsPassing;
        var page = Described(response, buffer.ToArray(), context.RequestServices.GetRequiredService<PageKeys>().ToString(), state, isPassing);
        return isPassing ? page : store.Keep(path, page);
    }

    /// <summary>What is sent, as the headers of an answer describe it.</summary>
    internal static CachedPage Described(HttpResponse response, byte[] content, string keys, SiteState state, bool isPassing, string? name = null)
    {
        var headers = response.Headers.Where(header => !NotKept.Contains(header.Key)).OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase).Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())).ToArray();
        var lasts = response.Headers.CacheControl.ToString();
        var isPicture = response.ContentType is { } type && type.StartsWith("image/", StringComparison.Ordinal) && !type.StartsWith("image/svg", StringComparison.Ordinal);
        return new CachedPage(content, headers, keys, state, lasts.Contains("immutable", StringComparison.Ordinal) ? lasts : null, !isPicture, name) { IsPassing = isPassing };
    }
}
