using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Assets;
using Blog.Site.Shared;
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

    /// <summary>Opens the previous catalogue, and does of what the first pages need all that can be done before there is a pipeline, while that is put together. What fails here does so again at the start, and is told there.</summary>
    public static Task BeginAsync(IServiceProvider services) => Task.Run(() =>
    {
        try { Begin(services); }
        catch (Exception e) when (e is not OutOfMemoryException) { services.GetService<ILogger<WarmUp>>()?.LogDebug(e, "Nothing was made ready ahead"); }
    });

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(rest =>
        {
            // Called when the pipeline is whole, which is just before the server starts.
            if (IsOnNetwork(server)) _made = Task.Run(() => MakeAsync(rest, lifetime.ApplicationStopping));
            return rest;
        });
        next(app);
    };

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What a page is made with goes only after it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) => await _made.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static void Begin(IServiceProvider services)
    {
        if (services.GetRequiredService<CatalogueKeeper>().Open() is not { } site || !IsOnNetwork(services.GetRequiredService<IServer>())) return;
        using (var lease = services.GetRequiredService<CatalogueReaders>().Rent())
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            lease.Reader.PageOf(ArticleList.All, Permalinks.Home, 1, site, now);
            lease.Reader.TermCounts(Taxonomy.Category, site);
        }

        services.GetRequiredService<StyleSheet>();
    }

    private static bool IsOnNetwork(IServer server) => server.GetType().Assembly == typeof(KestrelServerOptions).Assembly;

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
