using Blog.Content;
using Blog.Content.Search;
using Microsoft.Data.Sqlite;

namespace Blog.Catalogue.Search;

/// <summary>An article that was found.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Score">How well it answers; higher is better.</param>
/// <param name="Title">Its title.</param>
/// <param name="PublishedAt">Unix milliseconds; null without a date.</param>
/// <param name="Permalink">Its address, by which equals are ordered alike on every machine.</param>
internal readonly record struct Hit(long Id, double Score, string Title, long? PublishedAt, string Permalink);

/// <summary>A word that articles have.</summary>
/// <param name="Surface">As written, in lower case.</param>
/// <param name="Folded">Without diacritics.</param>
/// <param name="Token">By which it is found.</param>
/// <param name="Count">Articles that have it.</param>
internal readonly record struct KnownWord(string Surface, string Folded, string Token, int Count);

/// <summary>Asks the tables of <see cref="CatalogueWriter.SearchSchema"/>; with the writer, the only place that holds SQL text. Expressions are made of tokens only, never of what was typed.</summary>
/// <param name="connection">To the catalogue.</param>
internal sealed class SearchIndex(SqliteConnection connection) : IDisposable
{
    // In the order of the columns: Title, Headings, Description, Topics, Authors, Body, Code, Facets.
    private const string Weights = "bm25(12, 4, 3, 5, 5, 1, 0.3, 0)";

    private const string Visible = "a.IsDraft = 0 AND (a.PublishedAt IS NULL OR a.PublishedAt <= $now) AND (a.ExpiresAt IS NULL OR a.ExpiresAt > $now)";

    // Rows of the vocabulary that one question may look at.
    private const int MaxWords = 4000;

    private readonly Dictionary<string, CatalogueStatement> _statements = new(StringComparer.Ordinal);

    /// <summary>True for statements that are compiled once, for who asks again and again.</summary>
    public bool KeepsStatements { get; init; }

    /// <summary>How many articles match, up to a number.</summary>
    public int CountUpTo(string match, int most) =>
        Read("SELECT COUNT(*) FROM (SELECT 1 FROM Search WHERE Search MATCH $match LIMIT $most)", row => row.Int(0), ("$match", match), ("$most", most))[0];

    /// <summary>What an article is about; empty for one that is not in the index.</summary>
    public List<KeyWord> KeyWordsOf(long id) => Read("SELECT Words FROM KeyWords WHERE ArticleId = $id", row => row.Text(0), ("$id", id))
        .SelectMany(words => words.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(KeyWord.Parse).ToList();

    /// <summary>The surrogate keys of those alone.</summary>
    public List<string> WordKeysOf(long id)
    {
        var keys = new List<string>();
        foreach (var words in Read("SELECT Words FROM KeyWords WHERE ArticleId = $id", row => row.Text(0), ("$id", id)))
            foreach (var line in words.AsSpan().Split('\n'))
                if (!words.AsSpan()[line].IsEmpty) keys.Add(SurrogateKeys.Word(KeyWord.FacetIn(words.AsSpan()[line])));
        return keys;
    }

    /// <summary>Articles that may be found whose like is still to be found out, in order of their ids.</summary>
    /// <param name="after">The id to begin behind.</param>
    /// <param name="most">How many at most.</param>
    public List<long> Unrelated(long after, int most) => Read("SELECT ArticleId FROM KeyWords WHERE ArticleId > $after AND NOT EXISTS (SELECT 1 FROM Related WHERE Related.ArticleId = KeyWords.ArticleId) ORDER BY ArticleId LIMIT $most",
        row => row.Long(0), ("$after", after), ("$most", most));

    /// <summary>The articles that have a facet.</summary>
    public List<long> WithFacet(string facet) => Read("SELECT rowid FROM Search WHERE Search MATCH $match", row => row.Long(0), ("$match", FacetMatch(facet)));

    /// <summary>How many articles have each of several facets, up to a number.</summary>
    public List<int> CountsOf(IEnumerable<string> facets, int most)
    {
        const string Sql = "SELECT COUNT(*) FROM (SELECT 1 FROM Search WHERE Search MATCH $match LIMIT $most)";
        var count = Statement(Sql, ("$match", ""), ("$most", most));
        try { return [.. facets.Select(facet => count.Read(row => row.Int(0), [("$match", FacetMatch(facet)), ("$most", most)])[0])]; }
        finally { Leave(count); }
    }

    /// <summary>The content paths of articles.</summary>
    public Dictionary<long, string> PathsOf(IEnumerable<long> ids) =>
        Read("SELECT a.Id, a.Path FROM json_each($ids) CROSS JOIN Articles a ON a.Id = json_each.value", row => (Id: row.Long(0), Path: row.Text(1)), ("$ids", "[" + string.Join(',', ids) + "]")).ToDictionary(row => row.Id, row => row.Path);

    /// <summary>What finds the articles that have a facet.</summary>
    public static string FacetMatch(string facet) => $"Facets : \"{facet}\"";

    /// <summary>About how many articles the index holds.</summary>
    public long Articles() => Read("SELECT Value FROM Facts WHERE Name = 'totals'", row => row.Text(0)) is [var totals] && long.TryParse(totals.Split(' ')[0], out var articles) ? articles : 0;

    /// <summary>The best matches that readers may see, best first.</summary>
    /// <param name="match">What is ranked.</param>
    /// <param name="rows">The rows that count; null for all that match.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="most">How many at most.</param>
    public List<Hit> Best(string match, List<long>? rows, long now, int most) => Read($"""
        SELECT a.Id, -Found.Score, a.Title, a.PublishedAt, a.Permalink
        FROM (SELECT rowid AS Id, rank AS Score FROM Search WHERE Search MATCH $match AND rank MATCH '{Weights}') AS Found CROSS JOIN Articles a ON a.Id = Found.Id
        WHERE {(rows is null ? "" : "a.Id IN (SELECT value FROM json_each($rows)) AND ")}{Visible} ORDER BY Found.Score LIMIT $most
        """, ReadHit, ("$match", match), ("$now", now), ("$most", most), ("$rows", rows is null ? "" : "[" + string.Join(',', rows) + "]"));

    /// <summary>The rows of matches that the catalogue got last, the last first.</summary>
    /// <param name="match">What is looked for.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="from">The row below which nothing is looked for.</param>
    /// <param name="before">The row from which on nothing is looked for.</param>
    public List<long> Rows(string match, int most, long from = 0, long before = long.MaxValue) =>
        Read("SELECT rowid FROM Search WHERE Search MATCH $match AND rowid >= $from AND rowid < $before ORDER BY rowid DESC LIMIT $most", row => row.Long(0), ("$match", match), ("$most", most), ("$from", from), ("$before", before));

    /// <summary>Those of some rows that readers may see, in the same order, up to a number.</summary>
    public List<Hit> Shown(IEnumerable<long> rows, long now, int most) => Read($"""
        SELECT a.Id, 0.0, a.Title, a.PublishedAt, a.Permalink FROM json_each($rows) CROSS JOIN Articles a ON a.Id = json_each.value WHERE {Visible} LIMIT $most
        """, ReadHit, ("$rows", "[" + string.Join(',', rows) + "]"), ("$now", now), ("$most", most));

    /// <summary>The last row of the catalogue; 0 when it is empty.</summary>
    public long LastRow() => Read("SELECT MAX(Id) FROM Articles", row => row.Long(0))[0];

    /// <summary>The newest matches that readers may see.</summary>
    public List<Hit> Newest(string match, long now, int most, long from = 0) => Hits($"""
        SELECT a.Id, 0.0, a.Title, a.PublishedAt, a.Permalink FROM Search CROSS JOIN Articles a ON a.Id = Search.rowid
        WHERE Search MATCH $match AND Search.rowid >= $from AND {Visible} ORDER BY a.PublishedAt DESC, a.Title, a.Path LIMIT $most
        """, match, now, most, from);

    /// <summary>The row from which on there are that many matches; 0 when there are fewer.</summary>
    public long RowOfLast(string match, int number) =>
        Read("SELECT rowid FROM Search WHERE Search MATCH $match ORDER BY rowid DESC LIMIT 1 OFFSET $number", row => row.Long(0), ("$match", match), ("$number", number - 1)).FirstOrDefault();

    /// <summary>The known spellings of a word, whatever its diacritics.</summary>
    public List<KnownWord> Spellings(string folded) => Words("SELECT Surface, Folded, Token, Count FROM Words WHERE Folded = $from", ("$from", folded));

    /// <summary>Known words that begin so, the commonest first.</summary>
    public List<KnownWord> Beginning(string folded, int most) => Words(
        "SELECT * FROM (SELECT Surface, Folded, Token, Count FROM Words WHERE Folded > $from AND Folded < $to LIMIT $limit) ORDER BY Count DESC, Surface LIMIT $most",
        ("$from", folded), ("$to", folded + '\uFFFF'), ("$limit", MaxWords), ("$most", most));

    /// <summary>Known words of about that length that begin or end as the word does: what a misspelt word may have been meant to be.</summary>
    /// <param name="folded">The word.</param>
    /// <param name="common">Letters that must be the same, at one of its ends.</param>
    /// <param name="difference">By how many letters the length may differ.</param>
    public List<KnownWord> Resembling(string folded, int common, int difference)
    {
        var reversed = CatalogueWriter.Reverse(folded);
        return Words("""
            SELECT * FROM (SELECT Surface, Folded, Token, Count FROM Words WHERE Folded >= $from AND Folded < $to AND LENGTH(Folded) BETWEEN $shortest AND $longest LIMIT $limit)
            UNION SELECT * FROM (SELECT Surface, Folded, Token, Count FROM Words INDEXED BY IX_Words_Reversed WHERE Reversed >= $last AND Reversed < $lastTo AND LENGTH(Reversed) BETWEEN $shortest AND $longest LIMIT $limit)
            """,
            ("$from", folded[..common]), ("$to", folded[..common] + '\uFFFF'), ("$last", reversed[..common]), ("$lastTo", reversed[..common] + '\uFFFF'),
            ("$shortest", folded.Length - difference), ("$longest", folded.Length + difference), ("$limit", MaxWords));
    }

    /// <summary>The HTML of articles, by their ids.</summary>
    public Dictionary<long, string> Bodies(IEnumerable<long> ids) =>
        Read("SELECT ArticleId, Html FROM json_each($ids) CROSS JOIN Bodies ON ArticleId = json_each.value", row => (row.Long(0), row.Text(1)), ("$ids", "[" + string.Join(',', ids) + "]")).ToDictionary(body => body.Item1, body => body.Item2);

    /// <summary>How many of the articles name which term, the commonest first.</summary>
    public List<(Taxonomy Taxonomy, string Key, int Count)> Facets(IEnumerable<long> ids) => Read("""
        SELECT t.Taxonomy, t."Key", COUNT(*) FROM json_each($ids) CROSS JOIN ArticleTerms t ON t.ArticleId = json_each.value GROUP BY t.Taxonomy, t."Key" ORDER BY COUNT(*) DESC, t."Key"
        """, row => ((Taxonomy)row.Int(0), row.Text(1), row.Int(2)), ("$ids", "[" + string.Join(',', ids) + "]"));

    private static Hit ReadHit(CatalogueRow row) => new(row.Long(0), row.Double(1), row.Text(2), row.LongOrNull(3), row.Text(4));

    private List<Hit> Hits(string sql, string match, long now, int most, long from) => Read(sql, ReadHit,
        ("$match", match), ("$now", now), ("$most", most), ("$from", from));

    private List<KnownWord> Words(string sql, params (string, object)[] values) => Read(sql, row => new KnownWord(row.Text(0), row.Text(1), row.Text(2), row.Int(3)), values);

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _statements.Clear();
    }

    private List<T> Read<T>(string sql, Func<CatalogueRow, T> read, params (string Name, object Value)[] values)
    {
        var statement = Statement(sql, values);
        try { return statement.Read(read, values); }
        finally { Leave(statement); }
    }

    private CatalogueStatement Statement(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        if (_statements.TryGetValue(sql, out var known)) return known;
        var statement = new CatalogueStatement(connection, sql, values);
        if (KeepsStatements) _statements[sql] = statement;
        return statement;
    }

    private void Leave(CatalogueStatement statement)
    {
        if (!KeepsStatements) statement.Dispose();
    }
}
