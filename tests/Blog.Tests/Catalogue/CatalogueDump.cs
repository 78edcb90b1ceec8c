using System.Globalization;
using Blog.Catalogue;
using Microsoft.Data.Sqlite;

namespace Blog.Tests.Catalogue;

/// <summary>Everything in a catalogue as text, without what a rebuild may change: row numbers, and when files were read.</summary>
internal static class CatalogueDump
{
    private static readonly string[] Tables =
    [
        "SELECT Path, Kind, Section, Slug, Wanted, Permalink, Title, Description, PublishedAt, ModifiedAt, ModifiedFrom, ExpiresAt, Year, IsDraft, NoIndex, Hash, Uid, Language, CoverImage, Series, SeriesKey, SeriesOrder, WordCount, ReadingMinutes, ParentPath, Position, Module, HasFileLinks FROM Articles ORDER BY Path",
        "SELECT a.Path, b.Html, b.Outline, b.Anchors, b.Lessons FROM Bodies b JOIN Articles a ON a.Id = b.ArticleId ORDER BY a.Path",
        "SELECT Taxonomy, \"Key\", Slug, Name, Description, Avatar, Role, Links, IsDeclared FROM Terms ORDER BY Taxonomy, \"Key\"",
        "SELECT a.Path, t.Taxonomy, t.\"Key\", t.Label, t.Position, t.IsDraft, t.PublishedAt, t.ExpiresAt FROM ArticleTerms t JOIN Articles a ON a.Id = t.ArticleId ORDER BY 1, 2, 3",
        "SELECT a.Path, k.Words FROM KeyWords k JOIN Articles a ON a.Id = k.ArticleId ORDER BY 1",
        "SELECT Counted, \"Key\", Articles FROM Counts ORDER BY 1, 2",
        "SELECT al.Address, a.Path FROM Aliases al JOIN Articles a ON a.Id = al.ArticleId ORDER BY 1, 2",
        "SELECT a.Path, l.Kind, l.Target, l.Address, l.Fragment, l.Line, l.\"Column\" FROM Links l JOIN Articles a ON a.Id = l.ArticleId ORDER BY 1, 6, 7, 3",
        "SELECT Path, Line, \"Column\", Severity, Code, Message, Suggestion FROM Problems ORDER BY Path, Line, \"Column\", Code, Message",
        "SELECT Path, Kind, Size, Hash FROM Sources ORDER BY Path",
        "SELECT Path, Hash, Format, Width, Height, IsAnimated, HasAlpha, IsWhole, Tone FROM Pictures ORDER BY Path",
        "SELECT Value FROM Facts WHERE Name = 'site'",
        "SELECT Folded, Surface, Token, Reversed, Count FROM Words ORDER BY 1, 2, 3",
        "SELECT a.Path, v.col, v.term, COUNT(*), GROUP_CONCAT(v.\"offset\") FROM temp.SearchTokens v JOIN Articles a ON a.Id = v.doc GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
    ];

    public static string Of(CatalogueFile file) => string.Join('\n', Lines(file, new HashSet<string>()));

    /// <summary>The rows of all tables, but for those of the given files.</summary>
    public static IReadOnlyList<string> Lines(CatalogueFile file, IReadOnlySet<string> without) => Lines(file.ConnectionString, without);

    /// <summary>The rows of all tables of a catalogue that another process may have open.</summary>
    public static IReadOnlyList<string> Lines(string connectionString, IReadOnlySet<string> without)
    {
        var dump = new List<string>();
        // One of its own: the table of tokens must not stay with what others use.
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        connection.Open();
        using (var tokens = connection.CreateCommand())
        {
            tokens.CommandText = "CREATE VIRTUAL TABLE temp.SearchTokens USING fts5vocab(main, Search, instance)";
            tokens.ExecuteNonQuery();
        }

        foreach (var sql in Tables)
        {
            dump.Add(sql);
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var cells = Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture) ?? "").ToList();
                if (!cells.Any(without.Contains) && !(without.Count > 0 && cells[0].StartsWith('{'))) dump.Add(string.Join(" | ", cells));
            }
        }

        return dump;
    }
}
