using System.Globalization;
using System.Xml;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.PageCache;
using Blog.Site.Shared;
using Microsoft.EntityFrameworkCore;

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

    private static async Task Write(HttpContext context, CatalogueContext db, SiteCatalogue catalogue, SiteAddress address, PageAnswer answer, TimeProvider clock, int? part)
    {
        var (now, cancelled) = (clock.GetUtcNow(), context.RequestAborted);
        var pages = db.Articles.Published(now).Where(article => !article.NoIndex && article.CanonicalUrl == null && article.Kind != ArticleKind.SectionIndex).OrderBy(article => article.Permalink);
        var parts = (await pages.CountAsync(cancelled) + MaxEntries - 1) / MaxEntries;
        if (part is < 1 || part > parts)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        answer.SendAsPassing(context.Response.Headers);
        context.Response.ContentType = "application/xml; charset=utf-8";
        await using var xml = XmlWriter.Create(context.Response.Body, new XmlWriterSettings { Async = true, Encoding = new System.Text.UTF8Encoding(false) });
        await xml.WriteStartDocumentAsync();
        if (parts > 1 && part is null)
        {
            await xml.WriteStartElementAsync(null, "sitemapindex", Namespace);
            for (var i = 1; i <= parts; i++) await Entry(xml, "sitemap", address.Whole(Permalinks.ForSitemapPart(i.ToString(CultureInfo.InvariantCulture))), null);
        }
        else
        {
            await xml.WriteStartElementAsync(null, "urlset", Namespace);
            if (part is null or 1)
                foreach (var url in await Lists(db, catalogue.State, cancelled)) await Entry(xml, "url", address.Whole(url), null);
            await foreach (var page in pages.Skip(((part ?? 1) - 1) * MaxEntries).Take(MaxEntries).Select(article => new { article.Permalink, Changed = article.ModifiedAt ?? article.PublishedAt }).AsAsyncEnumerable().WithCancellation(cancelled))
                await Entry(xml, "url", address.Whole(Permalinks.Escape(page.Permalink)), page.Changed);
        }

        await xml.WriteEndElementAsync();
    }

    private static async Task<List<string>> Lists(CatalogueContext db, SiteState site, CancellationToken cancelled)
    {
        var urls = new List<string> { Permalinks.Home, Permalinks.Archive };
        urls.AddRange(site.Sections.Select(section => Permalinks.Escape(Permalinks.ForSection(section.Name))));
        foreach (var taxonomy in Taxonomies.All)
        {
            var terms = await db.TermCounts(taxonomy, site, cancelled);
            if (terms.Count > 0) urls.Add(site.Permalinks.ForTaxonomy(taxonomy));
            urls.AddRange(terms.Where(term => term.Count > 0).Select(term => term.Term.Url));
        }

        urls.AddRange((await db.Years(cancelled)).Select(year => Permalinks.ForYear(year.Year)).Reverse());
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
