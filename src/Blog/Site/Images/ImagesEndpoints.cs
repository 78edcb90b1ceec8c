using Blog.Content;
using Blog.Images;
using Blog.Site.Assets;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace Blog.Site.Images;

/// <summary>Serves pictures under addresses of their content.</summary>
internal static class ImagesEndpoints
{
    public static void MapImages(this IEndpointRouteBuilder routes) => routes.MapMethods(Permalinks.AssetPrefix + "{name}", ["GET", "HEAD"], Show);

    private static async Task Show(HttpContext context, string name, VariantKeeper variants, VariantStore store)
    {
        // In place of a picture, nobody wants a page.
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        if (VariantRequest.Parse(name) is not { } asked)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var variant = await variants.Find(asked, context.RequestAborted);
        if (variant.State == VariantState.Busy && Nearest(store, asked) is { } nearest)
        {
            context.Response.Headers.CacheControl = "no-store";
            await Results.File(nearest, PictureFormats.MediaType(asked.Extension)).ExecuteAsync(context);
            return;
        }

        switch (variant.State)
        {
            case VariantState.Made:
                context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                if (asked.Extension == "svg") context.Response.Headers.ContentSecurityPolicy = AssetsEndpoints.PictureAlone;
                var (type, tag) = (PictureFormats.MediaType(asked.Extension), new EntityTagHeaderValue($"\"{asked.Name}\""));
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

    /// <summary>The same picture in another size, for now: the nearest width that has been made.</summary>
    private static string? Nearest(VariantStore store, VariantRequest asked) => asked.Width is not { } width ? null
        : store.Made(asked.Hash, asked.Extension).Select(path => (Path: path, VariantRequest.Parse(Path.GetFileName(path))?.Width)).Where(made => made.Width is not null).OrderBy(made => Math.Abs(made.Width!.Value - width)).Select(made => made.Path).FirstOrDefault();
}
