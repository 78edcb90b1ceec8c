using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Blog.Catalogue;

/// <summary>
/// A statement that is compiled once and asked again and again, with nothing between it and SQLite: a <see cref="SqliteCommand"/> finds out anew each time what it consists of, and makes a reader
/// with all that it needs. For one thread at a time.
/// </summary>
internal sealed class CatalogueStatement : IDisposable
{
    // Bytes that most texts take.
    private const int UsualLength = 512;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    // By their order in the first question; 0 for one that the text does not name.
    private readonly int[] _parameters;

    /// <summary>Compiles a statement.</summary>
    /// <param name="connection">Open for as long as it is asked. Its own timeout counts.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="values">The names of its parameters are the same each time, in the same order.</param>
    /// <exception cref="SqliteException">It can't be compiled, as where the catalogue is damaged.</exception>
    public CatalogueStatement(SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object Value)> values)
        : this(connection, sql, values.Length)
    {
        for (var i = 0; i < values.Length; i++) _parameters[i] = raw.sqlite3_bind_parameter_index(_statement, values[i].Name);
    }

    /// <summary>Compiles a statement whose parameters are called <c>$1</c>, <c>$2</c>…</summary>
    /// <param name="connection">Open for as long as it is asked. Its own timeout counts.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">How many there are.</param>
    /// <exception cref="SqliteException">It can't be compiled, as where the catalogue is damaged.</exception>
    public CatalogueStatement(SqliteConnection connection, string sql, int parameters)
    {
        _connection = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        _parameters = new int[parameters];
        for (var i = 0; i < parameters; i++) _parameters[i] = raw.sqlite3_bind_parameter_index(_statement, string.Create(CultureInfo.InvariantCulture, $"${i + 1}"));
    }

    /// <summary>Has statements of a connection wait for others for as long as its commands do, which see to that themselves.</summary>
    public static void LetWait(SqliteConnection connection) => raw.sqlite3_busy_timeout(connection.Handle, (int)TimeSpan.FromSeconds(connection.DefaultTimeout).TotalMilliseconds);

    /// <summary>Asks with other values.</summary>
    /// <param name="read">Makes something of a row.</param>
    /// <param name="values">Texts, numbers and bytes.</param>
    /// <exception cref="SqliteException">There is no answer, as where the catalogue is damaged.</exception>
    public List<T> Read<T>(Func<CatalogueRow, T> read, ReadOnlySpan<(string Name, object Value)> values)
    {
        for (var i = 0; i < values.Length; i++) Bind(_parameters[i], values[i].Value);
        return Rows(read);
    }

    /// <inheritdoc cref="Read{T}(Func{CatalogueRow, T}, ReadOnlySpan{ValueTuple{string, object}})"/>
    public List<T> Read<T>(Func<CatalogueRow, T> read, ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) Bind(_parameters[i], values[i]);
        return Rows(read);
    }

    /// <summary>Runs with other values what has no rows, or none that are asked for.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public void Run(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) Bind(_parameters[i], values[i]);
        int code;
        while ((code = raw.sqlite3_step(_statement)) == raw.SQLITE_ROW)
        {
        }

        _ = raw.sqlite3_reset(_statement);
        if (code != raw.SQLITE_DONE) Check(code);
    }

    public void Dispose() => _statement.Dispose();

    private List<T> Rows<T>(Func<CatalogueRow, T> read)
    {
        var rows = new List<T>();
        try
        {
            var row = new CatalogueRow(_statement);
            for (int code; (code = raw.sqlite3_step(_statement)) != raw.SQLITE_DONE; rows.Add(read(row)))
                if (code != raw.SQLITE_ROW) Check(code);
        }
        finally
        {
            // What it says was said by the step already.
            _ = raw.sqlite3_reset(_statement);
        }

        return rows;
    }

    private void Bind(int parameter, object? value)
    {
        if (parameter == 0) return;
        Check(value switch
        {
            string text => BindText(parameter, text),
            int number => raw.sqlite3_bind_int(_statement, parameter, number),
            long number => raw.sqlite3_bind_int64(_statement, parameter, number),
            double number => raw.sqlite3_bind_double(_statement, parameter, number),
            bool flag => raw.sqlite3_bind_int(_statement, parameter, flag ? 1 : 0),
            byte[] bytes => raw.sqlite3_bind_blob(_statement, parameter, bytes),
            null or DBNull => raw.sqlite3_bind_null(_statement, parameter),
            _ => throw new ArgumentException($"A {value.GetType().Name} is no parameter.", nameof(value)),
        });
    }

    /// <summary>SQLite copies it: it need not be an array of its own.</summary>
    private int BindText(int parameter, string text)
    {
        // No bytes at all would be NULL.
        if (text.Length == 0) return raw.sqlite3_bind_text(_statement, parameter, text);
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > UsualLength ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented is null ? stackalloc byte[UsualLength] : rented;
        var code = raw.sqlite3_bind_text(_statement, parameter, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return code;
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _connection);
}
