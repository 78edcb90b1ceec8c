using System.Text.RegularExpressions;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Images;
using Blog.Site.Language;
using Blog.Site.PageCache;
using Blog.Site.Shared;
using Blog.Site.Terms;
using Microsoft.EntityFrameworkCore;

namespace Blog.Site.Feeds;

/// <summary>Makes the feed of a list.</summary>
public sealed partial class FeedReader(CatalogueContext db, SiteCatalogue catalogue, SiteAddress address, PageKeys keys, Words words, TimeProvider clock)
{
    /// <summary>The most entries in a feed.</summary>
    public const int MaxEntries = 20;

    private static readonly DateTimeOffset NoDate = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The feed of the list at an address; null when there is no such list.</summary>
    public async Task<Feed?> Read(Address asked, CancellationToken cancelled)
    {
        var (site, now) = (catalogue.State, clock.GetUtcNow());
        var published = db.Articles.Published(now);
        switch (asked.Kind)
        {
            case AddressKind.Home:
                keys.Add(SurrogateKeys.Lists);
                return await Build(published.Listed().NewestFirst(), site.Settings.Title, site.Settings.Description ?? site.Settings.Tagline ?? site.Settings.Title, Permalinks.Home, site, cancelled);
            case AddressKind.Term:
                var key = Slug.Fold(asked.Name);
                var term = await db.Terms.FirstOrDefaultAsync(found => found.Taxonomy == asked.Taxonomy && found.Key == key, cancelled);
                if (term is null || term.Slug != asked.Name) return null;
                keys.Add(SurrogateKeys.Term(asked.Taxonomy, key));
                keys.Add(SurrogateKeys.ListOf(asked.Taxonomy, key));
                return await Build(db.NewestWithTerm(asked.Taxonomy, key, now), $"{term.Name} – {site.Settings.Title}", term.Description ?? TermNames.Describe(term, site, words), site.Permalinks.ForTerm(asked.Taxonomy, term.Slug), site, cancelled);
            case AddressKind.Content when site.Sections.FirstOrDefault(section => Permalinks.ForSection(section.Name) == asked.Name) is { } section:
                keys.Add(SurrogateKeys.ListOf(section.Name));
                return await Build(published.Listed().InSection(section.Name).NewestFirst(), $"{section.Title} – {site.Settings.Title}", section.Description ?? section.Title, asked.Name, site, cancelled);
            default:
                return null;
        }
    }

    private async Task<Feed> Build(IQueryable<Article> articles, string title, string description, string list, SiteState site, CancellationToken cancelled)
    {
        var rows = await articles.Take(MaxEntries).ToListAsync(cancelled);
        var ids = rows.Select(row => row.Id).ToList();
        var bodies = await db.Bodies.Where(body => ids.Contains(body.ArticleId)).ToDictionaryAsync(body => body.ArticleId, body => body.Html, cancelled);
        var terms = await db.TermsOf(rows, site, cancelled);
        var links = await db.AddressesOf(rows.Where(row => row.HasFileLinks).SelectMany(row => FileLinks.In(bodies[row.Id])).ToList(), cancelled);
        var shown = bodies.Values.SelectMany(PictureHtml.AddressesIn).ToList();
        var pictures = await db.PicturesAt(shown, cancelled);
        foreach (var row in rows) keys.AddWhole(row);
        keys.Add(terms.SelectMany(article => article));
        keys.AddPictures(shown);
        var entries = rows.Select(row => new FeedEntry(
            row.Title, address.Whole(Permalinks.Escape(row.Permalink)), row.Description,
            Whole(FileLinks.Resolve(PictureHtml.ForFeed(bodies[row.Id], pictures), path => FileLinks.Candidates(path).Select(candidate => links.GetValueOrDefault(candidate)).FirstOrDefault(url => url is not null)), address.Whole(Permalinks.Escape(row.Permalink))),
            row.Published, Later(row.Modified, row.Published) ?? NoDate,
            terms[row.Id].Where(term => term.Taxonomy == Taxonomy.Author).Select(term => term.Name).ToList(),
            terms[row.Id].Where(term => term.Taxonomy != Taxonomy.Author).Select(term => term.Name).ToList())).ToList();
        return new Feed(title, description, address.Whole(Permalinks.Escape(list)), address.Whole(Permalinks.ForRss(Permalinks.Escape(list))), address.Whole(Permalinks.ForAtom(Permalinks.Escape(list))),
            site.Settings.Language, entries.Count == 0 ? NoDate : entries.Max(entry => entry.Updated), entries);
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    /// <summary>The body with whole addresses, since a feed reader knows no page to start from, without links to sections of itself, and with formulas as they were written: few readers of feeds know MathML.</summary>
    private string Whole(string html, string page) =>
        PageAddress().Replace(Formula().Replace(SelfLink().Replace(html, ""), "<code>$1</code>"), match => match.Groups[2].Value[0] == '#' ? $"{match.Groups[1].Value}=\"{page}{match.Groups[2].Value}\"" : $"{match.Groups[1].Value}=\"{address.Base}{match.Groups[2].Value}\"");

    [GeneratedRegex(@"\b(href|src|poster)=""([/#](?!/)[^""]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex PageAddress();

    [GeneratedRegex(@" <a class=""anchor""[^>]*>#</a>", RegexOptions.CultureInvariant)]
    private static partial Regex SelfLink();

    [GeneratedRegex(@"<math[ >](?>[^<]|<(?!annotation ))*<annotation encoding=""application/x-tex"">([^<]*)</annotation></semantics></math>", RegexOptions.CultureInvariant)]
    private static partial Regex Formula();
}
