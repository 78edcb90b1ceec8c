using System.Globalization;
using System.Xml;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.PageCache;
using Blog.Site.Shared;

namespace Blog.Site.Sitemap;

/// <summary>The sitemap (sitemaps.org protocol 0.9), in parts of its largest size, and robots.txt (RFC 9309).</summary>
internal static class SitemapEndpoints
{
    private const int MaxEntries = 50_000;
    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public static void MapSitemap(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Permalinks.Robots, ["GET", "HEAD"], (SiteAddress address) => Results.Text($"User-agent: *\nAllow: /\n\nSitemap: {address.Whole(Permalinks.Sitemap)}\n", "text/plain; charset=utf-8"));
        routes.MapMethods(Permalinks.Sitemap, ["GET", "HEAD"], Write);
        routes.MapMethods(Permalinks.ForSitemapPart("{part:int}"), ["GET", "HEAD"], Write);
    }

    private static async Task Write(HttpContext context, CatalogueSession session, SiteCatalogue catalogue, SiteAddress address, PageAnswer answer, TimeProvider clock, int? part)
    {
        var now = clock.GetUtcNow();
        var parts = (session.Reader.CountForSitemap(now) + MaxEntries - 1) / MaxEntries;
        if (part is < 1 || part > parts)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var isIndex = parts > 1 && part is null;
        var lists = isIndex || part > 1 ? [] : Lists(session.Reader, catalogue.State);
        var pages = isIndex ? [] : session.Reader.Sitemap(((part ?? 1) - 1) * MaxEntries, MaxEntries, now);
        session.Release();
        answer.SendAsPassing(context.Response.Headers);
        context.Response.ContentType = "application/xml; charset=utf-8";
        await using var xml = XmlWriter.Create(context.Response.Body, new XmlWriterSettings { Async = true, Encoding = new System.Text.UTF8Encoding(false) });
        await xml.WriteStartDocumentAsync();
        if (isIndex)
        {
            await xml.WriteStartElementAsync(null, "sitemapindex", Namespace);
            for (var i = 1; i <= parts; i++) await Entry(xml, "sitemap", address.Whole(Permalinks.ForSitemapPart(i.ToString(CultureInfo.InvariantCulture))), null);
        }
        else
        {
            await xml.WriteStartElementAsync(null, "urlset", Namespace);
            foreach (var url in lists) await Entry(xml, "url", address.Whole(url), null);
            foreach (var (permalink, changedAt) in pages) await Entry(xml, "url", address.Whole(Permalinks.Escape(permalink)), changedAt);
        }

        await xml.WriteEndElementAsync();
    }

    private static List<string> Lists(CatalogueReader reader, SiteState site)
    {
        var urls = new List<string> { Permalinks.Home, Permalinks.Archive };
        urls.AddRange(site.Sections.Select(section => Permalinks.Escape(Permalinks.ForSection(section.Name))));
        foreach (var taxonomy in Taxonomies.All)
        {
            var terms = reader.TermCounts(taxonomy, site);
            if (terms.Count > 0) urls.Add(site.Permalinks.ForTaxonomy(taxonomy));
            urls.AddRange(terms.Where(term => term.Count > 0).Select(term => term.Term.Url));
        }

        urls.AddRange(reader.Years().Select(year => Permalinks.ForYear(year.Year)).Reverse());
        return urls;
    }

    private static async Task Entry(XmlWriter xml, string element, string url, long? changed)
    {
        await xml.WriteStartElementAsync(null, element, Namespace);
        await xml.WriteElementStringAsync(null, "loc", Namespace, url);
        if (changed is { } moment) await xml.WriteElementStringAsync(null, "lastmod", Namespace, DateTimeOffset.FromUnixTimeMilliseconds(moment).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        await xml.WriteEndElementAsync();
    }
}
