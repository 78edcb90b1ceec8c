using System.Globalization;
using System.IO.Pipelines;
using System.Text;
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
        var sent = new SentHeaders(headers);
        Describe(ref sent, page, page.State.Version, page.Keys);
        if (tag is not null)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            headers.ETag = tag == "*" ? page.In(coding).Tag : tag;
            return Task.CompletedTask;
        }

        var (etag, body) = page.In(coding);
        DescribeWhole(ref sent, page, coding, etag);
        headers.ContentLength = body.Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : Write(response, body);
    }

    /// <summary>Writes the same answer as it goes over a connection of HTTP/1.1 (RFC 9112), where it is a plain one.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="page">What is asked for.</param>
    /// <param name="coding">In which coding, if it has any.</param>
    /// <param name="known">The tags that the client has; empty for none.</param>
    /// <param name="now">The <c>Date</c> of the answer.</param>
    /// <returns>Bytes that were written; 0 for an answer that takes more: time, room, or a look at many tags.</returns>
    internal int Write(PipeWriter output, CachedPage page, ContentCoding coding, ReadOnlySpan<byte> known, DateTimeOffset now)
    {
        if (!page.IsCompressible) coding = ContentCoding.Identity;
        if (!page.IsReadyIn(coding)) return 0;
        var (tag, body) = page.In(coding);
        // Another may find meanwhile that the page is still right, and as of when.
        var (version, keys) = (page.State.Version, page.Keys);
        var isKnown = !known.IsEmpty;
        if (isKnown ? !Ascii.Equals(known, tag) : body.Length > MaxAtOnce) return 0;
        var size = new HeadSize();
        DescribeAll(ref size);
        if (!size.IsSendable) return 0;
        var head = new HeadWriter(output.GetSpan(size.Bytes + (isKnown ? 0 : body.Length)));
        DescribeAll(ref head);
        if (!isKnown) body.CopyTo(head.Rest);
        var written = head.Bytes + (isKnown ? 0 : body.Length);
        output.Advance(written);
        return written;

        void DescribeAll<THead>(ref THead head)
            where THead : IAnswerHead, allows ref struct
        {
            head.Start(isKnown ? StatusCodes.Status304NotModified : StatusCodes.Status200OK);
            head.Set(HeaderNames.Date, now);
            Describe(ref head, page, version, keys);
            if (isKnown)
            {
                head.Set(HeaderNames.ETag, tag);
            }
            else
            {
                DescribeWhole(ref head, page, coding, tag);
                head.Set(HeaderNames.ContentLength, body.Length);
            }

            head.End();
        }
    }

    /// <summary>True when the answer takes no reckoning: the bytes that the request wants are there.</summary>
    internal static bool IsReady(HttpRequest request, CachedPage page) => page.IsReadyIn(CodingFor(request, page));

    private static ContentCoding CodingFor(HttpRequest request, CachedPage page) => page.IsCompressible ? ContentCodings.Best(request.Headers.AcceptEncoding) ?? ContentCoding.Identity : ContentCoding.Identity;

    /// <summary>Has caches keep for a moment what is no finished page, such as the sitemap, and let go of it with every change.</summary>
    /// <param name="headers">Of the answer.</param>
    public void SendAsPassing(IHeaderDictionary headers)
    {
        headers.CacheControl = _brief;
        var sent = new SentHeaders(headers);
        NameKeys(ref sent, $"{SurrogateKeys.Any} {SurrogateKeys.Site}");
    }

    /// <summary>What is said of a page to those who have it, too.</summary>
    private void Describe<THeaders>(ref THeaders headers, CachedPage page, string version, string keys)
        where THeaders : IHeaders, allows ref struct
    {
        headers.Set(HeaderNames.CacheControl, page.CacheControl ?? (page.IsPassing ? _brief : _lasting));
        if (page.IsCompressible) headers.Set(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        headers.Set(VersionHeader, version);
        NameKeys(ref headers, keys);
    }

    private static void DescribeWhole<THeaders>(ref THeaders headers, CachedPage page, ContentCoding coding, string tag)
        where THeaders : IHeaders, allows ref struct
    {
        foreach (var (name, value) in page.Headers) headers.Set(name, value);
        headers.Set(HeaderNames.ETag, tag);
        if (coding != ContentCoding.Identity) headers.Set(HeaderNames.ContentEncoding, ContentCodings.NameOf(coding));
    }

    private void NameKeys<THeaders>(ref THeaders headers, string keys)
        where THeaders : IHeaders, allows ref struct
    {
        if (keys.Length == 0) return;
        if (_namesKeys) headers.Set("Surrogate-Key", keys);
        if (_namesTags) headers.Set("Cache-Tag", keys.Replace(' ', ','));
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
