using System.Text.Json;
using Blog.Content;
using Microsoft.Data.Sqlite;

namespace Blog.Catalogue;

/// <summary>Writes the catalogue in one transaction, by prepared statements. With the search index, the only place that holds SQL text.</summary>
internal sealed class CatalogueWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>Begins the transaction; it waits for another writer.</summary>
    public CatalogueWriter(SqliteConnection connection)
    {
        _connection = connection;
        _transaction = connection.BeginTransaction(deferred: false);
        Run("CREATE TEMP TABLE IF NOT EXISTS Touched (ArticleId INTEGER PRIMARY KEY)");
        Run("DELETE FROM Touched");
    }

    public void Commit() => _transaction.Commit();

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
        _commands.Clear();
        _transaction.Dispose();
    }

    public Dictionary<string, Source> KnownSources()
    {
        var known = new Dictionary<string, Source>(StringComparer.Ordinal);
        using var reader = Command("SELECT Path, Size, ModifiedAt, Hash FROM Sources").ExecuteReader();
        while (reader.Read())
            known[reader.GetString(0)] = new Source { Path = reader.GetString(0), Size = reader.GetInt64(1), ModifiedAt = reader.GetInt64(2), Hash = reader.GetString(3) };
        return known;
    }

    public string? Fact(string name) => (string?)Scalar("SELECT Value FROM Facts WHERE Name = $1", name);

    public void SetFact(string name, string value) => Run("INSERT INTO Facts (Name, Value) VALUES ($1, $2) ON CONFLICT (Name) DO UPDATE SET Value = excluded.Value", name, value);

    public void SetSource(string path, long size, long modifiedAt, string hash) =>
        Run("INSERT INTO Sources (Path, Kind, Size, ModifiedAt, Hash) VALUES ($1, 1, $2, $3, $4) ON CONFLICT (Path) DO UPDATE SET Size = excluded.Size, ModifiedAt = excluded.ModifiedAt, Hash = excluded.Hash", path, size, modifiedAt, hash);

    /// <summary>Takes a file out of the catalogue; those that link to it are to be checked again.</summary>
    public void Remove(string path)
    {
        RemoveArticle(path);
        Run("DELETE FROM Sources WHERE Path = $1", path);
        Run("DELETE FROM Problems WHERE Path = $1", path);
    }

    /// <summary>Puts a document in the place of what the file held before. Returns the article's id, or null for a file that is none.</summary>
    public int? Put(ArticleDocument document, ArticlePlace place)
    {
        var id = (long?)Scalar("SELECT Id FROM Articles WHERE Path = $1", document.Path);
        RemoveArticle(document.Path);
        Run("DELETE FROM Problems WHERE Path = $1", document.Path);
        foreach (var problem in document.Problems) AddProblem(problem, false);
        if (!document.IsArticle) return null;

        var metadata = document.Metadata;
        Run("""
            INSERT INTO Articles (Id, Path, Kind, Section, Slug, Wanted, Permalink, Title, Description, PublishedAt, ModifiedAt, ExpiresAt, Year, IsDraft, NoIndex, Toc, Language,
                CoverImage, CoverAlt, CanonicalUrl, VideoId, Series, SeriesKey, SeriesOrder, WordCount, ReadingMinutes, ParentPath, Position, Module, HasFileLinks, IsExcerpt, Hash, Uid, ModifiedFrom)
            VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, 0, NULL, $27, $28, '', NULL, 0)
            """,
            id, document.Path, (int)place.Kind, document.Section, document.Slug, place.Wanted, document.Title, document.Description,
            metadata.PublishedAt?.ToUnixTimeMilliseconds(), metadata.ModifiedAt?.ToUnixTimeMilliseconds(), metadata.ExpiresAt?.ToUnixTimeMilliseconds(), place.Year,
            metadata.IsDraft, metadata.NoIndex, metadata.Toc, metadata.Language, document.CoverImage, metadata.CoverAlt, metadata.CanonicalUrl, metadata.VideoId,
            metadata.Series, metadata.Series is { } series ? Slug.Fold(series) : null, metadata.SeriesOrder, document.WordCount, document.ReadingMinutes, place.ParentPath,
            document.Links.Any(link => link.Kind == LinkKind.File && link.Target != document.Path), metadata.Description is null);
        id ??= (long)Scalar("SELECT last_insert_rowid()")!;
        Run("INSERT INTO Bodies (ArticleId, Html, Outline, Anchors, Lessons) VALUES ($1, $2, $3, $4, $5)",
            id, document.Html, JsonSerializer.Serialize(document.Outline), string.Join('\n', document.Anchors), metadata.Lessons.Count == 0 ? null : JsonSerializer.Serialize(metadata.Lessons));
        AddTerms(id.Value, Taxonomy.Author, metadata.Authors);
        AddTerms(id.Value, Taxonomy.Category, metadata.Categories);
        AddTerms(id.Value, Taxonomy.Tag, metadata.Tags);
        foreach (var link in document.Links)
            Run("INSERT INTO Links (ArticleId, Kind, Target, Fragment, Line, \"Column\") VALUES ($1, $2, $3, $4, $5, $6)", id, (int)link.Kind, link.Target, link.Fragment, link.Line, link.Column);
        foreach (var alias in metadata.Aliases) Run("INSERT OR IGNORE INTO Aliases (Address, ArticleId) VALUES ($1, $2)", alias.Value, id);
        Touch(id.Value);
        return (int)id;
    }

    /// <summary>Marks an article whose cross-file problems are to be found again.</summary>
    public void Touch(long id) => Run("INSERT OR IGNORE INTO Touched (ArticleId) VALUES ($1)", id);

    public void TouchAll() => Run("INSERT OR IGNORE INTO Touched (ArticleId) SELECT Id FROM Articles");

    /// <summary>Marks the articles that link to one of the marked ones, or to an address or path that is given.</summary>
    public void TouchLinking(IEnumerable<string> targets)
    {
        Run("INSERT OR IGNORE INTO Touched (ArticleId) SELECT l.ArticleId FROM Touched t JOIN Articles a ON a.Id = t.ArticleId JOIN Links l ON l.Target IN (a.Path, a.Permalink)");
        foreach (var target in targets) Run("INSERT OR IGNORE INTO Touched (ArticleId) SELECT ArticleId FROM Links WHERE Target = $1", target);
    }

    public void AddProblem(Problem problem, bool isCrossFile) =>
        Run("INSERT INTO Problems (Path, Line, \"Column\", Severity, Code, Message, Suggestion, IsCrossFile, FoundAt) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)",
            problem.Path, problem.Line, problem.Column, (int)problem.Severity, problem.Code, problem.Message, problem.Suggestion, isCrossFile);

    /// <summary>Problems that belong to no article: of the folder, settings, data files, templates.</summary>
    public void ClearFolderProblems() => Run("DELETE FROM Problems WHERE Path NOT IN (SELECT Path FROM Sources)");

    public void ClearCrossProblemsOfTouched(params string[] codes)
    {
        foreach (var code in codes)
            Run("DELETE FROM Problems WHERE IsCrossFile = 1 AND Code = $1 AND Path IN (SELECT a.Path FROM Touched t JOIN Articles a ON a.Id = t.ArticleId)", code);
    }

    public void ClearProblemsOf(string path, string code) => Run("DELETE FROM Problems WHERE Path = $1 AND Code = $2", path, code);

    public void ClearProblems(string code) => Run("DELETE FROM Problems WHERE Code = $1", code);

    public List<(long Id, string Path, string Wanted, string Permalink)> WithAddress(string address) =>
        Query("SELECT Id, Path, Wanted, Permalink FROM Articles WHERE Wanted = $1 OR Permalink = $1", row => (row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3)), address);

    /// <summary>Addresses that more than one article asks for.</summary>
    public List<string> ContestedAddresses() => Query("SELECT Wanted FROM Articles GROUP BY Wanted HAVING COUNT(*) > 1", row => row.GetString(0));

    public List<string> WantedAddresses() => Query("SELECT DISTINCT Wanted FROM Articles", row => row.GetString(0));

    public List<string> AddressesOf(string path) => Query("SELECT Wanted FROM Articles WHERE Path = $1 UNION SELECT Permalink FROM Articles WHERE Path = $1", row => row.GetString(0), path);

    public (string Title, string Description)? SectionIndex(string section) =>
        Query("SELECT Title, Description FROM Articles WHERE Kind = 2 AND Section = $1 ORDER BY Path", row => (row.GetString(0), row.GetString(1)), section) is [var index, ..] ? index : null;

    public (int Errors, int Warnings, long Articles) Totals() => (
        (int)(long)Scalar("SELECT COUNT(*) FROM Problems WHERE Severity = 2")!, (int)(long)Scalar("SELECT COUNT(*) FROM Problems WHERE Severity = 1")!, Count());

    public void SetPermalink(long id, string permalink) => Run("UPDATE Articles SET Permalink = $2 WHERE Id = $1 AND Permalink <> $2", id, permalink);

    public List<(long Id, string Path, string Slug, string Wanted)> PartsOf(string parentPath) =>
        Query("SELECT Id, Path, Slug, Wanted FROM Articles WHERE ParentPath = $1 ORDER BY Path", row => (row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3)), parentPath);

    public List<string> Parents() => Query("SELECT DISTINCT ParentPath FROM Articles WHERE ParentPath IS NOT NULL", row => row.GetString(0));

    public (string Permalink, string? Lessons, int Kind)? ParentAt(string path) =>
        Query("SELECT a.Permalink, b.Lessons, a.Kind FROM Articles a JOIN Bodies b ON b.ArticleId = a.Id WHERE a.Path = $1", row => (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt32(2)), path) is [var parent, ..] ? parent : null;

    public void PlacePart(long id, string wanted, int position, string? module, ArticleKind kind) =>
        Run("UPDATE Articles SET Wanted = $2, Permalink = $2, Position = $3, Module = $4, Kind = $5 WHERE Id = $1", id, wanted, position, module, (int)kind);

    /// <summary>How the articles spell their terms: taxonomy, key, spelling, count; of all terms, or of one key.</summary>
    public List<(Taxonomy Taxonomy, string Key, string Label, int Count)> Spellings((Taxonomy Taxonomy, string Key)? only) => only is { } one
        ? Query("SELECT Taxonomy, \"Key\", Label, COUNT(*) FROM ArticleTerms WHERE Taxonomy = $1 AND \"Key\" = $2 GROUP BY Label", Spelling, (int)one.Taxonomy, one.Key)
        : Query("SELECT Taxonomy, \"Key\", Label, COUNT(*) FROM ArticleTerms GROUP BY Taxonomy, \"Key\", Label", Spelling);

    public List<(Taxonomy Taxonomy, string Key)> TermsOf(string path) =>
        Query("SELECT t.Taxonomy, t.\"Key\" FROM ArticleTerms t JOIN Articles a ON a.Id = t.ArticleId WHERE a.Path = $1", row => ((Taxonomy)row.GetInt32(0), row.GetString(1)), path);

    public void ClearTerms() => Run("DELETE FROM Terms");

    public void RemoveTerm(Taxonomy taxonomy, string key) => Run("DELETE FROM Terms WHERE Taxonomy = $1 AND \"Key\" = $2", (int)taxonomy, key);

    public void PutTerm(Term term) =>
        Run("INSERT OR REPLACE INTO Terms (Taxonomy, \"Key\", Slug, Name, Description, Avatar, Role, Links, IsDeclared) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            (int)term.Taxonomy, term.Key, term.Slug, term.Name, term.Description, term.Avatar, term.Role, term.Links, term.IsDeclared);

    /// <summary>Authors and categories that marked articles name and nothing describes.</summary>
    public List<(string Path, int Line, int Column, Taxonomy Taxonomy, string Label)> UndeclaredTermsOfTouched() => Query("""
        SELECT a.Path, at.Line, at."Column", at.Taxonomy, at.Label FROM Touched t JOIN Articles a ON a.Id = t.ArticleId JOIN ArticleTerms at ON at.ArticleId = a.Id
        JOIN Terms term ON term.Taxonomy = at.Taxonomy AND term."Key" = at."Key" WHERE term.IsDeclared = 0 AND at.Taxonomy <> 2
        """, row => (row.GetString(0), row.GetInt32(1), row.GetInt32(2), (Taxonomy)row.GetInt32(3), row.GetString(4)));

    /// <summary>Links of marked articles that need a look: all but those to an address that an article has, without an anchor.</summary>
    public List<(string Path, Content.ArticleLink Link)> LinksToCheckOfTouched() => Query("""
        SELECT a.Path, l.Kind, l.Target, l.Fragment, l.Line, l."Column" FROM Touched t JOIN Links l ON l.ArticleId = t.ArticleId JOIN Articles a ON a.Id = t.ArticleId
        LEFT JOIN Articles target ON target.Permalink = l.Target AND l.Kind = 1 WHERE target.Id IS NULL OR l.Fragment <> ''
        """, row => (row.GetString(0), new Content.ArticleLink((LinkKind)row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetInt32(5))));

    public string? AnchorsAt(string path) => (string?)Scalar("SELECT b.Anchors FROM Bodies b JOIN Articles a ON a.Id = b.ArticleId WHERE a.Path = $1", path);

    public string? AnchorsAtAddress(string permalink) => (string?)Scalar("SELECT b.Anchors FROM Bodies b JOIN Articles a ON a.Id = b.ArticleId WHERE a.Permalink = $1", permalink);

    public bool HasArticle(string path) => Scalar("SELECT 1 FROM Articles WHERE Path = $1", path) is not null;

    public bool HasTerm(Taxonomy taxonomy, string slug) => Scalar("SELECT 1 FROM Terms WHERE Taxonomy = $1 AND Slug = $2", (int)taxonomy, slug) is not null;

    public bool HasYear(int year) => Scalar("SELECT 1 FROM Articles WHERE Year = $1", year) is not null;

    public bool HasAlias(string address) => Scalar("SELECT 1 FROM Aliases WHERE Address = $1", address) is not null;

    public List<string> ArticlePaths(int limit) => Query("SELECT Path FROM Articles LIMIT $1", row => row.GetString(0), limit);

    public List<(string Address, string Path)> AllAliases() => Query("SELECT al.Address, a.Path FROM Aliases al JOIN Articles a ON a.Id = al.ArticleId", row => (row.GetString(0), row.GetString(1)));

    public List<(string Address, string Path)> ContestedAliases() => Query("""
        SELECT al.Address, a.Path FROM Aliases al JOIN Articles a ON a.Id = al.ArticleId
        WHERE EXISTS (SELECT 1 FROM Articles other WHERE other.Permalink = al.Address AND other.Id <> al.ArticleId) OR EXISTS (SELECT 1 FROM Aliases twin WHERE twin.Address = al.Address AND twin.ArticleId < al.ArticleId)
        """, row => (row.GetString(0), row.GetString(1)));

    public List<(string Section, int Count)> Sections() =>
        Query("SELECT Section, COUNT(*) FROM Articles WHERE Kind IN (0, 3) GROUP BY Section ORDER BY Section", row => (row.GetString(0), row.GetInt32(1)));

    public long Count() => (long)Scalar("SELECT COUNT(*) FROM Articles")!;

    private static (Taxonomy, string, string, int) Spelling(SqliteDataReader row) => ((Taxonomy)row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetInt32(3));

    private void RemoveArticle(string path)
    {
        if (Scalar("SELECT Id FROM Articles WHERE Path = $1", path) is not long id) return;
        Run("DELETE FROM Articles WHERE Id = $1", id);
        Run("DELETE FROM Bodies WHERE ArticleId = $1", id);
        Run("DELETE FROM ArticleTerms WHERE ArticleId = $1", id);
        Run("DELETE FROM Links WHERE ArticleId = $1", id);
        Run("DELETE FROM Aliases WHERE ArticleId = $1", id);
        Run("DELETE FROM Touched WHERE ArticleId = $1", id);
    }

    private void AddTerms(long articleId, Taxonomy taxonomy, IReadOnlyList<TermReference> terms)
    {
        for (var i = 0; i < terms.Count; i++)
            Run("INSERT INTO ArticleTerms (ArticleId, Taxonomy, \"Key\", Label, Position, Line, \"Column\") VALUES ($1, $2, $3, $4, $5, $6, $7)",
                articleId, (int)taxonomy, terms[i].Key, terms[i].Label, i, terms[i].Line, terms[i].Column);
    }

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params object?[] values)
    {
        var rows = new List<T>();
        using var reader = Command(sql, values).ExecuteReader();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    private void Run(string sql, params object?[] values) => Command(sql, values).ExecuteNonQuery();

    private object? Scalar(string sql, params object?[] values) => Command(sql, values).ExecuteScalar() is var value and not DBNull ? value : null;

    private SqliteCommand Command(string sql, params object?[] values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.Transaction = _transaction;
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i + 1}" });
            _commands[sql] = command;
        }

        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}

/// <summary>What a document's place among the others makes of it.</summary>
/// <param name="Kind">Article, page, course, lesson…</param>
/// <param name="Wanted">The address that it asks for.</param>
/// <param name="Year">Of publication in the site's zone; null without a date.</param>
/// <param name="ParentPath">The bundle that it is a part of; null for none.</param>
internal sealed record ArticlePlace(ArticleKind Kind, string Wanted, int? Year, string? ParentPath);
