using System.Globalization;
using System.IO.Pipelines;
using Blog.Catalogue;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Blog.Site.PageCache;

/// <summary>Sends finished pages by RFC 9110 and RFC 9111: in the best coding, or only that nothing has changed.</summary>
public sealed class PageAnswer(IOptions<BlogOptions> options)
{
    private const int BriefSeconds = 5;

    // Bytes: as many as Kestrel holds of a response before it waits for the reader.
    private const int MaxAtOnce = 96 * 1024;

    private readonly string _brief = CacheControlFor(Math.Min(BriefSeconds, options.Value.CacheSeconds));
    private readonly string _lasting = CacheControlFor(options.Value.CacheSeconds);
    private readonly bool _namesKeys = options.Value.SendsCacheKeys && options.Value.Purge.Form != PurgeKind.Cloudflare;
    private readonly bool _namesTags = options.Value.SendsCacheKeys && options.Value.Purge.Form is PurgeKind.Cloudflare or PurgeKind.Generic;

    /// <summary>Names the content that the answer is of.</summary>
    public const string VersionHeader = "X-Content-Version";

    internal Task Send(HttpContext context, CachedPage page)
    {
        var (request, response) = (context.Request, context.Response);
        var headers = response.Headers;
        var coding = CodingFor(request, page);
        var tag = request.Headers.IfNoneMatch is { Count: > 0 } known ? Matching(known, page) : null;
        // Who has the page has the rest of what is said of it (RFC 9110, 15.4.5).
        if (tag is not null) headers.Clear();
        headers.CacheControl = page.CacheControl ?? (page.IsPassing ? _brief : _lasting);
        if (page.IsCompressible) headers.Vary = HeaderNames.AcceptEncoding;
        headers[VersionHeader] = page.State.Version;
        NameKeys(headers, page.Keys);
        if (tag is not null)
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

    /// <summary>True when the answer takes no reckoning: the bytes that the request wants are there.</summary>
    internal static bool IsReady(HttpRequest request, CachedPage page) => page.IsReadyIn(CodingFor(request, page));

    private static ContentCoding CodingFor(HttpRequest request, CachedPage page) => page.IsCompressible ? ContentCodings.Best(request.Headers.AcceptEncoding) ?? ContentCoding.Identity : ContentCoding.Identity;

    /// <summary>Has caches keep for a moment what is no finished page, such as the sitemap, and let go of it with every change.</summary>
    /// <param name="headers">Of the answer.</param>
    public void SendAsPassing(IHeaderDictionary headers)
    {
        headers.CacheControl = _brief;
        NameKeys(headers, $"{SurrogateKeys.Any} {SurrogateKeys.Site}");
    }

    private void NameKeys(IHeaderDictionary headers, string keys)
    {
        if (keys.Length == 0) return;
        if (_namesKeys) headers["Surrogate-Key"] = keys;
        if (_namesTags) headers["Cache-Tag"] = keys.Replace(' ', ',');
    }

    /// <summary>Small bodies go out with their headers, in one step when the request ends; what is bigger than a connection's buffer waits for who reads slowly.</summary>
    private static Task Write(HttpResponse response, byte[] body)
    {
        if (body.Length > MaxAtOnce) return response.Body.WriteAsync(body, 0, body.Length, CancellationToken.None);
        // What is written before the headers is copied once more when they are made.
        var started = response.StartAsync();
        if (!started.IsCompletedSuccessfully) return WriteAfter(started, response, body);
        Put(response.BodyWriter, body);
        return Task.CompletedTask;
    }

    private static async Task WriteAfter(Task started, HttpResponse response, byte[] body)
    {
        await started;
        Put(response.BodyWriter, body);
    }

    /// <summary>In one piece: in pieces as small as Kestrel's own, a feed takes a tenth longer to send.</summary>
    private static void Put(PipeWriter writer, byte[] body)
    {
        body.CopyTo(writer.GetSpan(body.Length));
        writer.Advance(body.Length);
    }

    /// <summary>Browsers ask each time whether a page has changed, which costs a few bytes; caches that many readers share keep it for a while, and longer where the site can't be reached.</summary>
    private static string CacheControlFor(int seconds) => string.Create(CultureInfo.InvariantCulture, $"public, max-age=0, s-maxage={seconds}, stale-while-revalidate=10, stale-if-error=86400");

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
