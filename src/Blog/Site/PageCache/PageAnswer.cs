using System.Buffers;
using Microsoft.Net.Http.Headers;

namespace Blog.Site.PageCache;

/// <summary>Sends finished pages by RFC 9110 and RFC 9111: in the best coding, or only that nothing has changed.</summary>
internal static class PageAnswer
{
    /// <summary>Browsers ask each time whether a page has changed, which costs a few bytes; caches that many readers share keep it for a moment, and longer where the site can't be reached.</summary>
    public const string CacheControl = "public, max-age=0, s-maxage=5, stale-while-revalidate=10, stale-if-error=86400";

    /// <summary>Names the content that the answer is of.</summary>
    public const string VersionHeader = "X-Content-Version";

    // Bytes: as many as Kestrel holds of a response before it waits for the reader.
    private const int MaxAtOnce = 48 * 1024;

    public static Task Send(HttpContext context, CachedPage page)
    {
        var (request, response) = (context.Request, context.Response);
        var headers = response.Headers;
        var coding = page.IsCompressible ? ContentCodings.Best(request.Headers.AcceptEncoding) ?? ContentCoding.Identity : ContentCoding.Identity;
        headers.CacheControl = page.CacheControl;
        if (page.IsCompressible) headers.Vary = HeaderNames.AcceptEncoding;
        headers[VersionHeader] = page.State.Version;
        if (request.Headers.IfNoneMatch is { Count: > 0 } known && Matching(known, page) is { } tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            headers.ETag = tag == "*" ? page.In(coding).Tag : tag;
            return Task.CompletedTask;
        }

        var (etag, body) = page.In(coding);
        foreach (var (name, value) in page.Headers) headers[name] = value;
        headers.ETag = etag;
        if (coding != ContentCoding.Identity) headers.ContentEncoding = ContentCodings.NameOf(coding);
        headers.ContentLength = body.Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : Write(response, body);
    }

    /// <summary>Small bodies go out with their headers, in one step when the request ends; what is bigger than a connection's buffer waits for who reads slowly.</summary>
    private static Task Write(HttpResponse response, byte[] body)
    {
        if (body.Length > MaxAtOnce) return response.Body.WriteAsync(body, 0, body.Length, CancellationToken.None);
        response.BodyWriter.Write(body);
        return Task.CompletedTask;
    }

    /// <summary>The one of the tags that names this page, by weak comparison (RFC 9110, 13.1.2); null for none.</summary>
    private static string? Matching(Microsoft.Extensions.Primitives.StringValues known, CachedPage page)
    {
        if (known.Count == 1 && known[0] is { } only && !only.Contains(',', StringComparison.Ordinal) && page.HasTag(only)) return only;
        if (!EntityTagHeaderValue.TryParseList(known, out var tags)) return null;
        foreach (var tag in tags)
            if (tag.Tag == "*" || page.HasTag(tag.Tag)) return tag.Tag.ToString();
        return null;
    }
}
