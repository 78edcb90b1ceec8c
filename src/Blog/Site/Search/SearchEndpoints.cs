using System.Globalization;
using System.Xml.Linq;
using Blog.Catalogue;
using Blog.Catalogue.Search;
using Blog.Content;
using Blog.Content.Search;
using Blog.Site.Language;
using Blog.Site.Shared;

namespace Blog.Site.Search;

/// <summary>Suggestions while a reader types, and the description by which browsers search here (OpenSearch 1.1).</summary>
internal static class SearchEndpoints
{
    private const int Most = 6;
    private static readonly XNamespace OpenSearch = "http://a9.com/-/spec/opensearch/1.1/";

    public static void MapSearch(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Permalinks.SearchSuggestions, ["GET", "HEAD"], Suggest).RequireRateLimiting(SearchLimits.Policy);
        routes.MapMethods(Permalinks.OpenSearch, ["GET", "HEAD"], Describe);
    }

    private static IResult Suggest(HttpContext context, SearchReader reader, Words words, string? q)
    {
        var cards = reader.Suggest(SearchQuery.Parse(q), Most);
        context.Response.Headers.CacheControl = "public, max-age=60";
        context.Response.Headers["X-Robots-Tag"] = "noindex";
        return Results.Json(new Suggestions(words.Count("SearchResults", cards.Count), [.. cards.Select(card => new Suggestion(card.Title, card.Url, card.Language, string.Join(", ", card.Categories.Select(category => category.Name))))]));
    }

    private static IResult Describe(SiteCatalogue catalogue, SiteAddress address, Words words)
    {
        var settings = catalogue.State.Settings;
        var description = new XElement(OpenSearch + "OpenSearchDescription",
            // The specification allows no more characters than these.
            new XElement(OpenSearch + "ShortName", Cut(settings.Title, 16)),
            new XElement(OpenSearch + "LongName", Cut(settings.Title, 48)),
            new XElement(OpenSearch + "Description", Cut(settings.Description ?? settings.Tagline ?? words.Format("SearchFor", settings.Title), 1024)),
            new XElement(OpenSearch + "InputEncoding", "UTF-8"),
            new XElement(OpenSearch + "Language", settings.Language),
            new XElement(OpenSearch + "Url", new XAttribute("type", "text/html"), new XAttribute("rel", "results"), new XAttribute("template", address.Whole(Permalinks.Search) + "?q={searchTerms}")),
            new XElement(OpenSearch + "Url", new XAttribute("type", "application/opensearchdescription+xml"), new XAttribute("rel", "self"), new XAttribute("template", address.Whole(Permalinks.OpenSearch))));
        return Results.Text("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + description, "application/opensearchdescription+xml; charset=utf-8");
    }

    private static string Cut(string text, int length)
    {
        var info = new StringInfo(text);
        var elements = Math.Min(info.LengthInTextElements, length);
        while (elements > 0 && info.SubstringByTextElements(0, elements).Length > length) elements--;
        return elements == 0 ? "" : info.SubstringByTextElements(0, elements);
    }

    /// <summary>What is suggested.</summary>
    /// <param name="Status">How many there are, in words, for those who hear the page.</param>
    private sealed record Suggestions(string Status, IReadOnlyList<Suggestion> Items);

    private sealed record Suggestion(string Title, string Url, string? Language, string Note);
}
