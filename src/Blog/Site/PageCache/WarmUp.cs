using Blog.Catalogue;
using Blog.Content;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Blog.Site.PageCache;

/// <summary>
/// Makes the home page and that of the newest article while the server still opens its ports, so that the first reader does not wait for all that a process does once:
/// compiling what pages need, shortening style sheets, opening the catalogue. Where nobody connects, as in an export, there is no first reader, and nothing is done.
/// </summary>
internal sealed class WarmUp(SiteCatalogue catalogue, IServiceScopeFactory scopes, IServer server, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<WarmUp> log) : IStartupFilter, IHostedService
{
    private Task _made = Task.CompletedTask;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(rest =>
        {
            // Called when the pipeline is whole, which is just before the server starts.
            if (server.GetType().Assembly == typeof(KestrelServerOptions).Assembly) _made = Task.Run(() => MakeAsync(rest, lifetime.ApplicationStopping));
            return rest;
        });
        next(app);
    };

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What a page is made with goes only after it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) => await _made.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task MakeAsync(RequestDelegate site, CancellationToken stopping)
    {
        try
        {
            await catalogue.Ready.WaitAsync(stopping);
            await Make(site, Permalinks.Home, stopping);
            if (!stopping.IsCancellationRequested && Newest() is { } newest) await Make(site, newest, stopping);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whoever asks for it is told.
            log.LogDebug(e, "No page was made ahead");
        }
    }

    private string? Newest()
    {
        using var scope = scopes.CreateScope();
        return scope.ServiceProvider.GetRequiredService<CatalogueSession>().Reader.Newest(ArticleList.All, 0, 1, clock.GetUtcNow()).FirstOrDefault()?.Permalink;
    }

    private async Task Make(RequestDelegate site, string path, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = stopping };
        (context.Request.Method, context.Request.Scheme, context.Request.Host, context.Request.Path, context.Request.Protocol) = (HttpMethods.Get, Uri.UriSchemeHttp, new HostString("localhost"), path, HttpProtocol.Http11);
        context.Response.Body = Stream.Null;
        await site(context);
    }
}
