using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Blog.Catalogue;

/// <summary>
/// The row at which a query stands, valid until it goes on. It asks SQLite once for each column, where a <see cref="SqliteDataReader"/> asks two or three times, which is most of what reading a page's rows takes.
/// Where a column holds another type than is asked for, SQLite's conversion counts; what is NULL is 0, false or empty where that is not asked.
/// </summary>
internal readonly struct CatalogueRow(sqlite3_stmt statement)
{
    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string() ?? "";

    /// <summary>Null where there is none.</summary>
    public string? TextOrNull(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public int Int(int column) => raw.sqlite3_column_int(statement, column);

    public long Long(int column) => raw.sqlite3_column_int64(statement, column);

    /// <summary>Null where there is none.</summary>
    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public double Double(int column) => raw.sqlite3_column_double(statement, column);

    public bool Flag(int column) => Int(column) != 0;
}
