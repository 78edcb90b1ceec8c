using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Images;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Blog.Site.Assets;

/// <summary>Serves what is not a page: the style sheet, files beside articles, and <c>static/</c>.</summary>
internal static class AssetsEndpoints
{
    private static readonly FileExtensionContentTypeProvider Types = new(new Dictionary<string, string>(new FileExtensionContentTypeProvider().Mappings, StringComparer.OrdinalIgnoreCase)
    {
        [".avif"] = "image/avif",
        [".md"] = "text/markdown",
        [".yml"] = "text/yaml",
    });

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/assets/site.{hash}.css", ["GET", "HEAD"], (string hash, StyleSheet sheet) => Built(sheet.Css, "text/css; charset=utf-8"));
        routes.MapMethods("/assets/site.{hash}.js", ["GET", "HEAD"], (string hash, StyleSheet sheet) => Built(sheet.Js, "text/javascript; charset=utf-8"));
    }

    /// <summary>What is served under an address that changes with its content.</summary>
    public static IResult Built(byte[] bytes, string type) => new Immutable(bytes, type);

    /// <summary>Answers for files of the content folder before any page does: they may have names that no page may have.</summary>
    public static IApplicationBuilder UseContentFiles(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var path = context.Request.Path.Value ?? "";
        if ((HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) && path.Length > 1 && Find(path, context.RequestServices.GetRequiredService<SiteCatalogue>().Folder) is { } file)
        {
            context.Response.Headers.CacheControl = "public, max-age=3600, stale-while-revalidate=86400";
            if (file.Type == "image/svg+xml") context.Response.Headers.ContentSecurityPolicy = ImagesEndpoints.DrawingPolicy;
            var info = new FileInfo(file.Full);
            await Results.File(file.Full, file.Type, null, info.LastWriteTimeUtc, new EntityTagHeaderValue($"\"{info.Length:x}-{info.LastWriteTimeUtc.Ticks:x}\""), true).ExecuteAsync(context);
            return;
        }

        await next(context);
    });

    private static (string Full, string Type)? Find(string path, ContentFolder folder)
    {
        if (path.Contains("/.", StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal)) return null;
        var isMedia = path.StartsWith(Permalinks.AssetPrefix, StringComparison.Ordinal);
        var name = isMedia ? path[Permalinks.AssetPrefix.Length..] : "static" + path;
        if (ContentLayout.KindOf(name) != (isMedia ? ContentKind.Asset : ContentKind.Static) || folder.Resolve(name) is not { } full) return null;
        return (full, Types.TryGetContentType(full, out var type) ? (type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type) : "application/octet-stream");
    }

    /// <summary>What its address names for ever.</summary>
    private sealed class Immutable(byte[] bytes, string type) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            await Results.Bytes(bytes, type).ExecuteAsync(context);
        }
    }
}
