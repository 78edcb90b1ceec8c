using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Assets;
using Microsoft.EntityFrameworkCore;

namespace Blog.Export;

/// <summary>The addresses of a site that the catalogue knows of. What only pages name, such as pictures in their sizes, is found on the pages.</summary>
/// <param name="Files">Files of <c>static/</c>, and those beside articles that readers may see, with what tells their version.</param>
/// <param name="Pages">Pages, lists, feeds, and what machines read.</param>
/// <param name="Old">Those that articles had or go by besides their own, which may lead on.</param>
internal sealed record SiteAddresses(IReadOnlyDictionary<string, string> Files, IReadOnlyList<string> Pages, IReadOnlyList<string> Old)
{
    public static async Task<SiteAddresses> Read(CatalogueContext db, SiteState site, DateTimeOffset now, CancellationToken cancelled) =>
        new(await FilesOf(db, now, cancelled), await PagesOf(db, site, now, cancelled), await OldOf(db, cancelled));

    /// <summary>Not those of a draft, even though whoever knew the address of its pictures could see them: here there would be a list of them.</summary>
    private static async Task<Dictionary<string, string>> FilesOf(CatalogueContext db, DateTimeOffset now, CancellationToken cancelled)
    {
        var published = (await db.Articles.Published(now).Select(article => article.Path).ToListAsync(cancelled)).ToHashSet(StringComparer.Ordinal);
        var hidden = (await db.Articles.Select(article => article.Path).ToListAsync(cancelled)).Where(path => ContentLayout.IsBundle(path) && !published.Contains(path)).Select(path => path[..path.LastIndexOf('/')]).ToHashSet(StringComparer.Ordinal);
        var files = await db.Sources.Where(source => source.Kind == ContentKind.Static || source.Kind == ContentKind.Asset).Select(source => new { source.Path, source.Kind, source.Size, source.ModifiedAt }).ToListAsync(cancelled);
        return files.Where(file => file.Kind == ContentKind.Static || !IsBelow(file.Path, hidden)).ToDictionary(file => file.Kind == ContentKind.Static ? file.Path["static".Length..] : Permalinks.AssetPrefix + file.Path, file => AssetsEndpoints.TagOf(file.Size, file.ModifiedAt), StringComparer.Ordinal);
    }

    private static bool IsBelow(string path, HashSet<string> folders)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            if (folders.Contains(path[..slash])) return true;
        return false;
    }

    private static async Task<List<string>> PagesOf(CatalogueContext db, SiteState site, DateTimeOffset now, CancellationToken cancelled)
    {
        var pages = new List<string> { Permalinks.Archive, Permalinks.Search, Permalinks.OpenSearch, Permalinks.Robots, Permalinks.Sitemap, SpeculationRules.Url };
        AddList(Permalinks.Home, await db.CountListed(null, cancelled));
        foreach (var section in site.Sections) AddList(Permalinks.ForSection(section.Name), await db.CountListed(section.Name, cancelled));
        foreach (var taxonomy in Taxonomies.All)
        {
            pages.Add(site.Permalinks.ForTaxonomy(taxonomy));
            var counts = await db.Counts.Where(count => count.Counted == (Counted)taxonomy).ToDictionaryAsync(count => count.Key, count => count.Articles, cancelled);
            foreach (var term in await db.Terms.Where(term => term.Taxonomy == taxonomy).ToListAsync(cancelled))
                if (counts.GetValueOrDefault(term.Key) is var count && (count > 0 || term.IsDeclared)) AddList(site.Permalinks.ForTerm(taxonomy, term.Slug), count);
        }

        pages.AddRange((await db.Years(cancelled)).Select(year => Permalinks.ForYear(year.Year)));
        pages.AddRange(await db.Articles.Published(now).Select(article => article.Permalink).ToListAsync(cancelled));
        return pages;

        void AddList(string list, int articles)
        {
            pages.AddRange([list, Permalinks.ForRss(list), Permalinks.ForAtom(list)]);
            for (var number = 2; (number - 1) * site.Settings.ArticlesPerPage < articles; number++) pages.Add(Permalinks.ForPageOf(list, number));
        }
    }

    private static async Task<List<string>> OldOf(CatalogueContext db, CancellationToken cancelled)
    {
        var old = await db.Aliases.Select(alias => alias.Address).Distinct().ToListAsync(cancelled);
        old.AddRange(await db.Redirects.Where(redirect => redirect.Address.StartsWith("/")).Select(redirect => redirect.Address).ToListAsync(cancelled));
        return old;
    }
}
