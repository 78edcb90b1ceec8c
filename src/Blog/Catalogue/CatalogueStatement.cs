using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Blog.Catalogue;

/// <summary>
/// A statement that is compiled once and asked again and again, with nothing between it and SQLite: a <see cref="SqliteCommand"/> finds out anew each time what it consists of, and makes a reader
/// with all that it needs. For one thread at a time.
/// </summary>
internal sealed class CatalogueStatement : IDisposable
{
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
    {
        _connection = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        _parameters = new int[values.Length];
        for (var i = 0; i < values.Length; i++) _parameters[i] = raw.sqlite3_bind_parameter_index(_statement, values[i].Name);
    }

    /// <summary>Has statements of a connection wait for others for as long as its commands do, which see to that themselves.</summary>
    public static void LetWait(SqliteConnection connection) => raw.sqlite3_busy_timeout(connection.Handle, (int)TimeSpan.FromSeconds(connection.DefaultTimeout).TotalMilliseconds);

    /// <summary>Asks with other values.</summary>
    /// <param name="read">Makes something of a row.</param>
    /// <param name="values">Texts, numbers and bytes.</param>
    /// <exception cref="SqliteException">There is no answer, as where the catalogue is damaged.</exception>
    public List<T> Read<T>(Func<CatalogueRow, T> read, ReadOnlySpan<(string Name, object Value)> values)
    {
        var rows = new List<T>();
        try
        {
            for (var i = 0; i < values.Length; i++) Bind(_parameters[i], values[i].Value);
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

    /// <summary>Runs what has neither values nor rows.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public void Run()
    {
        var code = raw.sqlite3_step(_statement);
        _ = raw.sqlite3_reset(_statement);
        if (code != raw.SQLITE_DONE) Check(code);
    }

    public void Dispose() => _statement.Dispose();

    private void Bind(int parameter, object value)
    {
        if (parameter == 0) return;
        Check(value switch
        {
            string text => raw.sqlite3_bind_text(_statement, parameter, text),
            byte[] bytes => raw.sqlite3_bind_blob(_statement, parameter, bytes),
            int number => raw.sqlite3_bind_int(_statement, parameter, number),
            long number => raw.sqlite3_bind_int64(_statement, parameter, number),
            double number => raw.sqlite3_bind_double(_statement, parameter, number),
            DBNull => raw.sqlite3_bind_null(_statement, parameter),
            _ => throw new ArgumentException($"A {value.GetType().Name} is no parameter.", nameof(value)),
        });
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _connection);
}
