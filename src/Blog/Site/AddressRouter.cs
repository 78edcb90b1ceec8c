using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Preview;
using Microsoft.AspNetCore.Mvc.Routing;

namespace Blog.Site;

/// <summary>Leads every path on the site to its controller, by the one who makes the addresses: <see cref="Permalinks"/>.</summary>
internal sealed class AddressRouter(SiteCatalogue catalogue, PreviewLinks links) : DynamicRouteValueTransformer
{
    public override async ValueTask<RouteValueDictionary> TransformAsync(HttpContext context, RouteValueDictionary values)
    {
        var address = catalogue.State.Permalinks.Match(Permalinks.Canonical(context.Request.Path.Value ?? "/"));
        string? token = context.Request.Query[PreviewLinks.Parameter];
        if ((token is not null || links.IsOpen) && await context.RequestServices.GetRequiredService<PreviewFinder>().Find(address, token, context.RequestAborted) is { } preview)
            return new RouteValueDictionary { ["controller"] = "Articles", ["action"] = "Preview", ["address"] = address, ["preview"] = preview };
        var (controller, action) = address switch
        {
            { Format: not AddressFormat.Html } => ("Feeds", "Show"),
            { Kind: AddressKind.Home } => ("Home", "Index"),
            { Kind: AddressKind.Search } => ("Search", "Index"),
            { Kind: AddressKind.Archive } => ("Archive", "Index"),
            { Kind: AddressKind.Taxonomy } => ("Terms", "Index"),
            { Kind: AddressKind.Term } => ("Terms", "Show"),
            _ => ("Articles", "Show"),
        };
        return new RouteValueDictionary { ["controller"] = controller, ["action"] = action, ["address"] = address };
    }
}
