using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Assets;

namespace Blog.Export;

/// <summary>The addresses of a site that the catalogue knows of. What only pages name, such as pictures in their sizes, is found on the pages.</summary>
/// <param name="Files">Files of <c>static/</c>, and those beside articles that readers may see, with what tells their version.</param>
/// <param name="Pages">Pages, lists, feeds, and what machines read.</param>
/// <param name="Old">Those that articles had or go by besides their own, which may lead on.</param>
internal sealed record SiteAddresses(IReadOnlyDictionary<string, string> Files, IReadOnlyList<string> Pages, IReadOnlyList<string> Old)
{
    public static SiteAddresses Read(CatalogueReader reader, SiteState site, DateTimeOffset now) => new(FilesOf(reader, now), PagesOf(reader, site, now), reader.OldPaths());

    /// <summary>Not those of a draft, even though whoever knew the address of its pictures could see them: here there would be a list of them.</summary>
    private static Dictionary<string, string> FilesOf(CatalogueReader reader, DateTimeOffset now)
    {
        var files = reader.Files();
        if (files.Count == 0) return [];
        var hidden = reader.Paths(now).Where(article => !article.IsVisible && ContentLayout.IsBundle(article.Path)).Select(article => article.Path[..article.Path.LastIndexOf('/')]).ToHashSet(StringComparer.Ordinal);
        return files.Where(file => file.Kind == ContentKind.Static || !IsBelow(file.Path, hidden)).ToDictionary(file => file.Kind == ContentKind.Static ? file.Path["static".Length..] : Permalinks.AssetPrefix + file.Path, file => AssetsEndpoints.TagOf(file.Size, file.ModifiedAt), StringComparer.Ordinal);
    }

    private static bool IsBelow(string path, HashSet<string> folders)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            if (folders.Contains(path[..slash])) return true;
        return false;
    }

    private static List<string> PagesOf(CatalogueReader reader, SiteState site, DateTimeOffset now)
    {
        var pages = new List<string> { Permalinks.Archive, Permalinks.Search, Permalinks.OpenSearch, Permalinks.Robots, Permalinks.Sitemap, SpeculationRules.Url };
        AddList(Permalinks.Home, reader.CountOf(ArticleList.All));
        foreach (var section in site.Sections) AddList(Permalinks.ForSection(section.Name), reader.CountOf(ArticleList.InSection(section.Name)));
        foreach (var taxonomy in Taxonomies.All)
        {
            pages.Add(site.Permalinks.ForTaxonomy(taxonomy));
            foreach (var (term, count) in reader.TermsIn(taxonomy))
                if (count > 0 || term.IsDeclared) AddList(site.Permalinks.ForTerm(taxonomy, term.Slug), count);
        }

        pages.AddRange(reader.Years().Select(year => Permalinks.ForYear(year.Year)));
        pages.AddRange(reader.Pages(now));
        return pages;

        void AddList(string list, int articles)
        {
            pages.AddRange([list, Permalinks.ForRss(list), Permalinks.ForAtom(list)]);
            for (var number = 2; (number - 1) * site.Settings.ArticlesPerPage < articles; number++) pages.Add(Permalinks.ForPageOf(list, number));
        }
    }
}
