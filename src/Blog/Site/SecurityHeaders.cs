using Blog.Content.Components;
using Blog.Site.Assets;

namespace Blog.Site;

/// <summary>The headers that keep a page to what we wrote: no foreign script, style or frame but the players that a reader asks for.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    // What is not named here, scripts and styles above all, is as by default: from this site only.
    private const string WithoutFrames = "default-src 'self'; img-src 'self' https: data:; media-src 'self' https:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; frame-src ";

    private static readonly string Players = string.Join(' ', EmbedProvider.All.Select(provider => new Uri(provider.Player.Replace("{id}", "x", StringComparison.Ordinal)).GetLeftPart(UriPartial.Authority)));

    private static readonly string[] Policies = [WithoutFrames + "'none'", WithoutFrames + "'self'", WithoutFrames + Players, $"{WithoutFrames}'self' {Players}"];

    private static readonly string Speculation = $"\"{SpeculationRules.Url}\"";

    /// <summary>The policy of a page with frames.</summary>
    /// <param name="diagrams">True for the frame of our own that diagrams are drawn in.</param>
    /// <param name="players">True for what is played from elsewhere.</param>
    public static string PolicyWith(bool diagrams, bool players) => Policies[(diagrams ? 1 : 0) + (players ? 2 : 0)];

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policies[0];
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
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
