using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Blog.Catalogue;

/// <summary>The SQLite file that holds the catalogue. One that is corrupt or of another schema is made anew; where the data folder can't be written, a temporary one serves.</summary>
internal sealed class CatalogueFile : IDisposable
{
    private readonly ILogger _log;

    private CatalogueFile(string path, bool isTemporary, ILogger log)
    {
        (Path, IsTemporary, _log) = (path, isTemporary, log);
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Cache = SqliteCacheMode.Default, DefaultTimeout = 30 }.ToString();
    }

    public string Path { get; }

    /// <summary>True for a catalogue that goes with the process.</summary>
    public bool IsTemporary { get; }

    /// <summary>Where addresses that articles have left are kept.</summary>
    public string RedirectsPath => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "redirects.jsonl");

    private string BuildPath => Path + ".new";

    /// <summary>Why the data folder is not used; null when it is.</summary>
    public string? Trouble { get; private init; }

    /// <summary>For readers and the one writer alike: in WAL mode neither waits for the other.</summary>
    public string ConnectionString { get; }

    /// <summary>Opens the catalogue in a folder, making both where they are missing.</summary>
    public static CatalogueFile Open(string dataPath, ILogger log)
    {
        try
        {
            Directory.CreateDirectory(dataPath);
            var file = new CatalogueFile(System.IO.Path.Combine(dataPath, $"catalogue-{SchemaFingerprint}.db"), false, log);
            file.Prepare();
            file.RemoveOthers(dataPath);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            var temporary = Temporary(log, $"The data folder {dataPath} can't be used: {e.Message}");
            log.LogError("The data folder {DataPath} can't be used ({Reason}). The catalogue is kept in {Temporary} until the next start. Set Blog__DataPath to a folder that may be written", dataPath, e.Message, temporary.Path);
            return temporary;
        }
    }

    /// <summary>A catalogue of its own in the temporary folder, deleted when disposed.</summary>
    public static CatalogueFile Temporary(ILogger log, string? trouble = null)
    {
        var folder = Directory.CreateTempSubdirectory("blog-").FullName;
        var file = new CatalogueFile(System.IO.Path.Combine(folder, "catalogue.db"), true, log) { Trouble = trouble };
        file.Prepare();
        return file;
    }

    /// <summary>A connection for the one who writes.</summary>
    public SqliteConnection OpenForWriting()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        // The catalogue can always be made again, so a power cut may cost the last sync, never the file.
        Execute(connection, "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;");
        return connection;
    }

    /// <summary>A connection to an empty catalogue beside the file, for a first sync, when there is nothing that a failure could harm: without journal it is written once, not twice. <see cref="FinishBuild"/> puts it in place.</summary>
    public SqliteConnection BeginBuild()
    {
        Delete(BuildPath);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = BuildPath, Pooling = false }.ToString());
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA locking_mode = EXCLUSIVE;");
        using var context = NewContext(connection.ConnectionString);
        Execute(connection, context.Database.GenerateCreateScript());
        return connection;
    }

    /// <summary>Puts what was built in the place of the file. Nobody may be reading it.</summary>
    public void FinishBuild()
    {
        SqliteConnection.ClearAllPools();
        Delete(Path);
        File.Move(BuildPath, Path);
        UseWriteAheadLog();
    }

    /// <summary>Throws away a catalogue that can't be read and begins an empty one.</summary>
    public void Recreate()
    {
        SqliteConnection.ClearAllPools();
        Delete(Path);
        Create();
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        if (!IsTemporary) return;
        try { Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, true); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { _log.LogDebug(e, "Left {Path} behind", Path); }
    }

    /// <summary>True for the errors by which SQLite says that the file is no good database.</summary>
    public static bool IsCorruption(Exception exception) => exception is SqliteException { SqliteErrorCode: 11 or 26 } || (exception.InnerException is { } inner && IsCorruption(inner));

    private static string SchemaFingerprint
    {
        get
        {
            using var context = NewContext("Data Source=:memory:");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(context.Database.GenerateCreateScript())))[..12];
        }
    }

    private void Prepare()
    {
        try
        {
            Create();
            using var connection = new SqliteConnection(ConnectionString);
            connection.Open();
            // Reads the schema and a row: enough to tell that this is a database and may be written.
            Execute(connection, "SELECT Value FROM Facts LIMIT 1; BEGIN IMMEDIATE; INSERT OR REPLACE INTO Facts (Name, Value) VALUES ('opened', '1'); COMMIT;");
        }
        catch (SqliteException e) when (IsCorruption(e) || e.SqliteErrorCode == 1)
        {
            _log.LogWarning("The catalogue {Path} can't be read ({Reason}); it is made anew from the content", Path, e.Message);
            Recreate();
        }
    }

    private void Create()
    {
        if (File.Exists(Path) && new FileInfo(Path).Length > 0) return;
        using (var context = NewContext(ConnectionString)) context.Database.EnsureCreated();
        UseWriteAheadLog();
    }

    private void UseWriteAheadLog()
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL;");
    }

    private static CatalogueContext NewContext(string connectionString) => new(new DbContextOptionsBuilder<CatalogueContext>().UseSqlite(connectionString).Options);

    private static void Delete(string path)
    {
        foreach (var suffix in new[] { "", "-wal", "-shm", "-journal" }) File.Delete(path + suffix);
    }

    private void RemoveOthers(string folder)
    {
        foreach (var other in Directory.EnumerateFiles(folder, "catalogue-*.db*"))
            if (!other.StartsWith(Path, StringComparison.Ordinal)) File.Delete(other);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
