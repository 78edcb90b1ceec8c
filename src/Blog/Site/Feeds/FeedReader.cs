using System.Buffers;
using System.Text.RegularExpressions;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Images;
using Blog.Site.Language;
using Blog.Site.PageCache;
using Blog.Site.Shared;
using Blog.Site.Terms;

namespace Blog.Site.Feeds;

/// <summary>Makes the feed of a list.</summary>
public sealed partial class FeedReader(CatalogueSession session, SiteCatalogue catalogue, SiteAddress address, PageKeys keys, LastFeeds last, Words words, TimeProvider clock)
{
    /// <summary>The most entries in a feed.</summary>
    public const int MaxEntries = 20;

    private static readonly DateTimeOffset NoDate = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The feed of the list at an address; null when there is no such list.</summary>
    public Feed? Read(Address asked)
    {
        var site = catalogue.State;
        switch (asked.Kind)
        {
            case AddressKind.Home:
                keys.Add(SurrogateKeys.Lists);
                return Build(ArticleList.All, site.Settings.Title, site.Settings.Description ?? site.Settings.Tagline ?? site.Settings.Title, Permalinks.Home, site);
            case AddressKind.Term:
                var key = Slug.Fold(asked.Name);
                var term = session.Reader.TermWith(asked.Taxonomy, key);
                if (term is null || term.Slug != asked.Name) return null;
                keys.Add(SurrogateKeys.Term(asked.Taxonomy, key));
                keys.Add(SurrogateKeys.ListOf(asked.Taxonomy, key));
                return Build(ArticleList.WithTerm(asked.Taxonomy, key), $"{term.Name} – {site.Settings.Title}", term.Description ?? TermNames.Describe(term, site, words), site.Permalinks.ForTerm(asked.Taxonomy, term.Slug), site);
            case AddressKind.Content when site.Sections.FirstOrDefault(section => Permalinks.ForSection(section.Name) == asked.Name) is { } section:
                keys.Add(SurrogateKeys.ListOf(section.Name));
                return Build(ArticleList.InSection(section.Name), $"{section.Title} – {site.Settings.Title}", section.Description ?? section.Title, asked.Name, site);
            default:
                return null;
        }
    }

    private Feed Build(ArticleList articles, string title, string description, string list, SiteState site)
    {
        var contents = last.Take(articles, site);
        if (contents is null) last.Keep(articles, contents = Read(articles, site));
        foreach (var row in contents.Articles) keys.AddWhole(row);
        keys.Add(contents.Terms.SelectMany(article => article));
        keys.AddPictures(contents.Pictures);
        return new Feed(title, description, address.Whole(Permalinks.Escape(list)), address.Whole(Permalinks.ForRss(Permalinks.Escape(list))), address.Whole(Permalinks.ForAtom(Permalinks.Escape(list))),
            site.Settings.Language, contents.Entries.Count == 0 ? NoDate : contents.Entries.Max(entry => entry.Updated), contents.Entries);
    }

    private FeedContents Read(ArticleList articles, SiteState site)
    {
        var reader = session.Reader;
        var rows = reader.Newest(articles, 0, MaxEntries, clock.GetUtcNow());
        var ids = rows.Select(row => row.Id).ToList();
        var bodies = reader.HtmlOf(ids);
        var terms = reader.TermLinksOf(ids, site);
        var links = reader.AddressesOf(rows.Where(row => row.HasFileLinks).SelectMany(row => FileLinks.In(bodies[row.Id])).ToList());
        var shown = bodies.Values.SelectMany(PictureHtml.AddressesIn).ToList();
        var pictures = reader.PicturesAt(shown);
        var entries = rows.Select(row => new FeedEntry(
            row.Title, address.Whole(Permalinks.Escape(row.Permalink)), row.Description,
            Whole(FileLinks.Resolve(PictureHtml.ForFeed(bodies[row.Id], pictures), path => FileLinks.Candidates(path).Select(candidate => links.GetValueOrDefault(candidate)).FirstOrDefault(url => url is not null)), address.Whole(Permalinks.Escape(row.Permalink))),
            row.Published, Later(row.Modified, row.Published) ?? NoDate,
            terms[row.Id].Where(term => term.Taxonomy == Taxonomy.Author).Select(term => term.Name).ToList(),
            terms[row.Id].Where(term => term.Taxonomy != Taxonomy.Author).Select(term => term.Name).ToList())).ToList();
        return new FeedContents(site, rows, terms, shown, entries);
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    /// <summary>The body with whole addresses, since a feed reader knows no page to start from, without links to sections of itself, and with formulas as they were written: few readers of feeds know MathML.</summary>
    private string Whole(string html, string page)
    {
        if (html.Contains("<math", StringComparison.Ordinal)) html = Formula().Replace(SelfLink().Replace(html, ""), "<code>$1</code>");
        // All at once: articles are long, and with each step a text of its own they would be most of what a feed takes.
        var buffer = ArrayPool<char>.Shared.Rent(html.Length);
        var (length, from) = (0, 0);
        foreach (var link in SelfLink().EnumerateMatches(html)) Copy(link.Index, link.Index + link.Length);
        Copy(html.Length, html.Length);
        var text = buffer.AsSpan(0, length);
        var (result, done) = (TextBuilders.Rent(), 0);
        foreach (var attribute in PageAddress().EnumerateMatches(text))
        {
            var value = attribute.Index + text[attribute.Index..].IndexOf('"') + 1;
            result.Append(text[done..value]).Append(text[value] == '#' ? page : address.Base);
            done = value;
        }

        result.Append(text[done..]);
        ArrayPool<char>.Shared.Return(buffer);
        return TextBuilders.Finish(result);

        void Copy(int to, int next)
        {
            html.CopyTo(from, buffer, length, to - from);
            (length, from) = (length + to - from, next);
        }
    }

    [GeneratedRegex(@"\b(?:href|src|poster)=""[/#](?!/)[^""]*""", RegexOptions.CultureInvariant)]
    private static partial Regex PageAddress();

    [GeneratedRegex(@" <a class=""anchor""[^>]*>#</a>", RegexOptions.CultureInvariant)]
    private static partial Regex SelfLink();

    [GeneratedRegex(@"<math[ >](?>[^<]|<(?!annotation ))*<annotation encoding=""application/x-tex"">([^<]*)</annotation></semantics></math>", RegexOptions.CultureInvariant)]
    private static partial Regex Formula();
}
