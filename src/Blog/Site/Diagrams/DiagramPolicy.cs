using Blog.Site.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Blog.Site.Diagrams;

/// <summary>Allows a page that has diagrams, and no other, a frame of our own: the one that they are drawn in.</summary>
internal sealed class DiagramPolicy : IResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is ViewResult { Model: Page { HasDiagrams: true } }) context.HttpContext.Response.Headers.ContentSecurityPolicy = SecurityHeaders.PolicyWithDiagrams;
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
