using System.Globalization;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.PageCache;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Blog.Site.Assets;

/// <summary>Serves what is not a page: the style sheet, files beside articles, and <c>static/</c>.</summary>
internal static class AssetsEndpoints
{
    /// <summary>For a picture that is opened by itself: the browser may style the page that it shows it on, and a script within it must not run as ours.</summary>
    internal const string PictureAlone = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

    private static readonly FileExtensionContentTypeProvider Types = new(new Dictionary<string, string>(new FileExtensionContentTypeProvider().Mappings, StringComparer.OrdinalIgnoreCase)
    {
        [".avif"] = "image/avif",
        [".md"] = "text/markdown",
        [".yml"] = "text/yaml",
    });

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/assets/site.{hash}.css", ["GET", "HEAD"], (string hash, StyleSheet sheet) => Built(sheet.Css, "text/css; charset=utf-8"));
        routes.MapMethods("/assets/parts.{hash}.css", ["GET", "HEAD"], (string hash, StyleSheet sheet) => Built(sheet.Parts, "text/css; charset=utf-8"));
        routes.MapMethods("/assets/site.{hash}.js", ["GET", "HEAD"], (string hash, StyleSheet sheet) => Built(sheet.Js, "text/javascript; charset=utf-8"));
        routes.MapMethods("/assets/theme.{hash}.js", ["GET", "HEAD"], (string hash, StyleSheet sheet) => Built(sheet.EarlyJs, "text/javascript; charset=utf-8"));
        routes.MapMethods("/assets/icon.{hash}.svg", ["GET", "HEAD"], (string hash, HttpContext context, StyleSheet sheet) =>
        {
            context.Response.Headers.ContentSecurityPolicy = PictureAlone;
            return Built(sheet.Icon, "image/svg+xml");
        });
        // Browsers ask for it with whatever is no page, such as a picture by itself; an author's own is found before this.
        routes.MapMethods("/favicon.ico", ["GET", "HEAD"], (HttpContext context, StyleSheet sheet, PageAnswer answer) =>
        {
            answer.SendAsPassing(context.Response.Headers);
            return Results.Redirect(sheet.IconUrl);
        });
        routes.MapMethods(SpeculationRules.Url, ["GET", "HEAD"], () => Built(SpeculationRules.Asset, "application/speculationrules+json"));
    }

    /// <summary>What is served under an address that changes with its content.</summary>
    public static IResult Built(BuiltAsset asset, string type) => new Immutable(asset, type);

    /// <summary>Answers for files of the content folder before any page does: they may have names that no page may have.</summary>
    public static IApplicationBuilder UseContentFiles(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var path = context.Request.Path.Value ?? "";
        if ((HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) && path.Length > 1 && Find(path, context.RequestServices.GetRequiredService<SiteCatalogue>().Folder) is { } file)
        {
            context.Response.Headers.CacheControl = "public, max-age=3600, stale-while-revalidate=86400";
            if (file.Type.StartsWith("image/", StringComparison.Ordinal)) context.Response.Headers.ContentSecurityPolicy = PictureAlone;
            var info = new FileInfo(file.Full);
            await Results.File(file.Full, file.Type, null, info.LastWriteTimeUtc, new EntityTagHeaderValue(TagOf(info.Length, info.LastWriteTimeUtc.Ticks)), true).ExecuteAsync(context);
            return;
        }

        await next(context);
    });

    /// <summary>The entity tag of a file of the content folder.</summary>
    /// <param name="size">In bytes.</param>
    /// <param name="modifiedAt">Last write time, UTC ticks.</param>
    internal static string TagOf(long size, long modifiedAt) => string.Create(CultureInfo.InvariantCulture, $"\"{size:x}-{modifiedAt:x}\"");

    private static (string Full, string Type)? Find(string path, ContentFolder folder)
    {
        if (path.Contains("/.", StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal)) return null;
        var isMedia = path.StartsWith(Permalinks.AssetPrefix, StringComparison.Ordinal);
        var name = isMedia ? path[Permalinks.AssetPrefix.Length..] : "static" + path;
        if (isMedia && ContentLayout.KindOf(name) != ContentKind.Asset || folder.Resolve(name) is not { } full) return null;
        return (full, Types.TryGetContentType(full, out var type) ? (type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type) : "application/octet-stream");
    }

    /// <summary>What its address names for ever.</summary>
    private sealed class Immutable(BuiltAsset asset, string type) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            var headers = context.Response.Headers;
            // Pages that a cache kept may ask for what there was before: they get what there is now, but not for ever.
            headers.CacheControl = context.Request.Path == asset.Url ? "public, max-age=31536000, immutable" : "public, max-age=60";
            headers.Vary = "Accept-Encoding";
            var accepted = context.Request.GetTypedHeaders().AcceptEncoding.Where(encoding => encoding.Quality is not 0).Select(encoding => encoding.Value.Value).ToList();
            var (bytes, encoding) = accepted.Contains("br") ? (asset.Brotli, "br") : accepted.Contains("gzip") ? (asset.Gzip, "gzip") : (asset.Bytes, null);
            if (encoding is not null) headers.ContentEncoding = encoding;
            await Results.Bytes(bytes, type).ExecuteAsync(context);
        }
    }
}
