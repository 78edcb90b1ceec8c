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
    private const string TermColumns = "t.Taxonomy, t.\"Key\", t.Slug, t.Name, t.Description, t.Avatar, t.Role, t.Links, t.IsDeclared";

    private const string PictureColumns = "p.Path, p.Hash, p.Format, p.Width, p.Height, p.IsAnimated, p.HasAlpha, p.IsWhole, p.Tone";

    private const string TermsOfArticles = $"""
        SELECT {TermColumns}, n.ArticleId FROM json_each($ids) CROSS JOIN ArticleTerms n ON n.ArticleId = json_each.value JOIN Terms t ON t.Taxonomy = n.Taxonomy AND t."Key" = n."Key"
        ORDER BY n.ArticleId, n.Taxonomy, n.Position
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _end;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    internal CatalogueReader(string connectionString)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        _connection.Open();
        CatalogueFile.PrepareForReading(_connection);
        (_begin, _end) = (_connection.CreateCommand(), _connection.CreateCommand());
        (_begin.CommandText, _end.CommandText) = ("BEGIN", "COMMIT");
        Index = new SearchIndex(_connection) { KeepsCommands = true };
    }

    /// <summary>From here on everything is read as of one moment, whatever a sync writes meanwhile; and SQLite locks and unlocks the file once, not for each question.</summary>
    internal void Begin() => _begin.ExecuteNonQuery();

    /// <summary>Lets go of that moment.</summary>
    internal void End() => _end.ExecuteNonQuery();

    /// <summary>The search index, through the same connection.</summary>
    internal SearchIndex Index { get; }

    /// <summary>The article at a canonical path that readers may see at that moment; null for none.</summary>
    public Article? ArticleAt(string permalink, DateTimeOffset now) =>
        Read($"SELECT {Columns} FROM Articles a WHERE a.Permalink = $permalink AND {Visible} LIMIT 1", ReadArticle, ("$permalink", permalink), Moment(now)).FirstOrDefault();

    /// <summary>The body of an article.</summary>
    public ArticleBody BodyOf(int id) => Read("SELECT Html, Outline, Anchors, Lessons FROM Bodies WHERE ArticleId = $id",
        row => new ArticleBody { ArticleId = id, Html = row.GetString(0), Outline = row.GetString(1), Anchors = row.GetString(2), Lessons = Text(row, 3) }, ("$id", id)).First();

    /// <summary>The terms that articles name, each by taxonomy and in the order in which it names them.</summary>
    public ILookup<int, Term> TermsOf(IEnumerable<int> ids) => Read(TermsOfArticles, row => (Article: row.GetInt32(9), Term: ReadTerm(row)), ("$ids", Json(ids))).ToLookup(row => row.Article, row => row.Term);

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
        var previous = Read($"""
            SELECT {Columns} FROM Articles a WHERE a.Section = $section AND a.IsListed = 1 AND a.PublishedAt <= $date AND (a.PublishedAt < $date OR a.Path < $path) AND {Visible}
            ORDER BY a.PublishedAt DESC, a.Path DESC LIMIT 1
            """, ReadArticle, ("$section", article.Section), ("$date", date), ("$path", article.Path), Moment(now)).FirstOrDefault();
        var next = Read($"""
            SELECT {Columns} FROM Articles a WHERE a.Section = $section AND a.IsListed = 1 AND a.PublishedAt >= $date AND (a.PublishedAt > $date OR a.Path > $path) AND {Visible}
            ORDER BY a.PublishedAt, a.Path LIMIT 1
            """, ReadArticle, ("$section", article.Section), ("$date", date), ("$path", article.Path), Moment(now)).FirstOrDefault();
        return (previous, next);
    }

    /// <summary>The ids of the articles most like one, the most like it first; found out where that is not known yet.</summary>
    public IReadOnlyList<int> LikeOf(int id) =>
        Read("SELECT Ids FROM Related WHERE ArticleId = $id", row => row.GetString(0), ("$id", id)).FirstOrDefault() is { } known
            ? [.. known.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(other => int.Parse(other, System.Globalization.CultureInfo.InvariantCulture))]
            : [.. Likeness.Find(Index, id).Select(other => (int)other)];

    /// <summary>The words by which an article's like is found, as the search index has them; empty for one that is not there.</summary>
    public IReadOnlyList<string> KeyWordsOf(int id) => [.. Index.KeyWordsOf(id).Select(word => word.Facet)];

    /// <summary>The first of several articles that lists show and readers may see at that moment.</summary>
    public IReadOnlyList<Article> Listed(IEnumerable<int> ids, int most, DateTimeOffset now) =>
        Read($"SELECT {Columns} FROM json_each($ids) CROSS JOIN Articles a ON a.Id = json_each.value WHERE a.IsListed = 1 AND {Visible} ORDER BY json_each.key LIMIT $most", ReadArticle, ("$ids", Json(ids)), ("$most", most), Moment(now));

    /// <summary>Articles by their ids, in the order of these.</summary>
    public IReadOnlyList<Article> Articles(IEnumerable<int> ids) =>
        Read($"SELECT {Columns} FROM json_each($ids) CROSS JOIN Articles a ON a.Id = json_each.value ORDER BY json_each.key", ReadArticle, ("$ids", Json(ids)));

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
        var linked = Read("SELECT DISTINCT l.Target FROM json_each($ids) CROSS JOIN Links l ON l.ArticleId = json_each.value WHERE l.Kind = $asset", row => row.GetString(0), ("$ids", Json(newest.Select(article => article.Id))), ("$asset", (int)LinkKind.Asset));
        return PicturesOf(newest.Select(article => article.CoverImage).OfType<string>().Select(Permalinks.PathOfAsset).OfType<string>().Concat(linked));
    }

    public void Dispose()
    {
        Index.Dispose();
        foreach (var command in _commands.Values.Append(_begin).Append(_end)) command.Dispose();
        _connection.Dispose();
    }

    private static (string, object) Moment(DateTimeOffset now) => ("$now", now.ToUnixTimeMilliseconds());

    private static string Json(IEnumerable<int> ids) => "[" + string.Join(',', ids) + "]";

    private static string Json(IEnumerable<string> texts) => JsonSerializer.Serialize(texts, StoredJson.Default.Texts);

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static Term ReadTerm(SqliteDataReader row) => new()
    {
        Taxonomy = (Taxonomy)row.GetInt32(0),
        Key = row.GetString(1),
        Slug = row.GetString(2),
        Name = row.GetString(3),
        Description = Text(row, 4),
        Avatar = Text(row, 5),
        Role = Text(row, 6),
        Links = Text(row, 7),
        IsDeclared = row.GetBoolean(8),
    };

    private static Picture ReadPicture(SqliteDataReader row) => new()
    {
        Path = row.GetString(0),
        Hash = row.GetString(1),
        Format = (PictureFormat)row.GetInt32(2),
        Width = row.GetInt32(3),
        Height = row.GetInt32(4),
        IsAnimated = row.GetBoolean(5),
        HasAlpha = row.GetBoolean(6),
        IsWhole = row.GetBoolean(7),
        Tone = Text(row, 8),
    };

    /// <summary>The row, in the order of <see cref="Columns"/>.</summary>
    private static Article ReadArticle(SqliteDataReader row) => new()
    {
        Id = row.GetInt32(0),
        Path = row.GetString(1),
        Kind = (ArticleKind)row.GetInt32(2),
        Section = row.GetString(3),
        Slug = row.GetString(4),
        Wanted = row.GetString(5),
        IsPermalinkStated = row.GetBoolean(6),
        Permalink = row.GetString(7),
        Title = row.GetString(8),
        Description = row.GetString(9),
        IsExcerpt = row.GetBoolean(10),
        PublishedAt = Number(row, 11),
        ModifiedAt = Number(row, 12),
        ModifiedFrom = (ModifiedSource)row.GetInt32(13),
        ExpiresAt = Number(row, 14),
        Year = (int?)Number(row, 15),
        IsListed = row.GetBoolean(16),
        IsDraft = row.GetBoolean(17),
        NoIndex = row.GetBoolean(18),
        Toc = Number(row, 19) is { } toc ? toc != 0 : null,
        Language = Text(row, 20),
        CoverImage = Text(row, 21),
        CoverAlt = Text(row, 22),
        CanonicalUrl = Text(row, 23),
        VideoId = Text(row, 24),
        Series = Text(row, 25),
        SeriesKey = Text(row, 26),
        SeriesOrder = (int?)Number(row, 27),
        WordCount = row.GetInt32(28),
        ReadingMinutes = row.GetInt32(29),
        ParentPath = Text(row, 30),
        Position = row.GetInt32(31),
        Module = Text(row, 32),
        HasFileLinks = row.GetBoolean(33),
        Hash = row.GetString(34),
        Uid = Text(row, 35),
        BrokenSince = Number(row, 36),
    };

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
            _commands[sql] = command;
        }
        else
        {
            for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i].Value;
        }

        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }
}
