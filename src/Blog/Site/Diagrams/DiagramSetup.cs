using Blog.Site.Assets;

namespace Blog.Site.Diagrams;

/// <summary>Diagrams, which the reader's browser draws with Mermaid.</summary>
internal static class DiagramSetup
{
    // Mermaid writes style sheets and attributes into what it draws, which no page of ours allows. The document that it draws in may have them, and nothing else:
    // no network but its own two scripts, no storage, no way to the page around it but messages.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-scripts";

    private static readonly string[] ReadOnly = ["GET", "HEAD"];

    public static void AddDiagrams(this IServiceCollection services)
    {
        services.AddSingleton<DiagramAssets>();
    }

    public static void MapDiagrams(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/assets/diagrams.{hash}.js", ReadOnly, (string hash, DiagramAssets assets) => AssetsEndpoints.Built(assets.Script, "text/javascript; charset=utf-8"));
        routes.MapMethods("/assets/diagram-frame.{hash}.js", ReadOnly, (string hash, DiagramAssets assets) => AssetsEndpoints.Built(assets.FrameScript, "text/javascript; charset=utf-8"));
        routes.MapMethods("/assets/mermaid.{hash}.js", ReadOnly, (string hash, DiagramAssets assets) => AssetsEndpoints.Built(assets.Mermaid, "text/javascript; charset=utf-8"));
        routes.MapMethods("/assets/diagram.{hash}.html", ReadOnly, (string hash, DiagramAssets assets, HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            return AssetsEndpoints.Built(assets.Frame, "text/html; charset=utf-8");
        });
    }
}
