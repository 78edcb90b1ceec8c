using Blog.Site.PageCache;
using Microsoft.AspNetCore.Mvc;

namespace Blog.Site.Feeds;

/// <summary>Answers with a feed, as RSS 2.0 or Atom 1.0.</summary>
/// <param name="feed">What it has.</param>
/// <param name="isRss">In which of the two.</param>
public sealed class FeedResult(Feed feed, bool isRss) : ActionResult
{
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        var buffer = PageBuffers.Rent();
        if (isRss) FeedFormats.WriteRss(feed, buffer);
        else FeedFormats.WriteAtom(feed, buffer);
        (response.ContentType, response.ContentLength) = (isRss ? "application/rss+xml; charset=utf-8" : "application/atom+xml; charset=utf-8", buffer.Length);
        // Whoever asked may have gone, but others wait for the feed.
        await response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), CancellationToken.None);
        PageBuffers.Return(buffer);
    }
}
