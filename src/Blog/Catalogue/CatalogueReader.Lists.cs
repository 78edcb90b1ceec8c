using System.Globalization;
using Blog.Content;

namespace Blog.Catalogue;

/// <summary>Lists of articles, and the terms by which there are some.</summary>
public sealed partial class CatalogueReader
{
    // So many tell what somebody writes about, and cost the same on a big site.
    private const int MostForTermsNear = 200;
    private const int TermsNearShown = 8;

    private const string VisibleTerm = "n.IsDraft = 0 AND (n.PublishedAt IS NULL OR n.PublishedAt <= $now) AND (n.ExpiresAt IS NULL OR n.ExpiresAt > $now)";
    private const string WithTerm = $"n.Taxonomy = $taxonomy AND n.\"Key\" = $key AND {VisibleTerm}";

    // By date of publication; what has none comes last, by title.
    private const string NewestFirst = "a.PublishedAt DESC, a.Title, a.Path";

    // The list of which a page was asked for last, and as of when: an export wants page after page, while to find where one begins, SQLite goes through all that stands before it.
    private (ArticleList List, DateTimeOffset Moment)? _lastList;
    private IReadOnlyList<int>? _whole;

    /// <summary>Some articles of a list that readers may see at that moment, newest first. Of those before and behind them only an index is looked at.</summary>
    /// <param name="list">Which list.</param>
    /// <param name="skip">How many come before.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="now">When.</param>
    public IReadOnlyList<Article> Newest(ArticleList list, int skip, int take, DateTimeOffset now) =>
        Articles(skip > 0 && WholeOf(list, now) is { } whole ? whole.Skip(skip).Take(take) : IdsOf(list, skip, take, now));

    /// <summary>The ids of all articles of a list, from the second of its pages on that is asked for as of the same moment; null before.</summary>
    private IReadOnlyList<int>? WholeOf(ArticleList list, DateTimeOffset now)
    {
        ForgetOutdated();
        if (_lastList != (list, now)) (_lastList, _whole) = ((list, now), null);
        else _whole ??= IdsOf(list, 0, int.MaxValue, now);
        return _whole;
    }

    private List<int> IdsOf(ArticleList list, int skip, int take, DateTimeOffset now) => list switch
    {
        { Taxonomy: { } taxonomy } => NewestWith(taxonomy, list, skip, take, now),
        { Name.Length: > 0 } => Read($"SELECT a.Id FROM Articles a WHERE a.Section = $section AND a.IsListed = 1 AND {Visible} ORDER BY {NewestFirst} LIMIT $take OFFSET $skip",
            ReadId, ("$section", list.Name), ("$take", take), ("$skip", skip), Moment(now)),
        _ => Read($"SELECT a.Id FROM Articles a WHERE a.IsListed = 1 AND {Visible} ORDER BY {NewestFirst} LIMIT $take OFFSET $skip", ReadId, ("$take", take), ("$skip", skip), Moment(now)),
    };

    /// <summary>
    /// Some articles of a term's list. Its index knows only their dates: in what order those of one date come, each article itself has to be asked, and so are none but those of the date where the page begins and after it.
    /// </summary>
    private List<int> NewestWith(Taxonomy taxonomy, ArticleList list, int skip, int take, DateTimeOffset now)
    {
        var from = long.MaxValue;
        if (skip > 0 && !list.IsListed)
        {
            var first = Read($"SELECT n.PublishedAt FROM ArticleTerms n WHERE {WithTerm} ORDER BY n.PublishedAt DESC LIMIT 1 OFFSET $skip", row => row.LongOrNull(0), ("$taxonomy", (int)taxonomy), ("$key", list.Name), ("$skip", skip), Moment(now));
            if (first.Count == 0) return [];
            from = first[0] ?? long.MinValue;
            skip -= Read($"SELECT COUNT(*) FROM ArticleTerms n WHERE {WithTerm} AND n.PublishedAt > $from", row => row.Int(0), ("$taxonomy", (int)taxonomy), ("$key", list.Name), ("$from", from), Moment(now))[0];
        }

        return Read($"""
            SELECT a.Id FROM ArticleTerms n CROSS JOIN Articles a ON a.Id = n.ArticleId WHERE {WithTerm}{(list.IsListed ? " AND a.IsListed = 1" : "")} AND (n.PublishedAt <= $from OR n.PublishedAt IS NULL)
            ORDER BY n.PublishedAt DESC, a.Title, a.Path LIMIT $take OFFSET $skip
            """, ReadId, ("$taxonomy", (int)taxonomy), ("$key", list.Name), ("$from", from), ("$take", take), ("$skip", skip), Moment(now));
    }

    /// <summary>How many articles of a list readers see.</summary>
    public int CountOf(ArticleList list) => list switch
    {
        { Taxonomy: { } taxonomy } => Read("SELECT Articles FROM Counts WHERE Counted = $counted AND \"Key\" = $key", row => row.Int(0), ("$counted", (int)taxonomy), ("$key", list.Name)).FirstOrDefault(),
        { Name.Length: > 0 } => Read("SELECT Articles FROM Counts WHERE Counted = $counted AND \"Key\" = $key", row => row.Int(0), ("$counted", (int)Counted.Section), ("$key", list.Name)).FirstOrDefault(),
        _ => Read("SELECT COALESCE(SUM(Articles), 0) FROM Counts WHERE Counted = $counted", row => row.Int(0), ("$counted", (int)Counted.Section))[0],
    };

    /// <summary>Articles as lists show them, with authors and categories by one further question.</summary>
    public IReadOnlyList<ArticleCard> CardsOf(IReadOnlyList<Article> articles, SiteState site)
    {
        if (articles.Count == 0) return [];
        var terms = TermLinksOfCards(articles.Select(article => article.Id), site);
        return [.. articles.Select(article => ArticleCard.From(article, terms[article.Id], site))];
    }

    /// <summary>The years in which what readers see was published, the newest first, with how many articles and courses were.</summary>
    public IReadOnlyList<(int Year, int Count)> Years() =>
        [.. Read("SELECT \"Key\", Articles FROM Counts WHERE Counted = $counted", row => (Year: int.Parse(row.Text(0), CultureInfo.InvariantCulture), Count: row.Int(1)), ("$counted", (int)Counted.Year)).OrderByDescending(year => year.Year)];

    /// <summary>What the archive shows of each article and course that has a date and that readers may see at that moment, newest first.</summary>
    /// <param name="year">That of publication; null for all.</param>
    /// <param name="now">When.</param>
    public IReadOnlyList<(string Title, string Permalink, long PublishedAt, string? Language)> Archive(int? year, DateTimeOffset now) =>
        Read($"SELECT a.Title, a.Permalink, a.PublishedAt, a.Language FROM Articles a WHERE {(year is null ? "a.Year IS NOT NULL" : "a.Year = $year")} AND a.IsListed = 1 AND {Visible} ORDER BY {NewestFirst}",
            row => (row.Text(0), row.Text(1), row.Long(2), row.TextOrNull(3)), ("$year", year ?? 0), Moment(now));

    /// <summary>The term of a taxonomy at an address; null for none.</summary>
    public Term? TermAt(Taxonomy taxonomy, string slug) =>
        Read($"SELECT {TermColumns} FROM Terms t WHERE t.Taxonomy = $taxonomy AND t.Slug = $slug ORDER BY t.\"Key\" LIMIT 1", ReadTerm, ("$taxonomy", (int)taxonomy), ("$slug", slug)).FirstOrDefault();

    /// <summary>All terms of a taxonomy, whether readers see articles with them or not, with how many they see.</summary>
    public IReadOnlyList<(Term Term, int Count)> TermsIn(Taxonomy taxonomy) =>
        Read($"SELECT {TermColumns}, c.Articles FROM Terms t LEFT JOIN Counts c ON c.Counted = t.Taxonomy AND c.\"Key\" = t.\"Key\" WHERE t.Taxonomy = $taxonomy ORDER BY t.\"Key\"", row => (ReadTerm(row), row.Int(9)), ("$taxonomy", (int)taxonomy));

    /// <summary>The terms of a taxonomy that articles which readers see name, and the authors that are described, with how many do, by name.</summary>
    public IReadOnlyList<TermCount> TermCounts(Taxonomy taxonomy, SiteState site) =>
        [.. TermsIn(taxonomy).Where(term => term.Count > 0 || (term.Term.IsDeclared && taxonomy == Taxonomy.Author))
            .Select(term => new TermCount(TermLink.From(term.Term, site), term.Term.Description, term.Count) { Key = term.Term.Key })
            .OrderBy(term => term.Term.Name, StringComparer.Create(LanguageTag.Culture(site.Settings.Language), true))];

    /// <summary>The categories and tags that the newest articles of a term name besides it, the most frequent first: those that at least two share, or all of an author's.</summary>
    public IReadOnlyList<TermLink> TermsNear(Term term, DateTimeOffset now, SiteState site)
    {
        // Of most terms there are no more, and it need not be found out which are the newest.
        var isFew = Read($"SELECT COUNT(*) FROM (SELECT 1 FROM ArticleTerms n WHERE {WithTerm} LIMIT $most)", row => row.Int(0), ("$taxonomy", (int)term.Taxonomy), ("$key", term.Key), ("$most", MostForTermsNear + 1), Moment(now))[0] <= MostForTermsNear;
        var shared = Read($"""
            SELECT m.Taxonomy, m."Key" FROM ArticleTerms m WHERE m.ArticleId IN (
                SELECT n.ArticleId FROM ArticleTerms n {(isFew ? $"WHERE {WithTerm}" : $"CROSS JOIN Articles a ON a.Id = n.ArticleId WHERE {WithTerm} ORDER BY n.PublishedAt DESC, a.Title, a.Path")} LIMIT $newest) AND m.Taxonomy <> $author AND m."Key" <> $key
            GROUP BY m.Taxonomy, m."Key" HAVING COUNT(*) >= $least ORDER BY COUNT(*) DESC, m.Taxonomy, m."Key" LIMIT $most
            """, row => (Taxonomy: (Taxonomy)row.Int(0), Key: row.Text(1)),
            ("$taxonomy", (int)term.Taxonomy), ("$key", term.Key), ("$newest", MostForTermsNear), ("$author", (int)Taxonomy.Author), ("$least", term.Taxonomy == Taxonomy.Author ? 1 : 2), ("$most", 2 * TermsNearShown), Moment(now));
        // A category and a tag of one name are one thing to readers.
        var near = shared.DistinctBy(found => found.Key).Take(TermsNearShown).ToList();
        return [.. near.Select(found => TermWith(found.Taxonomy, found.Key)).OfType<Term>().Select(found => LinkTo(found, site))];
    }

    /// <summary>The stored HTML of articles, by their ids.</summary>
    public IReadOnlyDictionary<int, string> HtmlOf(IEnumerable<int> ids) =>
        Read("SELECT b.ArticleId, b.Html FROM json_each($ids) CROSS JOIN Bodies b ON b.ArticleId = json_each.value", row => (Id: row.Int(0), Html: row.Text(1)), ("$ids", Json(ids))).ToDictionary(body => body.Id, body => body.Html);

    /// <summary>The stored HTML of the article of a file, when it holds a text; else null.</summary>
    public string? HtmlWith(string text, string path) =>
        Read("SELECT b.Html FROM Articles a JOIN Bodies b ON b.ArticleId = a.Id WHERE a.Path = $path AND instr(b.Html, $text) > 0", row => row.Text(0), ("$path", path), ("$text", text)).FirstOrDefault();

    /// <summary>The stored HTML of articles that holds a text, in order of their ids.</summary>
    /// <param name="text">The text.</param>
    /// <param name="after">The id to begin behind.</param>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<(int Id, string Html)> HtmlWith(string text, int after, int most) =>
        Read("SELECT b.ArticleId, b.Html FROM Bodies b WHERE b.ArticleId > $after AND instr(b.Html, $text) > 0 ORDER BY b.ArticleId LIMIT $most", row => (row.Int(0), row.Text(1)), ("$after", after), ("$text", text), ("$most", most));

    /// <summary>What is wrong in the content, in the order in which it was found.</summary>
    public IReadOnlyList<Problem> Problems()
    {
        var rows = Read("SELECT Path, Line, \"Column\", Severity, Code, Message, Suggestion, IsCrossFile, Target, FoundAt FROM Problems ORDER BY Id", row => new ProblemRow
        {
            Path = row.Text(0),
            Line = row.Int(1),
            Column = row.Int(2),
            Severity = (Severity)row.Int(3),
            Code = row.Text(4),
            Message = row.Text(5),
            Suggestion = row.TextOrNull(6),
            IsCrossFile = row.Flag(7),
            Target = row.TextOrNull(8),
            FoundAt = row.Long(9),
        });
        return ProblemQueries.WithSuggestions(rows, rows.Exists(ProblemQueries.WantsSuggestion) ? Read("SELECT Path FROM Articles ORDER BY Path LIMIT $most", row => row.Text(0), ("$most", ProblemQueries.PathsToSuggestFrom)) : []);
    }

    private static int ReadId(CatalogueRow row) => row.Int(0);
}

/// <summary>Which articles a list shows. Made by what it offers; by itself it is <see cref="All"/>.</summary>
public readonly record struct ArticleList
{
    private readonly string? _name;

    private ArticleList(Taxonomy? taxonomy, string name) => (Taxonomy, _name) = (taxonomy, name);

    /// <summary>Those that share a term of this taxonomy; null for a list of another kind.</summary>
    public Taxonomy? Taxonomy { get; }

    /// <summary>The key of the term, or the name of the section; empty for all.</summary>
    public string Name => _name ?? "";

    /// <summary>True for a term's list without lessons and pages.</summary>
    public bool IsListed { get; private init; }

    /// <summary>All articles and courses, as the home page lists them.</summary>
    public static ArticleList All => default;

    /// <summary>The articles and courses of a section.</summary>
    public static ArticleList InSection(string section) => new(null, section);

    /// <summary>Whatever names a term: articles, courses and lessons.</summary>
    public static ArticleList WithTerm(Taxonomy taxonomy, string key) => new(taxonomy, key);

    /// <summary>Of a term's list only articles and courses.</summary>
    public ArticleList Listed() => this with { IsListed = true };
}
