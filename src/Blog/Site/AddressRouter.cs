using Blog.Catalogue;
using Blog.Content;
using Microsoft.AspNetCore.Mvc.Routing;

namespace Blog.Site;

/// <summary>Leads every path on the site to its controller, by the one who makes the addresses: <see cref="Permalinks"/>.</summary>
internal sealed class AddressRouter(SiteCatalogue catalogue) : DynamicRouteValueTransformer
{
    public override ValueTask<RouteValueDictionary> TransformAsync(HttpContext context, RouteValueDictionary values)
    {
        var address = catalogue.State.Permalinks.Match(Permalinks.Canonical(context.Request.Path.Value ?? "/"));
        var (controller, action) = address switch
        {
            { Format: not AddressFormat.Html } => ("Feeds", "Show"),
            { Kind: AddressKind.Home } => ("Home", "Index"),
            { Kind: AddressKind.Archive } => ("Archive", "Index"),
            { Kind: AddressKind.Taxonomy } => ("Terms", "Index"),
            { Kind: AddressKind.Term } => ("Terms", "Show"),
            _ => ("Articles", "Show"),
        };
        return ValueTask.FromResult(new RouteValueDictionary { ["controller"] = controller, ["action"] = action, ["address"] = address });
    }
}
