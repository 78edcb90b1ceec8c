using System.Runtime.InteropServices;

namespace Blog.Catalogue;

/// <summary>
/// What SQLite says of the row at which a statement stands (<see href="https://www.sqlite.org/c3ref/column_blob.html"/>), from the same library as all else asks.
/// Each only looks up what the last step has put together, and is done in some nanoseconds: the garbage collector may wait for it.
/// </summary>
internal static partial class SqliteColumns
{
    /// <summary>The type of what is NULL.</summary>
    public const int Null = 5;

    /// <summary>The type of a whole number.</summary>
    public const int Integer = 1;

    /// <summary>The type of any other number.</summary>
    public const int Float = 2;

    private const string Library = "e_sqlite3";

    /// <summary>The type of a value.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
    public static partial int Type(nint statement, int column);

    /// <summary>Where a text stands in UTF-8, until the statement goes on; 0 for NULL.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_text"), SuppressGCTransition]
    public static partial nint Text(nint statement, int column);

    /// <summary>Where the bytes of a value stand, until the statement goes on; 0 for NULL.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob"), SuppressGCTransition]
    public static partial nint Blob(nint statement, int column);

    /// <summary>How many bytes a text or a blob has that was asked for.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes"), SuppressGCTransition]
    public static partial int Bytes(nint statement, int column);

    /// <summary>A value as a number; 0 for NULL.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_int"), SuppressGCTransition]
    public static partial int Int(nint statement, int column);

    /// <inheritdoc cref="Int"/>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    public static partial long Long(nint statement, int column);

    /// <inheritdoc cref="Int"/>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_double"), SuppressGCTransition]
    public static partial double Double(nint statement, int column);
}
