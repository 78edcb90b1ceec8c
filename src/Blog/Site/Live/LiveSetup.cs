using Blog.Content;
using Blog.Site.Assets;

namespace Blog.Site.Live;

/// <summary>Pages that follow what their author saves, and show what is wrong with it: in Development only.</summary>
internal static class LiveSetup
{
    public static void AddLiveReload(this IServiceCollection services)
    {
        services.AddSingleton<LiveAssets>();
        services.AddSingleton<LiveChanges>();
        services.AddScoped<LiveProblems>();
    }

    public static void MapLiveReload(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) return;
        app.MapGet(Permalinks.Changes, (LiveChanges changes, CancellationToken cancelled) => TypedResults.ServerSentEvents(changes.Follow(cancelled)));
        app.MapGet(Permalinks.Problems, async (LiveProblems problems, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return TypedResults.Json(await problems.Of([.. context.Request.Query["path"].OfType<string>()], context.RequestAborted));
        });
        app.MapGet("/assets/live.{hash}.css", (string hash, LiveAssets assets) => AssetsEndpoints.Built(assets.Css, "text/css; charset=utf-8"));
        app.MapGet("/assets/live.{hash}.js", (string hash, LiveAssets assets) => AssetsEndpoints.Built(assets.Js, "text/javascript; charset=utf-8"));
    }
}
