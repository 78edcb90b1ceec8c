using Blog.Catalogue.Search;
using Blog.Content;
using Blog.Content.Search;

namespace Blog.Catalogue;

/// <summary>What pages show and has changed, as <see cref="SurrogateKeys"/>: found by comparing rows as they were with rows as they are, whoever wrote them.</summary>
internal sealed partial class CatalogueWriter
{
    private const string Seen = "Path, Permalink, Kind, Section, Title, Language, IsListed, IsDraft, PublishedAt, ExpiresAt, SeriesKey, SeriesOrder, ParentPath, Position, Module";

    // Of an update, what no page shows does not count.
    private static readonly string[] Shown = ["Path", "Permalink", "Kind", "Section", "IsListed", "ParentPath", "Position", "Module", "ModifiedAt", "ModifiedFrom"];

    private readonly ChangedKeys _keys = new();
    private readonly HashSet<string> _relinked = new(StringComparer.Ordinal);

    /// <summary>The last moment that pages were told of before this transaction, in Unix milliseconds.</summary>
    private long _since;

    /// <summary>The keys of what has changed in this transaction, by itself and by the clock.</summary>
    public ChangedKeys FindChangedKeys()
    {
        ForgetRelated();
        foreach (var (id, was, now) in SeenRows())
        {
            if (_keys.IsAll) break;
            // What readers see now, or see no more, is also on the pages of articles that are like it.
            if (Compare(was, now)) NoteLike(id);
        }

        foreach (var target in _relinked)
        {
            if (_keys.IsAll) break;
            _keys.Add(Query("SELECT DISTINCT a.Path FROM Links l CROSS JOIN Articles a ON a.Id = l.ArticleId WHERE l.Address = $1 AND l.Kind = 0", row => row.Text(0), target).Select(SurrogateKeys.Page));
        }

        return _keys;
    }

    /// <summary>From here on, each article that is written, moved or deleted is remembered as pages showed it, whoever does it.</summary>
    private void BeginKeys(bool isBuild)
    {
        _since = _moment;
        var columns = Seen.Split(", ");
        Run($"CREATE TEMP TABLE IF NOT EXISTS Shown (ArticleId INTEGER PRIMARY KEY, {Seen}, Terms TEXT)");
        Run("DELETE FROM Shown");
        foreach (var trigger in new[] { "ShownDelete", "ShownUpdate", "ShownInsert" }) Run($"DROP TRIGGER IF EXISTS temp.{trigger}");
        if (isBuild)
        {
            _keys.AddAll();
            return;
        }

        var remember = $"INSERT OR IGNORE INTO Shown VALUES (OLD.Id, {string.Join(", ", columns.Select(column => "OLD." + column))}, {TermsOfRow("OLD")})";
        Run($"CREATE TEMP TRIGGER ShownDelete BEFORE DELETE ON main.Articles BEGIN {remember}; END");
        Run($"CREATE TEMP TRIGGER ShownUpdate BEFORE UPDATE OF {string.Join(", ", Shown)} ON main.Articles WHEN {string.Join(" OR ", Shown.Select(column => $"OLD.{column} IS NOT NEW.{column}"))} BEGIN {remember}; END");
        Run("CREATE TEMP TRIGGER ShownInsert AFTER INSERT ON main.Articles BEGIN INSERT OR IGNORE INTO Shown (ArticleId) VALUES (NEW.Id); END");
    }

    private void NoteTerm(Taxonomy taxonomy, string key)
    {
        _keys.Add(SurrogateKeys.Term(taxonomy, key));
        _keys.Add(SurrogateKeys.Lists);
    }

    /// <summary>Notes that an article may come or go where others show what is like them.</summary>
    private void NoteLike(long id)
    {
        var index = new SearchIndex(_connection);
        var words = index.KeyWordsOf(id);
        NoteWords(words.Zip(index.CountsOf(words.Select(word => word.Facet), Likeness.MostWithWord + 1)).Where(word => word.Second <= Likeness.MostWithWord).Select(word => word.First));
    }

    /// <summary>Notes that what is like the articles that have the words may be others.</summary>
    private void NoteWords(IEnumerable<KeyWord> words)
    {
        foreach (var word in words) NoteWord(word.Facet);
    }

    private void NoteWord(string facet) => _keys.Add(SurrogateKeys.Word(facet));

    private void NotePicture(string path) => _keys.Add(SurrogateKeys.Picture(path));

    /// <summary>Notes that links to a file may lead elsewhere.</summary>
    private void NoteRelinked(string path) => _relinked.UnionWith(FileLinks.TargetsOf(path));

    /// <summary>What was written, as it was and as it is, and what came and went by the clock.</summary>
    private IEnumerable<(long Id, SeenRow? Was, SeenRow? Now)> SeenRows()
    {
        if ((long)Scalar("SELECT COUNT(*) FROM Shown")! > ChangedKeys.Most)
        {
            _keys.AddAll();
            return [];
        }

        var columns = Seen.Split(", ");
        var width = columns.Length + 1;
        var (first, last) = (Math.Min(_since, _now), Math.Max(_since, _now));
        return Query($"""
            SELECT s.ArticleId, {string.Join(", ", columns.Select(column => "s." + column))}, s.Terms, {string.Join(", ", columns.Select(column => "a." + column))}, {TermsOfRow("a")} FROM Shown s LEFT JOIN Articles a ON a.Id = s.ArticleId
            """, row => (row.Long(0), ReadSeen(row, 1), ReadSeen(row, 1 + width)))
            .Concat(Query($"""
                SELECT a.Id, {Seen}, {TermsOfRow("a")} FROM Articles a WHERE a.Id IN (SELECT Id FROM Articles WHERE PublishedAt > $1 AND PublishedAt <= $2 UNION SELECT Id FROM Articles WHERE ExpiresAt > $1 AND ExpiresAt <= $2)
                    AND a.IsDraft = 0 AND a.Id NOT IN (SELECT ArticleId FROM Shown) LIMIT $3
                """, row => (row.Long(0), ReadSeen(row, 1), ReadSeen(row, 1)), first, last, ChangedKeys.Most + 1));
    }

    /// <summary>Finds the keys of an article that was written. True when it is listed otherwise than before.</summary>
    private bool Compare(SeenRow? was, SeenRow? now)
    {
        foreach (var row in new[] { was, now }.OfType<SeenRow>()) _keys.Add(SurrogateKeys.Article(row.Path));
        if (was?.Path != now?.Path || was?.Permalink != now?.Permalink || was?.Kind != now?.Kind)
        {
            foreach (var row in new[] { was, now }.OfType<SeenRow>())
            {
                NoteRelinked(row.Path);
                // It may stand where the page of a section would be.
                if (row.Permalink.LastIndexOf('/') == 0) _keys.Add(SurrogateKeys.ListOf(row.Permalink[1..]));
            }
        }

        var isSeen = now?.IsSeenAt(_now) == true;
        // Pages that were made since the clock was last asked may have shown it already.
        if (!isSeen && was?.IsSeenBetween(_since, _now) != true) return false;
        if (was is not null && now is not null && was.HasPlaceOf(now) && isSeen && was.IsSeenAt(_since) && was.IsSeenAt(_now)) return false;
        _keys.Add(SurrogateKeys.Lists);
        foreach (var row in new[] { was, now }.OfType<SeenRow>())
        {
            _keys.Add(SurrogateKeys.ListOf(row.Section));
            foreach (var (taxonomy, key) in row.Terms) _keys.Add(SurrogateKeys.ListOf(taxonomy, key));
            if (row.SeriesKey is { } series) _keys.Add(SurrogateKeys.Series(series));
            if (row.ParentPath is { } parent) _keys.Add(SurrogateKeys.Article(parent));
            if (row is { IsListed: true, PublishedAt: { } at }) _keys.Add(Neighbours(row.Section, at, row.Path).Select(SurrogateKeys.Page));
        }

        return true;
    }

    /// <summary>What readers see next before and after a place in a section.</summary>
    private IEnumerable<string> Neighbours(string section, long at, string path)
    {
        const string Others = "SELECT Path FROM Articles WHERE Section = $1 AND IsListed = 1 AND PublishedAt <= $4 AND IsDraft = 0 AND (ExpiresAt IS NULL OR ExpiresAt > $4)";
        return Query($"{Others} AND PublishedAt <= $2 AND (PublishedAt < $2 OR Path < $3) ORDER BY PublishedAt DESC, Path DESC LIMIT 1", row => row.Text(0), section, at, path, _now)
            .Concat(Query($"{Others} AND PublishedAt >= $2 AND (PublishedAt > $2 OR Path > $3) ORDER BY PublishedAt, Path LIMIT 1", row => row.Text(0), section, at, path, _now));
    }

    private static string TermsOfRow(string row) => $"(SELECT group_concat(t.Taxonomy || ' ' || t.\"Key\", char(10)) FROM ArticleTerms t WHERE t.ArticleId = {row}.Id)";

    private static SeenRow? ReadSeen(CatalogueRow row, int from)
    {
        if (row.IsNull(from)) return null;
        return new SeenRow(row.Text(from), row.Text(from + 1), (ArticleKind)row.Int(from + 2), row.Text(from + 3), row.Text(from + 4), Text(5), row.Flag(from + 6), row.Flag(from + 7), Number(8), Number(9), Text(10), Number(11), Text(12), row.Int(from + 13), Text(14))
        {
            Terms = Text(15)?.Split('\n').Select(term => term.Split(' ', 2)).Select(term => ((Taxonomy)int.Parse(term[0], System.Globalization.CultureInfo.InvariantCulture), term[1])).ToHashSet() ?? [],
        };

        string? Text(int column) => row.TextOrNull(from + column);

        long? Number(int column) => row.LongOrNull(from + column);
    }

    /// <summary>An article as lists and its neighbours show it: where it stands, not what it says.</summary>
    private sealed record SeenRow(string Path, string Permalink, ArticleKind Kind, string Section, string Title, string? Language, bool IsListed, bool IsDraft, long? PublishedAt, long? ExpiresAt, string? SeriesKey, long? SeriesOrder, string? ParentPath, int Position, string? Module)
    {
        public required HashSet<(Taxonomy Taxonomy, string Key)> Terms { get; init; }

        public bool IsSeenAt(long moment) => IsSeenBetween(moment, moment);

        public bool IsSeenBetween(long first, long last) => !IsDraft && (PublishedAt is null || PublishedAt <= last) && (ExpiresAt is null || ExpiresAt > first);

        /// <summary>True when no list, series or neighbour shows the other otherwise than this, but for what the articles themselves say.</summary>
        public bool HasPlaceOf(SeenRow other) => Terms.SetEquals(other.Terms) && this with { Terms = other.Terms, ExpiresAt = other.ExpiresAt } == other;
    }
}
