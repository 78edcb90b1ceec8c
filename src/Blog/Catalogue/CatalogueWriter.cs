using System.Text.Json;
using Blog.Content;
using Blog.Content.Search;
using Microsoft.Data.Sqlite;

namespace Blog.Catalogue;

/// <summary>Writes the catalogue in one transaction, by prepared statements. With the search index and the reader of article pages, the only place that holds SQL text.</summary>
internal sealed partial class CatalogueWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly Dictionary<string, CatalogueStatement> _statements = new(StringComparer.Ordinal);
    private readonly long _now;
    private readonly Totals _totals;
    private ContentVersion _version;

    /// <summary>Begins the transaction; it waits for another writer.</summary>
    /// <param name="connection">From <see cref="CatalogueFile"/>.</param>
    /// <param name="now">The moment that problems found now are dated with.</param>
    /// <param name="isBuild">True for a catalogue that is being made: nobody has known an address of it.</param>
    public CatalogueWriter(SqliteConnection connection, DateTimeOffset now, bool isBuild = false)
    {
        (_connection, _now) = (connection, now.ToUnixTimeMilliseconds());
        _transaction = connection.BeginTransaction(deferred: false);
        Run("CREATE TEMP TABLE IF NOT EXISTS Touched (ArticleId INTEGER PRIMARY KEY)");
        Run("DELETE FROM Touched");
        RememberAddresses(isBuild);
        BeginSearch(isBuild);
        BeginCounts(isBuild);
        BeginKeys(isBuild);
        _totals = Totals.Parse(Fact("totals"));
        _version = ContentVersion.Parse(Fact("content"));
    }

    /// <summary>Identifies the content of all files together.</summary>
    public string Content => _version.ToString();

    /// <summary>Articles, and problems by severity.</summary>
    public (int Errors, int Warnings, long Articles) Counts => ((int)_totals.Errors, (int)_totals.Warnings, _totals.Articles);

    public void Commit()
    {
        FinishSearch();
        FinishCounts();
        SetFact("totals", _totals.ToString());
        SetFact("content", _version.ToString());
        _transaction.Commit();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _statements.Clear();
        _transaction.Dispose();
    }

    public Dictionary<string, Source> KnownSources() => Query("SELECT Path, Kind, Size, ModifiedAt, Hash FROM Sources", ReadSource).ToDictionary(source => source.Path, StringComparer.Ordinal);

    /// <summary>The file at a path, and all that are in it where it is a folder.</summary>
    public List<Source> SourcesAt(string path) =>
        Query("SELECT Path, Kind, Size, ModifiedAt, Hash FROM Sources WHERE Path = $1 OR (Path > $1 || '/' AND Path < $1 || '0')", ReadSource, path);

    /// <summary>Unix milliseconds of the last commit that touched the file; null where git does not know it or has not been asked.</summary>
    public long? CommittedAt(string path) => (long?)Scalar("SELECT CommittedAt FROM Sources WHERE Path = $1", path);

    /// <summary>Dates an article by its file, where it does not say itself when it was changed.</summary>
    public void SetFileTime(string path, (long? At, ModifiedSource From) modified) =>
        Run("UPDATE Articles SET ModifiedAt = $2, ModifiedFrom = $3 WHERE Path = $1 AND ModifiedFrom <> 1 AND (ModifiedAt IS NOT $2 OR ModifiedFrom <> $3)", path, modified.At, (int)modified.From);

    /// <summary>Dates files by their last commits; those that git does not know have the dates of their files.</summary>
    public void SetCommitDates(CommitHistory history)
    {
        if (history.IsWhole) Run("UPDATE Sources SET CommittedAt = NULL WHERE CommittedAt IS NOT NULL");
        foreach (var (path, at) in history.Dates) Run("UPDATE Sources SET CommittedAt = MAX(COALESCE(CommittedAt, 0), $2) WHERE Path = $1", path, at);
        Run($"""
            UPDATE Articles SET (ModifiedAt, ModifiedFrom) = (SELECT COALESCE(s.CommittedAt, (s.ModifiedAt - {DateTime.UnixEpoch.Ticks}) / 10000), IIF(s.CommittedAt IS NULL, 3, 2) FROM Sources s WHERE s.Path = Articles.Path)
            WHERE ModifiedFrom <> 1 AND EXISTS (SELECT 1 FROM Sources s WHERE s.Path = Articles.Path AND Articles.ModifiedAt IS NOT COALESCE(s.CommittedAt, (s.ModifiedAt - {DateTime.UnixEpoch.Ticks}) / 10000))
            """);
    }

    public bool HasSource(string path) => Scalar("SELECT 1 FROM Sources WHERE Path = $1", path) is not null;

    public string? Fact(string name) => (string?)Scalar("SELECT Value FROM Facts WHERE Name = $1", name);

    public void SetFact(string name, string? value)
    {
        if (value is null) Run("DELETE FROM Facts WHERE Name = $1", name);
        else Run("INSERT INTO Facts (Name, Value) VALUES ($1, $2) ON CONFLICT (Name) DO UPDATE SET Value = excluded.Value", name, value);
    }

    /// <summary>Notes a file as it was found.</summary>
    /// <param name="file">Its place, size and time.</param>
    /// <param name="hash">Of its content; empty for one that was not read.</param>
    public void SetSource(FoundFile file, string hash)
    {
        ForgetSource(file.Path);
        _version.Add(file.Path, file.Size, hash);
        Run("""
            INSERT INTO Sources (Path, Kind, Size, ModifiedAt, Hash) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (Path) DO UPDATE SET Kind = excluded.Kind, Size = excluded.Size, ModifiedAt = excluded.ModifiedAt, Hash = excluded.Hash
            """, file.Path, (int)file.Kind, file.Size, file.ModifiedAt, hash);
    }

    /// <summary>Takes a file out of the catalogue.</summary>
    public void Remove(string path)
    {
        RemoveArticle(path);
        RemovePicture(path);
        ForgetSource(path);
        Run("DELETE FROM Sources WHERE Path = $1", path);
        RemoveProblems("Path = $1", path);
    }

    /// <summary>Puts a document in the place of what the file held before. Returns the article's id, or null for a file that is none.</summary>
    /// <param name="document">The document.</param>
    /// <param name="place">What its place among the others makes of it.</param>
    /// <param name="hash">Of its file.</param>
    /// <param name="entry">What the search index is to know of it; null for nothing, or nothing yet.</param>
    public int? Put(ArticleDocument document, ArticlePlace place, string hash, SearchEntry? entry)
    {
        var id = (long?)Scalar("SELECT Id FROM Articles WHERE Path = $1", document.Path);
        RemoveArticle(document.Path);
        RemoveProblems("Path = $1", document.Path);
        foreach (var problem in document.Problems) AddProblem(problem, false);
        if (!document.IsArticle) return null;

        var metadata = document.Metadata;
        Run("""
            INSERT INTO Articles (Id, Path, Kind, Section, Slug, Wanted, Permalink, Title, Description, PublishedAt, ModifiedAt, ModifiedFrom, ExpiresAt, Year, IsDraft, NoIndex, Toc, Language,
                CoverImage, CoverAlt, CanonicalUrl, VideoId, Series, SeriesKey, SeriesOrder, WordCount, ReadingMinutes, ParentPath, Position, Module, HasFileLinks, IsExcerpt, Hash, Uid, IsPermalinkStated, IsListed)
            VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, 0, NULL, $28, $29, $30, $31, $32, $3 IN (0, 3))
            """,
            id, document.Path, (int)place.Kind, document.Section, document.Slug, place.Wanted, document.Title, document.Description,
            metadata.PublishedAt?.ToUnixTimeMilliseconds(), place.Modified.At, (int)place.Modified.From, metadata.ExpiresAt?.ToUnixTimeMilliseconds(), place.Year,
            metadata.IsDraft, metadata.NoIndex, metadata.Toc, metadata.Language, document.CoverImage, metadata.CoverAlt, metadata.CanonicalUrl, metadata.VideoId,
            metadata.Series, metadata.Series is { } series ? Slug.Fold(series) : null, metadata.SeriesOrder, document.WordCount, document.ReadingMinutes, place.ParentPath,
            document.Links.Any(link => link.Kind == LinkKind.File && link.Target != document.Path), metadata.Description is null, hash, metadata.Uid, metadata.Permalink is not null);
        id ??= (long)Scalar("SELECT last_insert_rowid()")!;
        _totals.Articles++;
        Run("INSERT INTO Bodies (ArticleId, Html, Outline, Anchors, Lessons) VALUES ($1, $2, $3, $4, $5)",
            id, document.Html, JsonSerializer.Serialize(document.Outline), string.Join('\n', document.Anchors), metadata.Lessons.Count == 0 ? null : JsonSerializer.Serialize(metadata.Lessons));
        AddTerms(id.Value, Taxonomy.Author, metadata.Authors, metadata);
        AddTerms(id.Value, Taxonomy.Category, metadata.Categories, metadata);
        AddTerms(id.Value, Taxonomy.Tag, metadata.Tags, metadata);
        Count(id.Value, 1);
        foreach (var link in document.Links)
            Run("INSERT INTO Links (ArticleId, Kind, Target, Address, Fragment, Line, \"Column\") VALUES ($1, $2, $3, $4, $5, $6, $7)",
                id, (int)link.Kind, link.Target, link.Kind == LinkKind.Page ? Permalinks.Canonical(link.Target) : link.Target.TrimEnd('/'), link.Fragment, link.Line, link.Column);
        foreach (var alias in metadata.Aliases) Run("INSERT OR IGNORE INTO Aliases (Address, ArticleId) VALUES ($1, $2)", alias.Value, id);
        if (entry is not null) Index(id.Value, entry);
        Touch(id.Value);
        return (int)id;
    }

    /// <summary>What the place of an article follows from: as its last good version has it.</summary>
    public (ArticleKind Kind, string Section, string Slug, DateTimeOffset? Published, string? Permalink) PlaceOf(string path) =>
        Query("SELECT Kind, Section, Slug, PublishedAt, IIF(IsPermalinkStated, Wanted, NULL) FROM Articles WHERE Path = $1", row => (
            (ArticleKind)row.Int(0), row.Text(1), row.Text(2), row.IsNull(3) ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(row.Long(3)), row.TextOrNull(4)), path)[0];

    /// <summary>Leaves the article of a file as it was, with the problems for which the file, as it is now, can't take its place.</summary>
    /// <param name="broken">The file as it is now.</param>
    /// <param name="wanted">The address that the article asks for by the rules of now.</param>
    /// <param name="parentPath">The bundle that it is a part of now; null for none.</param>
    public void KeepLastGood(ArticleDocument broken, string wanted, string? parentPath)
    {
        // A part's address follows when its bundle is placed.
        Run("UPDATE Articles SET Wanted = $2, Permalink = $2 WHERE Path = $1 AND Wanted <> $2 AND NOT ($3 IS NOT NULL AND ParentPath IS $3)", broken.Path, wanted, parentPath);
        Run("UPDATE Articles SET ParentPath = $2 WHERE Path = $1 AND ParentPath IS NOT $2", broken.Path, parentPath);
        RemoveProblems("Path = $1 AND IsCrossFile = 0", broken.Path);
        foreach (var problem in broken.Problems) AddProblem(problem, false);
        Run("UPDATE Articles SET BrokenSince = $2 WHERE Path = $1 AND BrokenSince IS NULL", broken.Path, _now);
        var id = (long)Scalar("SELECT Id FROM Articles WHERE Path = $1", broken.Path)!;
        Touch(id);
    }

    /// <summary>Gives the last good version of a broken file that was renamed to the new name, and to the section that it is in now; false when there is none.</summary>
    /// <param name="hash">Of the broken file, which is the same under both names.</param>
    /// <param name="to">The file as it is now.</param>
    /// <param name="isGone">True for a path at which there is no file any more.</param>
    public bool MoveLastGood(string hash, ArticleDocument to, Func<string, bool> isGone)
    {
        if (hash.Length == 0) return false;
        var (id, from) = Query("SELECT a.Id, a.Path FROM Articles a JOIN Sources s ON s.Path = a.Path WHERE a.BrokenSince IS NOT NULL AND s.Hash = $1 ORDER BY a.Path", row => (row.Long(0), row.Text(1)), hash).FirstOrDefault(file => isGone(file.Item2));
        if (from is null) return false;
        var isCourse = Scalar("SELECT 1 FROM Bodies WHERE ArticleId = $1 AND Lessons IS NOT NULL", id) is not null;
        var kind = to.Kind switch { ContentKind.Page => ArticleKind.Page, ContentKind.SectionIndex => ArticleKind.SectionIndex, _ => isCourse ? ArticleKind.Course : ArticleKind.Article };
        Count(id, -1);
        Run("UPDATE Articles SET Path = $2, Section = $3, Kind = $4, IsListed = $4 IN (0, 3) WHERE Id = $1", id, to.Path, to.Section, (int)kind);
        Count(id, 1);
        return true;
    }

    public (string Title, string Description)? SectionIndex(string section) =>
        Query("SELECT Title, Description FROM Articles WHERE Kind = 2 AND Section = $1 ORDER BY Path", row => (row.Text(0), row.Text(1)), section) is [var index, ..] ? index : null;

    /// <summary>The sections that hold articles, found without reading these.</summary>
    public List<string> Sections() => Query("""
        WITH RECURSIVE Names (Name) AS (
            SELECT MIN(Section) FROM Articles
            UNION ALL SELECT (SELECT MIN(Section) FROM Articles WHERE Section > Name) FROM Names WHERE Name IS NOT NULL)
        SELECT Name FROM Names WHERE Name IS NOT NULL AND EXISTS (SELECT 1 FROM Articles WHERE Section = Name AND IsListed = 1)
        """, row => row.Text(0));

    /// <summary>True when readers see an article of the section.</summary>
    public bool IsSectionPublished(string section) => Scalar("""
        SELECT 1 FROM Articles WHERE Section = $1 AND IsListed = 1 AND IsDraft = 0 AND (PublishedAt IS NULL OR PublishedAt <= $2) AND (ExpiresAt IS NULL OR ExpiresAt > $2) LIMIT 1
        """, section, _now) is not null;

    /// <summary>The last moment at which an article came or went by its dates; null before the first.</summary>
    public long? LastMoment() => (long?)Scalar("SELECT MAX(At) FROM (SELECT MAX(PublishedAt) AS At FROM Articles WHERE PublishedAt <= $1 UNION ALL SELECT MAX(ExpiresAt) FROM Articles WHERE ExpiresAt <= $1)", _now);

    /// <summary>The next moment at which an article comes or goes by its dates; null for none.</summary>
    public long? NextMoment() => (long?)Scalar("SELECT MIN(At) FROM (SELECT MIN(PublishedAt) AS At FROM Articles WHERE PublishedAt > $1 UNION ALL SELECT MIN(ExpiresAt) FROM Articles WHERE ExpiresAt > $1)", _now);

    /// <summary>What came and went by its dates after a moment and up to now: the first of each.</summary>
    public List<SyncedFile> MovedByClock(long since) =>
    [
        .. Query("SELECT Path, Title, Permalink FROM Articles WHERE PublishedAt > $1 AND PublishedAt <= $2 AND IsDraft = 0 AND (ExpiresAt IS NULL OR ExpiresAt > $2) ORDER BY Path LIMIT $3",
            row => new SyncedFile(row.Text(0), FileChange.Published, row.Text(1), Permalinks.Escape(row.Text(2))), since, _now, SyncReport.MaxFiles),
        .. Query("SELECT Path, Title FROM Articles WHERE ExpiresAt > $1 AND ExpiresAt <= $2 AND IsDraft = 0 ORDER BY Path LIMIT $3",
            row => new SyncedFile(row.Text(0), FileChange.Expired, row.Text(1)), since, _now, SyncReport.MaxFiles),
    ];

    /// <summary>An article's title and address by its file, for reports.</summary>
    public (string Title, string Permalink)? ArticleAt(string path) =>
        Query("SELECT Title, Permalink FROM Articles WHERE Path = $1", row => (row.Text(0), row.Text(1)), path) is [var article, ..] ? article : null;

    public bool HasArticle(string path) => Scalar("SELECT 1 FROM Articles WHERE Path = $1", path) is not null;

    private static Source ReadSource(CatalogueRow row) => new()
    {
        Path = row.Text(0),
        Kind = (ContentKind)row.Int(1),
        Size = row.Long(2),
        ModifiedAt = row.Long(3),
        Hash = row.Text(4),
    };

    private void ForgetSource(string path)
    {
        foreach (var (size, hash) in Query("SELECT Size, Hash FROM Sources WHERE Path = $1", row => (row.Long(0), row.Text(1)), path)) _version.Remove(path, size, hash);
    }

    private void RemoveArticle(string path)
    {
        if (Scalar("SELECT Id FROM Articles WHERE Path = $1", path) is not long id) return;
        RemoveFromIndex(id);
        Count(id, -1);
        Run("DELETE FROM Articles WHERE Id = $1", id);
        Run("DELETE FROM Bodies WHERE ArticleId = $1", id);
        Run("DELETE FROM ArticleTerms WHERE ArticleId = $1", id);
        Run("DELETE FROM Links WHERE ArticleId = $1", id);
        Run("DELETE FROM Aliases WHERE ArticleId = $1", id);
        Run("DELETE FROM Touched WHERE ArticleId = $1", id);
        _totals.Articles--;
    }

    private List<T> Query<T>(string sql, Func<CatalogueRow, T> read, params ReadOnlySpan<object?> values) => Statement(sql, values.Length).Read(read, values);

    private void Run(string sql, params ReadOnlySpan<object?> values) => Statement(sql, values.Length).Run(values);

    /// <summary>The value of the first row; null for none, and for NULL.</summary>
    private object? Scalar(string sql, params ReadOnlySpan<object?> values) => Statement(sql, values.Length).Read(row => row.Value(0), values) is [var value, ..] ? value : null;

    private CatalogueStatement Statement(string sql, int parameters)
    {
        if (!_statements.TryGetValue(sql, out var statement)) _statements[sql] = statement = new CatalogueStatement(_connection, sql, parameters);
        return statement;
    }
}

/// <summary>What a document's place among the others makes of it.</summary>
/// <param name="Kind">Article, page, course, lesson…</param>
/// <param name="Wanted">The address that it asks for.</param>
/// <param name="Year">Of publication in the site's zone; null without a date.</param>
/// <param name="ParentPath">The bundle that it is a part of; null for none.</param>
/// <param name="Modified">When it was last changed, and who says so.</param>
internal sealed record ArticlePlace(ArticleKind Kind, string Wanted, int? Year, string? ParentPath, (long? At, ModifiedSource From) Modified);
