using System.Text.Json;
using Blog.Catalogue.Search;
using Blog.Content;
using Blog.Images;
using Microsoft.Data.Sqlite;

namespace Blog.Catalogue;

/// <summary>
/// What pages ask, by statements that SQLite has compiled once for a connection: compiling them, and translating them from LINQ, costs several times what answering does.
/// One for a request, from <see cref="CatalogueReaders"/>; not for several threads at once.
/// </summary>
public sealed partial class CatalogueReader : IDisposable
{
    private const string Columns = """
        a.Id, a.Path, a.Kind, a.Section, a.Slug, a.Wanted, a.IsPermalinkStated, a.Permalink, a.Title, a.Description, a.IsExcerpt, a.PublishedAt, a.ModifiedAt, a.ModifiedFrom, a.ExpiresAt, a.Year, a.IsListed, a.IsDraft, a.NoIndex,
        a.Toc, a.Language, a.CoverImage, a.CoverAlt, a.CanonicalUrl, a.VideoId, a.Series, a.SeriesKey, a.SeriesOrder, a.WordCount, a.ReadingMinutes, a.ParentPath, a.Position, a.Module, a.HasFileLinks, a.Hash, a.Uid, a.BrokenSince
        """;

    private const string Visible = "a.IsDraft = 0 AND (a.PublishedAt IS NULL OR a.PublishedAt <= $now) AND (a.ExpiresAt IS NULL OR a.ExpiresAt > $now)";

    // Found by an index alone: to put whole rows in order takes longer than to read one.
    private const string Previous = $"""
        SELECT {Columns} FROM Articles a WHERE a.Id = (
            SELECT a.Id FROM Articles a WHERE a.Section = $section AND a.IsListed = 1 AND a.PublishedAt <= $date AND (a.PublishedAt < $date OR a.Path < $path) AND {Visible} ORDER BY a.PublishedAt DESC, a.Path DESC LIMIT 1)
        """;

    private const string Next = $"""
        SELECT {Columns} FROM Articles a WHERE a.Id = (
            SELECT a.Id FROM Articles a WHERE a.Section = $section AND a.IsListed = 1 AND a.PublishedAt >= $date AND (a.PublishedAt > $date OR a.Path > $path) AND {Visible} ORDER BY a.PublishedAt, a.Path LIMIT 1)
        """;

    private const string TermColumns = "t.Taxonomy, t.\"Key\", t.Slug, t.Name, t.Description, t.Avatar, t.Role, t.Links, t.IsDeclared";

    private const string PictureColumns = "p.Path, p.Hash, p.Format, p.Width, p.Height, p.IsAnimated, p.HasAlpha, p.IsWhole, p.Tone";

    private readonly SqliteConnection _connection;
    private readonly CatalogueStatement _begin;
    private readonly CatalogueStatement _end;
    private readonly Dictionary<string, CatalogueStatement> _statements = new(StringComparer.Ordinal);

    internal CatalogueReader(string connectionString, int cacheKilobytes)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        _connection.Open();
        CatalogueFile.PrepareForReading(_connection, cacheKilobytes);
        (_begin, _end) = (new CatalogueStatement(_connection, "BEGIN", []), new CatalogueStatement(_connection, "COMMIT", []));
        Index = new SearchIndex(_connection) { KeepsStatements = true };
    }

    /// <summary>From here on everything is read as of one moment, whatever a sync writes meanwhile; and SQLite locks and unlocks the file once, not for each question.</summary>
    internal void Begin()
    {
        _begin.Run();
        _isUpToDate = false;
    }

    /// <summary>Lets go of that moment.</summary>
    internal void End() => _end.Run();

    /// <summary>The search index, through the same connection.</summary>
    internal SearchIndex Index { get; }

    /// <summary>The article at a canonical path that readers may see at that moment; null for none.</summary>
    public Article? ArticleAt(string permalink, DateTimeOffset now) =>
        Read($"SELECT {Columns} FROM Articles a WHERE a.Permalink = $permalink AND {Visible} LIMIT 1", ReadArticle, ("$permalink", permalink), Moment(now)).FirstOrDefault();

    /// <summary>The body of an article.</summary>
    public PageBody BodyOf(int id) => Read("SELECT Html, Outline FROM Bodies WHERE ArticleId = $id", row => new PageBody(row.Text(0), StoredOutline.Read(row.Bytes(1))), ("$id", id))[0];

    /// <summary>The parts of a bundle that readers may see at that moment, in order.</summary>
    public IReadOnlyList<Article> PartsOf(string path, DateTimeOffset now) =>
        Read($"SELECT {Columns} FROM Articles a WHERE a.ParentPath = $path AND {Visible} ORDER BY a.Position", ReadArticle, ("$path", path), Moment(now));

    /// <summary>The article of a file, when readers may see it at that moment; else null.</summary>
    public Article? ArticleOf(string path, DateTimeOffset now) =>
        Read($"SELECT {Columns} FROM Articles a WHERE a.Path = $path AND {Visible}", ReadArticle, ("$path", path), Moment(now)).FirstOrDefault();

    /// <summary>The articles of a series that readers may see at that moment, in its order.</summary>
    public IReadOnlyList<Article> Series(string key, DateTimeOffset now) =>
        Read($"SELECT {Columns} FROM Articles a WHERE a.SeriesKey = $key AND {Visible} ORDER BY COALESCE(a.SeriesOrder, 2147483647), a.PublishedAt, a.Path", ReadArticle, ("$key", key), Moment(now));

    /// <summary>The articles published next before and after one in its section; null for undated ones, pages and lessons.</summary>
    public (Article? Previous, Article? Next) NeighboursOf(Article article, DateTimeOffset now)
    {
        if (article.Kind is not (ArticleKind.Article or ArticleKind.Course) || article.PublishedAt is not { } date) return (null, null);
        return (Nearest(Previous), Nearest(Next));

        Article? Nearest(string sql) => Read(sql, ReadArticle, ("$section", article.Section), ("$date", date), ("$path", article.Path), Moment(now)).FirstOrDefault();
    }

    /// <summary>The ids of the articles most like one, the most like it first; found out where that is not known yet.</summary>
    public IReadOnlyList<int> LikeOf(int id) =>
        Read("SELECT Ids FROM Related WHERE ArticleId = $id", row => row.Text(0), ("$id", id)).FirstOrDefault() is { } known
            ? [.. known.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(other => int.Parse(other, System.Globalization.CultureInfo.InvariantCulture))]
            : [.. Likeness.Find(Index, id).Select(other => (int)other)];

    /// <summary>The surrogate keys of the words by which an article's like is found; empty for one that is not in the search index.</summary>
    public IReadOnlyList<string> WordKeysOf(int id) => Index.WordKeysOf(id);

    /// <summary>The first of several articles that lists show and readers may see at that moment.</summary>
    public IReadOnlyList<Article> Listed(IEnumerable<int> ids, int most, DateTimeOffset now) =>
        Read($"SELECT {Columns} FROM json_each($ids) CROSS JOIN Articles a ON a.Id = json_each.value WHERE a.IsListed = 1 AND {Visible} LIMIT $most", ReadArticle, ("$ids", Json(ids)), ("$most", most), Moment(now));

    /// <summary>Articles by their ids, in the order of these; without those that are not there.</summary>
    public IReadOnlyList<Article> Articles(IEnumerable<int> ids)
    {
        var wanted = ids.ToList();
        if (wanted.Count == 0) return [];
        // SQLite would copy each row whole to put them in order.
        var found = Read($"SELECT {Columns} FROM json_each($ids) CROSS JOIN Articles a ON a.Id = json_each.value", ReadArticle, ("$ids", Json(wanted.Distinct()))).ToDictionary(article => article.Id);
        return [.. wanted.Select(id => found.GetValueOrDefault(id)).OfType<Article>()];
    }

    /// <summary>The terms of whatever taxonomy that have one of the keys.</summary>
    public IReadOnlyList<Term> Terms(IEnumerable<string> keys) =>
        Read($"SELECT {TermColumns} FROM json_each($keys) CROSS JOIN Terms t ON t.\"Key\" = json_each.value", ReadTerm, ("$keys", Json(keys.Distinct())));

    /// <summary>The term of a taxonomy that somebody means: the one with that key or slug, or else with that name in whatever case; null for none.</summary>
    public Term? TermCalled(Taxonomy taxonomy, string key, string slug, string name) =>
        Read($"SELECT {TermColumns} FROM Terms t WHERE t.Taxonomy = $taxonomy AND (t.\"Key\" = $key OR t.Slug = $slug) ORDER BY t.\"Key\" LIMIT 1", ReadTerm, ("$taxonomy", (int)taxonomy), ("$key", key), ("$slug", slug)).FirstOrDefault()
        ?? Read($"SELECT {TermColumns} FROM Terms t WHERE t.Taxonomy = $taxonomy AND t.Name = $name COLLATE NOCASE ORDER BY t.\"Key\" LIMIT 1", ReadTerm, ("$taxonomy", (int)taxonomy), ("$name", name)).FirstOrDefault();

    /// <summary>What is known of the pictures at addresses on this site, by address; of those elsewhere, or that are no pictures, nothing.</summary>
    public IReadOnlyDictionary<string, Picture> PicturesAt(IEnumerable<string> urls)
    {
        var wanted = urls.Distinct().Select(url => (Url: url, Path: Permalinks.PathOfAsset(url))).Where(asset => asset.Path is not null).ToList();
        if (wanted.Count == 0) return new Dictionary<string, Picture>();
        var found = PicturesOf(wanted.Select(asset => asset.Path!)).ToDictionary(picture => picture.Path, StringComparer.Ordinal);
        return wanted.Where(asset => found.ContainsKey(asset.Path!)).ToDictionary(asset => asset.Url, asset => found[asset.Path!], StringComparer.Ordinal);
    }

    /// <summary>The pictures of those files that are some.</summary>
    public IReadOnlyList<Picture> PicturesOf(IEnumerable<string> paths) =>
        Read($"SELECT {PictureColumns} FROM json_each($paths) CROSS JOIN Pictures p ON p.Path = json_each.value", ReadPicture, ("$paths", Json(paths.Distinct())));

    /// <summary>A picture by its hash; null for none of now.</summary>
    public Picture? PictureWith(string hash) =>
        Read($"SELECT {PictureColumns} FROM Pictures p WHERE p.Hash = $hash ORDER BY p.Path LIMIT 1", ReadPicture, ("$hash", hash)).FirstOrDefault();

    /// <summary>The pictures that readers are likely to see next: those in the newest articles.</summary>
    /// <param name="articles">How many articles count.</param>
    /// <param name="now">When.</param>
    public IReadOnlyList<Picture> PicturesOfNewest(int articles, DateTimeOffset now)
    {
        var newest = Newest(ArticleList.All, 0, articles, now);
        var linked = Read("SELECT DISTINCT l.Target FROM json_each($ids) CROSS JOIN Links l ON l.ArticleId = json_each.value WHERE l.Kind = $asset", row => row.Text(0), ("$ids", Json(newest.Select(article => article.Id))), ("$asset", (int)LinkKind.Asset));
        return PicturesOf(newest.Select(article => article.CoverImage).OfType<string>().Select(Permalinks.PathOfAsset).OfType<string>().Concat(linked));
    }

    public void Dispose()
    {
        Index.Dispose();
        foreach (var statement in _statements.Values) statement.Dispose();
        _begin.Dispose();
        _end.Dispose();
        _connection.Dispose();
    }

    private static (string, object) Moment(DateTimeOffset now) => ("$now", now.ToUnixTimeMilliseconds());

    private static string Json(IEnumerable<int> ids) => "[" + string.Join(',', ids) + "]";

    private static string Json(IEnumerable<string> texts) => JsonSerializer.Serialize(texts, StoredJson.Default.Texts);

    private static Term ReadTerm(CatalogueRow row) => new()
    {
        Taxonomy = (Taxonomy)row.Int(0),
        Key = row.Text(1),
        Slug = row.Text(2),
        Name = row.Text(3),
        Description = row.TextOrNull(4),
        Avatar = row.TextOrNull(5),
        Role = row.TextOrNull(6),
        Links = row.TextOrNull(7),
        IsDeclared = row.Flag(8),
    };

    private static Picture ReadPicture(CatalogueRow row) => new()
    {
        Path = row.Text(0),
        Hash = row.Text(1),
        Format = (PictureFormat)row.Int(2),
        Width = row.Int(3),
        Height = row.Int(4),
        IsAnimated = row.Flag(5),
        HasAlpha = row.Flag(6),
        IsWhole = row.Flag(7),
        Tone = row.TextOrNull(8),
    };

    /// <summary>The row, in the order of <see cref="Columns"/>.</summary>
    private static Article ReadArticle(CatalogueRow row) => new()
    {
        Id = row.Int(0),
        Path = row.Text(1),
        Kind = (ArticleKind)row.Int(2),
        Section = row.Text(3),
        Slug = row.Text(4),
        Wanted = row.Text(5),
        IsPermalinkStated = row.Flag(6),
        Permalink = row.Text(7),
        Title = row.Text(8),
        Description = row.Text(9),
        IsExcerpt = row.Flag(10),
        PublishedAt = row.LongOrNull(11),
        ModifiedAt = row.LongOrNull(12),
        ModifiedFrom = (ModifiedSource)row.Int(13),
        ExpiresAt = row.LongOrNull(14),
        Year = (int?)row.LongOrNull(15),
        IsListed = row.Flag(16),
        IsDraft = row.Flag(17),
        NoIndex = row.Flag(18),
        Toc = row.LongOrNull(19) is { } toc ? toc != 0 : null,
        Language = row.TextOrNull(20),
        CoverImage = row.TextOrNull(21),
        CoverAlt = row.TextOrNull(22),
        CanonicalUrl = row.TextOrNull(23),
        VideoId = row.TextOrNull(24),
        Series = row.TextOrNull(25),
        SeriesKey = row.TextOrNull(26),
        SeriesOrder = (int?)row.LongOrNull(27),
        WordCount = row.Int(28),
        ReadingMinutes = row.Int(29),
        ParentPath = row.TextOrNull(30),
        Position = row.Int(31),
        Module = row.TextOrNull(32),
        HasFileLinks = row.Flag(33),
        Hash = row.Text(34),
        Uid = row.TextOrNull(35),
        BrokenSince = row.LongOrNull(36),
    };

    private List<T> Read<T>(string sql, Func<CatalogueRow, T> read, params ReadOnlySpan<(string Name, object Value)> values)
    {
        if (!_statements.TryGetValue(sql, out var statement)) _statements[sql] = statement = new CatalogueStatement(_connection, sql, values);
        return statement.Read(read, values);
    }
}
