using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Blog.Catalogue;

/// <summary>
/// The row at which a query stands, valid until it goes on. It asks SQLite once for each column, and directly: a <see cref="SqliteDataReader"/> asks two or three times, each time by way of a handle that is counted,
/// which is most of what reading a page's rows takes. Where a column holds another type than is asked for, SQLite's conversion counts; what is NULL is 0, false or empty where that is not asked.
/// </summary>
/// <param name="statement">Stays open for as long as the row is used.</param>
internal readonly struct CatalogueRow(sqlite3_stmt statement)
{
    private readonly nint _statement = statement.DangerousGetHandle();

    public bool IsNull(int column) => SqliteColumns.Type(_statement, column) == SqliteColumns.Null;

    public string Text(int column) => TextOrNull(column) ?? "";

    /// <summary>Null where there is none.</summary>
    public string? TextOrNull(int column) => SqliteColumns.Text(_statement, column) is var text and not 0 ? Marshal.PtrToStringUTF8(text, SqliteColumns.Bytes(_statement, column)) : null;

    /// <summary>The bytes of a value, those of a text in UTF-8, which go when the row does; none where there is none.</summary>
    public unsafe ReadOnlySpan<byte> Bytes(int column) => SqliteColumns.Blob(_statement, column) is var bytes and not 0 ? new((void*)bytes, SqliteColumns.Bytes(_statement, column)) : [];

    public int Int(int column) => SqliteColumns.Int(_statement, column);

    public long Long(int column) => SqliteColumns.Long(_statement, column);

    /// <summary>Null where there is none.</summary>
    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public double Double(int column) => SqliteColumns.Double(_statement, column);

    /// <summary>A value as it is stored: a <see cref="long"/>, a <see cref="double"/> or a text; null where there is none.</summary>
    public object? Value(int column) => SqliteColumns.Type(_statement, column) switch
    {
        SqliteColumns.Null => null,
        SqliteColumns.Integer => Long(column),
        SqliteColumns.Float => Double(column),
        _ => Text(column),
    };

    public bool Flag(int column) => Int(column) != 0;
}
