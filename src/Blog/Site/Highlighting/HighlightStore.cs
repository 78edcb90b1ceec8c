using Blog.Catalogue;
using Microsoft.Data.Sqlite;

namespace Blog.Site.Highlighting;

/// <summary>
/// The SQLite file in the data folder that keeps what was highlighted. It may be deleted at any time. One that is corrupt is made anew; where none can be
/// written, memory serves until the next start.
/// </summary>
public sealed class HighlightStore : IDisposable
{
    /// <summary>The bytes from which on the oldest are forgotten.</summary>
    private const long MaxBytes = 256L * 1024 * 1024;

    private const long MaxBytesOfMemory = 16L * 1024 * 1024;
    private const int WritesBetweenLooks = 1_000;

    private readonly string _folder;
    private readonly string _path;
    private readonly ILogger _log;
    private readonly Lock _writing = new();

    // As many as processors can use.
    private readonly Spares<Lookup> _lookups = new(2 * Environment.ProcessorCount);
    private volatile string _connectionString;
    private long _maxBytes = MaxBytes;
    private volatile bool _isMade;
    private int _writes;

    // While one connection is open, what is kept in memory stays.
    private SqliteConnection? _anchor;

    /// <summary>The store in a folder. It is made when it is first asked for something, which no start waits for.</summary>
    public HighlightStore(string folder, ILogger log)
    {
        (_folder, _log) = (folder, log);
        _path = Path.Combine(folder, $"highlights-{HighlightEngine.Version}.db");
        _connectionString = new SqliteConnectionStringBuilder { DataSource = _path, Mode = SqliteOpenMode.ReadWriteCreate, DefaultTimeout = 2 }.ToString();
    }

    /// <summary>The tokens of those keys that are known.</summary>
    public Dictionary<byte[], TokenRun[]> Find(IEnumerable<byte[]> keys)
    {
        var found = new Dictionary<byte[], TokenRun[]>(KeyComparer.Instance);
        try
        {
            if (!_isMade) Make();
            var lookup = Rent();
            try
            {
                foreach (var key in keys)
                    if (lookup.RunsOf(key) is { } runs) found[key] = runs;
            }
            catch (SqliteException)
            {
                lookup.Dispose();
                throw;
            }

            Return(lookup);
        }
        catch (SqliteException e)
        {
            UseMemory(e);
        }

        return found;
    }

    /// <summary>Keeps tokens.</summary>
    public void Add(IReadOnlyCollection<(byte[] Key, IReadOnlyList<TokenRun> Runs)> tokens)
    {
        if (tokens.Count == 0) return;
        lock (_writing)
        {
            bool isMoved;
            do
            {
                try
                {
                    Write(tokens);
                    return;
                }
                catch (SqliteException e)
                {
                    isMoved = UseMemory(e);
                }
            }
            while (isMoved);
        }
    }

    private void Write(IReadOnlyCollection<(byte[] Key, IReadOnlyList<TokenRun> Runs)> tokens)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT OR REPLACE INTO Highlights (Key, Runs) VALUES ($1, $2)";
        var (key, runs) = (command.Parameters.Add("$1", SqliteType.Blob), command.Parameters.Add("$2", SqliteType.Blob));
        foreach (var (of, made) in tokens)
        {
            (key.Value, runs.Value) = (of, TokenRun.Pack(made));
            command.ExecuteNonQuery();
        }

        if ((_writes += tokens.Count) >= WritesBetweenLooks) Forget(connection);
        transaction.Commit();
    }

    /// <summary>The version of the site whose code has all been highlighted; null for none.</summary>
    public string? Finished
    {
        get
        {
            try
            {
                using var connection = Open();
                return Execute(connection, "SELECT Value FROM Facts WHERE Name = 'finished'") as string;
            }
            catch (SqliteException)
            {
                return null;
            }
        }
        set
        {
            lock (_writing)
            {
                try
                {
                    using var connection = Open();
                    Execute(connection, "INSERT OR REPLACE INTO Facts (Name, Value) VALUES ('finished', $1)", value);
                }
                catch (SqliteException e)
                {
                    UseMemory(e);
                }
            }
        }
    }

    public void Dispose()
    {
        while (_lookups.TryTake(out var lookup)) lookup.Dispose();
        _anchor?.Dispose();
        SqliteConnection.ClearPool(new SqliteConnection(_connectionString));
    }

    private Lookup Rent()
    {
        while (_lookups.TryTake(out var idle))
        {
            if (idle.ConnectionString == _connectionString) return idle;
            idle.Dispose();
        }

        return new Lookup(Connect());
    }

    private void Return(Lookup lookup)
    {
        if (lookup.ConnectionString != _connectionString || !_lookups.TryKeep(lookup)) lookup.Dispose();
    }

    private void Make()
    {
        lock (_writing)
        {
            if (_isMade) return;
            try
            {
                Directory.CreateDirectory(_folder);
                foreach (var other in Directory.EnumerateFiles(_folder, "highlights-*.db*"))
                    if (!other.StartsWith(_path, StringComparison.Ordinal)) File.Delete(other);
                try { Create(); }
                catch (SqliteException e) when (e.SqliteErrorCode is 11 or 26) { MakeAnew(); }
            }
            catch (Exception e) when (CatalogueFile.IsFailure(e))
            {
                UseMemory(e);
            }

            _isMade = true;
        }
    }

    private void MakeAnew()
    {
        SqliteConnection.ClearPool(new SqliteConnection(_connectionString));
        foreach (var suffix in new[] { "", "-wal", "-shm" }) File.Delete(_path + suffix);
        Create();
    }

    private void Create()
    {
        using var connection = Connect();
        // It can be made again: a power cut may cost the last pages of it.
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        Execute(connection, "CREATE TABLE IF NOT EXISTS Highlights (Id INTEGER PRIMARY KEY, Key BLOB NOT NULL UNIQUE, Runs BLOB NOT NULL); CREATE TABLE IF NOT EXISTS Facts (Name TEXT PRIMARY KEY, Value TEXT);");
    }

    private SqliteConnection Open()
    {
        if (!_isMade) Make();
        return Connect();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Makes room when there is too little of it, by a quarter of what is there, the oldest first.</summary>
    private void Forget(SqliteConnection connection)
    {
        _writes = 0;
        var pages = Number("PRAGMA page_count") - Number("PRAGMA freelist_count");
        if (pages * Number("PRAGMA page_size") < _maxBytes) return;
        Execute(connection, "DELETE FROM Highlights WHERE Id <= (SELECT MIN(Id) + (MAX(Id) - MIN(Id)) / 4 FROM Highlights)");

        long Number(string sql) => Execute(connection, sql) as long? ?? 0;
    }

    /// <summary>Goes on without the file, which can't be used; false where that has been done already.</summary>
    private bool UseMemory(Exception exception)
    {
        lock (_writing)
        {
            if (_anchor is not null) return false;
            _log.LogWarning("Colours of code can't be kept in the data folder ({Reason}); they are kept in memory until the next start", exception.Message);
            _connectionString = new SqliteConnectionStringBuilder { DataSource = $"highlights-{Guid.NewGuid():n}", Mode = SqliteOpenMode.Memory, Cache = SqliteCacheMode.Shared, DefaultTimeout = 2 }.ToString();
            _maxBytes = MaxBytesOfMemory;
            _anchor = Connect();
            Create();
            return true;
        }
    }

    private static object? Execute(SqliteConnection connection, string sql, string? value = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (value is not null) command.Parameters.AddWithValue("$1", value);
        return command.ExecuteScalar();
    }

    /// <summary>A connection with the one question that pages ask, compiled.</summary>
    private sealed class Lookup : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly CatalogueStatement _statement;

        public Lookup(SqliteConnection connection)
        {
            (_connection, ConnectionString) = (connection, connection.ConnectionString);
            try
            {
                // In memory there is no log beside which to read: what is being written is read, too, as it will be.
                Execute(connection, "PRAGMA read_uncommitted = 1");
                CatalogueStatement.LetWait(connection);
                _statement = new CatalogueStatement(connection, "SELECT Runs FROM Highlights WHERE Key = $1", [("$1", DBNull.Value)]);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }

        public string ConnectionString { get; }

        /// <summary>Null where they are not known.</summary>
        public TokenRun[]? RunsOf(byte[] key) => _statement.Read(row => TokenRun.Unpack(row.Bytes(0)), [("$1", key)]).FirstOrDefault();

        public void Dispose()
        {
            _statement.Dispose();
            _connection.Dispose();
        }
    }

    /// <summary>Keys are the same when their bytes are.</summary>
    internal sealed class KeyComparer : IEqualityComparer<byte[]>
    {
        public static readonly KeyComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] key) => BitConverter.ToInt32(key);
    }
}
