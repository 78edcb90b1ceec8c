using Blog.Content.Components;
using Blog.Site.Assets;

namespace Blog.Site;

/// <summary>The headers that keep a page to what we wrote: no foreign script, style or frame but the players that a reader asks for.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private static readonly string Policy = string.Join("; ",
        "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' https: data:", "media-src 'self' https:", "font-src 'self'", "connect-src 'self'",
        "frame-src " + string.Join(' ', EmbedProvider.All.Select(provider => new Uri(provider.Player.Replace("{id}", "x", StringComparison.Ordinal)).GetLeftPart(UriPartial.Authority))),
        "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'self'");

    private static readonly string Speculation = $"\"{SpeculationRules.Url}\"";

    /// <summary>The policy of a page with diagrams, which are drawn in a frame of our own.</summary>
    public static string PolicyWithDiagrams { get; } = Policy.Replace("frame-src ", "frame-src 'self' ", StringComparison.Ordinal);

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), interest-cohort=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        context.Response.OnStarting(static state =>
        {
            Speculate((IHeaderDictionary)state);
            return Task.CompletedTask;
        }, headers);
        return next(context);
    }

    /// <summary>Only a page has links to follow, and the frame of diagrams is none.</summary>
    internal static void Speculate(IHeaderDictionary headers)
    {
        if (headers.ContentType.ToString().StartsWith("text/html", StringComparison.Ordinal) && !headers.ContentSecurityPolicy.ToString().Contains("; sandbox", StringComparison.Ordinal)) headers["Speculation-Rules"] = Speculation;
    }
}
