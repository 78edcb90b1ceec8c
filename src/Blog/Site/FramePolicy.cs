using Blog.Site.Shared;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Blog.Site;

/// <summary>Allows a page the frames that it needs, and no other: one of our own to a page with diagrams, those of players to one with something from elsewhere.</summary>
internal sealed class FramePolicy : IResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is PageResult { Page: var page } && (page.HasDiagrams || page.HasPlayers)) context.HttpContext.Response.Headers.ContentSecurityPolicy = SecurityHeaders.PolicyWith(page.HasDiagrams, page.HasPlayers);
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
