using Blog.Catalogue;
using Blog.Content;
using Blog.Images;
using Blog.Site.Assets;
using Blog.Site.PageCache;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace Blog.Site.Images;

/// <summary>Serves pictures under addresses of their content.</summary>
internal static class ImagesEndpoints
{
    public static void MapImages(this IEndpointRouteBuilder routes) => routes.MapMethods(Permalinks.AssetPrefix + "{name}", ["GET", "HEAD"], Show);

    private const string ForEver = "public, max-age=31536000, immutable";

    // Bytes. Those that many readers see are that small; what is bigger comes from the disk each time.
    private const int MostInMemory = 256 * 1024;

    private static async Task Show(HttpContext context, string name, VariantKeeper variants, VariantStore store, PageStore pages, PageAnswer answer, SiteCatalogue catalogue)
    {
        // In place of a picture, nobody wants a page.
        if (context.Features.Get<IStatusCodePagesFeature>() is { } errors) errors.Enabled = false;
        if (VariantRequest.Parse(name) is not { } asked)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var state = catalogue.State;
        var variant = await variants.Find(asked, context.RequestAborted);
        if (variant.State == VariantState.Busy && Nearest(store, asked) is { } nearest)
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.ContentSecurityPolicy = AssetsEndpoints.PictureAlone;
            await Results.File(nearest, PictureFormats.MediaType(asked.Extension)).ExecuteAsync(context);
            return;
        }

        switch (variant.State)
        {
            case VariantState.Made:
                context.Response.Headers.CacheControl = ForEver;
                context.Response.Headers.ContentSecurityPolicy = AssetsEndpoints.PictureAlone;
                var (type, tag) = (PictureFormats.MediaType(asked.Extension), new EntityTagHeaderValue($"\"{asked.Name}\""));
                if (pages.IsOn && context.Request.Headers.Range.Count == 0 && await Small(variant, context.RequestAborted) is { } bytes)
                {
                    context.Response.ContentType = type;
                    await answer.Send(context, pages.Keep(context.Request.Path.Value!, PageKeeping.Described(context.Response, bytes, "", state, false, asked.Name)));
                    break;
                }

                await (variant.Path is { } path ? Results.File(path, type, entityTag: tag, enableRangeProcessing: true) : Results.Bytes(variant.Bytes!, type, entityTag: tag, enableRangeProcessing: true)).ExecuteAsync(context);
                break;
            case VariantState.Broken:
                context.Response.Headers.CacheControl = "no-store";
                context.Response.Redirect(variant.Original!.StartsWith("static/", StringComparison.Ordinal) ? Permalinks.Escape(variant.Original[6..]) : Permalinks.ForAsset(variant.Original));
                break;
            case VariantState.Busy:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = "5";
                context.Response.Headers.CacheControl = "no-store";
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    /// <summary>The bytes of a variant that is kept in memory; null for one that is too big, or that the disk does not keep, so that this is tried again.</summary>
    private static async Task<byte[]?> Small(Variant variant, CancellationToken cancelled)
    {
        if (variant.Path is not { } path) return null;
        try { return new FileInfo(path).Length <= MostInMemory ? await File.ReadAllBytesAsync(path, cancelled) : null; }
        catch (IOException) { return null; }
    }

    /// <summary>The same picture in another size, for now: the nearest width that has been made.</summary>
    private static string? Nearest(VariantStore store, VariantRequest asked) => asked.Width is not { } width ? null
        : store.Made(asked.Hash, asked.Extension).Select(path => (Path: path, VariantRequest.Parse(Path.GetFileName(path))?.Width)).Where(made => made.Width is not null).OrderBy(made => Math.Abs(made.Width!.Value - width)).Select(made => made.Path).FirstOrDefault();
}
