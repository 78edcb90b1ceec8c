using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Blog.Content;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Blog.Catalogue;

/// <summary>The SQLite file that holds the catalogue. One that is corrupt or of another schema is made anew; where the data folder can't be written, a temporary one serves.</summary>
internal sealed class CatalogueFile : IDisposable
{
    // How the system calls a full disk and a disk that is mounted read-only.
    private const int DiskFull = 28;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int ReadOnly = 30;

    // Bytes of log from which on it is brought into the file.
    private const long PassiveCheckpoint = 4 * 1024 * 1024;
    private const long TruncatingCheckpoint = 64 * 1024 * 1024;

    private const int FingerprintLength = 12;

    // What Entity Framework makes of the model: to ask it has it reckon all of that, which is a third of a start.
    private static readonly Lazy<string> Schema = new(() =>
    {
        using var script = new StreamReader(typeof(CatalogueFile).Assembly.GetManifestResourceStream("catalogue/schema.sql")!);
        return script.ReadToEnd() + CatalogueWriter.SearchSchema;
    });

    // Another one for other tables or settings. A setting that an older catalogue does not have would be read as nothing, and not as its default.
    private static readonly Lazy<string> SchemaFingerprint = new(() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        Schema.Value + string.Join('\n', typeof(SiteSettings).GetProperties().Select(setting => $"{setting.PropertyType} {setting.Name}")))))[..FingerprintLength]);

    private readonly ILogger _log;
    private int _version;

    // Where it stands among TemporaryFolders; -1 in the data folder.
    private readonly int _place;

    // While it is open, the files that readers need beside the catalogue stay: on a full disk they could not be made again.
    private SqliteConnection? _anchor;

    private CatalogueFile(string path, string redirectsPath, int place, string? trouble, ILogger log)
    {
        (Path, RedirectsPath, _place, Trouble, _log) = (path, redirectsPath, place, trouble, log);
        // Not created by whoever comes first: a reader would make an empty one while another is put in its place.
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Cache = SqliteCacheMode.Default, DefaultTimeout = 30 }.ToString();
    }

    public string Path { get; }

    /// <summary>Where addresses that articles have left are kept: in the data folder, wherever the catalogue is.</summary>
    public string RedirectsPath { get; }

    /// <summary>Another number after the file was replaced by another of the same name.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>True for a catalogue that goes with the process.</summary>
    public bool IsTemporary => _place >= 0;

    /// <summary>True when somebody has removed the file.</summary>
    public bool IsGone => !File.Exists(Path);

    /// <summary>Why the data folder is not used; null when it is.</summary>
    public string? Trouble { get; }

    /// <summary>For readers and the one writer alike: in WAL mode neither waits for the other.</summary>
    public string ConnectionString { get; }

    // The second is memory, of which containers have little, but it is there when all disks are full.
    private static string[] TemporaryFolders => Directory.Exists("/dev/shm") ? [System.IO.Path.GetTempPath(), "/dev/shm"] : [System.IO.Path.GetTempPath()];

    private string Folder => System.IO.Path.GetDirectoryName(Path)!;

    private string BuildPath => Path + ".new";

    /// <summary>Opens the catalogue in a folder, making both where they are missing; a temporary one where that fails.</summary>
    /// <exception cref="OptionsValidationException">No place can be written at all.</exception>
    public static CatalogueFile Open(string dataPath, ILogger log)
    {
        var redirects = System.IO.Path.Combine(dataPath, RedirectFile.Name);
        try
        {
            Directory.CreateDirectory(dataPath);
            var file = new CatalogueFile(System.IO.Path.Combine(dataPath, $"catalogue-{SchemaFingerprint.Value}.db"), redirects, -1, null, log);
            file.Prepare();
            file.RemoveOthers(dataPath);
            return file;
        }
        catch (Exception e) when (IsFailure(e))
        {
            var reason = Reason(e, dataPath);
            if (Temporary(0, redirects, $"The data folder {dataPath} can't be used: {reason}", log) is not { } temporary)
                throw new OptionsValidationException(nameof(BlogOptions), typeof(BlogOptions), [$"Blog:DataPath is {dataPath}, which can't be used ({reason}), and neither can {string.Join(" or ", TemporaryFolders)}. Make room, or set Blog__DataPath (or --data) to a folder that the site may write."]);
            log.LogError("The data folder {DataPath} can't be used ({Reason}). The catalogue is kept in {Temporary} until the next start. Make room, or set Blog__DataPath to a folder that may be written", dataPath, reason, temporary.Path);
            return temporary;
        }
    }

    /// <summary>A catalogue of its own in a temporary folder, deleted when disposed.</summary>
    /// <exception cref="IOException">There is none that can be written.</exception>
    public static CatalogueFile Temporary(ILogger log) => Temporary(0, null, null, log) ?? throw new IOException($"{string.Join(" and ", TemporaryFolders)} can't be written.");

    /// <summary>An empty catalogue in the next place where one can be, since this one failed; null when there is none left.</summary>
    public CatalogueFile? Elsewhere(string reason) =>
        Temporary(_place + 1, RedirectsPath, Trouble is null ? $"The catalogue can't be kept in {Folder}: {reason}" : $"{Trouble}; nor in {Folder}: {reason}", _log);

    /// <summary>What keeps the catalogue from being read or written, for the operator.</summary>
    public string Reason(Exception exception) => Reason(exception, Folder);

    /// <summary>True for what SQLite and the system say when a file can't be read or written.</summary>
    public static bool IsFailure(Exception exception) => exception is SqliteException or IOException or UnauthorizedAccessException;

    /// <summary>True when the file is no good database, or not there any more, so that it is to be made anew.</summary>
    public bool IsLost(Exception exception) => IsCorruption(exception) || (IsGone && (exception is SqliteException || exception.InnerException is SqliteException));

    /// <summary>A connection for the one who writes.</summary>
    public SqliteConnection OpenForWriting()
    {
        // Another limit of time makes it a pool of its own: readers must not inherit the big cache.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(ConnectionString) { DefaultTimeout = 31 }.ToString());
        connection.Open();
        // The catalogue can always be made again, so a power cut may cost the last sync, never the file.
        Execute(connection, "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 0;");
        CatalogueStatement.LetWait(connection);
        return connection;
    }

    /// <summary>Has the writer's connection let go of the pages that it keeps.</summary>
    public void ReleaseMemory()
    {
        using var connection = OpenForWriting();
        Execute(connection, "PRAGMA shrink_memory");
    }

    /// <summary>What a reader keeps of the file in memory, where nothing else is said: enough for what pages have in common.</summary>
    public const int ReaderCacheKilobytes = 8 * 1024;

    /// <summary>Sets a reader's connection up. Each keeps some of the file in memory: enough that a search does not read the same pages again and again.</summary>
    public static void PrepareForReading(DbConnection connection, int cacheKilobytes = ReaderCacheKilobytes)
    {
        var sqlite = (SqliteConnection)connection;
        Execute(sqlite, string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size = -{cacheKilobytes}"));
        CatalogueStatement.LetWait(sqlite);
        // A statement is compiled once, not anew for each value that it is asked with.
        _ = SQLitePCL.raw.sqlite3_db_config(sqlite.Handle, SQLitePCL.raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out var _);
    }

    /// <summary>Brings what syncs have written from the log into the file, when it has become much. Not left to a commit, which would keep the site waiting for it.</summary>
    public void Checkpoint()
    {
        if (new FileInfo(Path + "-wal") is not { Exists: true, Length: > PassiveCheckpoint } log) return;
        using var connection = OpenForWriting();
        // The second makes the log short again, but waits for readers.
        Execute(connection, log.Length < TruncatingCheckpoint ? "PRAGMA wal_checkpoint(PASSIVE)" : "PRAGMA busy_timeout = 1000; PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>A connection to an empty catalogue beside the file, for a first sync, when there is nothing that a failure could harm: without journal it is written once, not twice. <see cref="FinishBuild"/> puts it in place.</summary>
    public SqliteConnection BeginBuild()
    {
        Directory.CreateDirectory(Folder);
        Delete(BuildPath);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = BuildPath, Pooling = false }.ToString());
        connection.Open();
        // A body fills several pages of the usual size.
        Execute(connection, "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA locking_mode = EXCLUSIVE;");
        Execute(connection, Schema.Value);
        return connection;
    }

    /// <summary>Puts what was built in the place of the file. Whoever reads the old one at this moment reads it to the end.</summary>
    public void FinishBuild()
    {
        Close();
        Delete(Path);
        File.Move(BuildPath, Path);
        // Whoever opened the old file after it was closed here is told as well.
        Interlocked.Increment(ref _version);
        UseWriteAheadLog();
        Anchor();
    }

    /// <summary>Throws away what was built so far, which may be what fills the disk.</summary>
    public void DropBuild() => Delete(BuildPath);

    public void Dispose()
    {
        Close();
        if (!IsTemporary) return;
        try { Directory.Delete(Folder, true); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { _log.LogDebug(e, "Left {Path} behind", Path); }
    }

    /// <summary>An empty catalogue in the first of the temporary folders, from the given one on, that can be written; null when none can.</summary>
    private static CatalogueFile? Temporary(int first, string? redirectsPath, string? trouble, ILogger log)
    {
        for (var place = first; place < TemporaryFolders.Length; place++)
        {
            var folder = System.IO.Path.Combine(TemporaryFolders[place], $"blog-{Guid.NewGuid():n}");
            var file = new CatalogueFile(System.IO.Path.Combine(folder, "catalogue.db"), redirectsPath ?? System.IO.Path.Combine(folder, RedirectFile.Name), place, trouble, log);
            try
            {
                // It holds drafts, too.
                if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
                else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                file.Prepare();
                return file;
            }
            catch (Exception e) when (IsFailure(e))
            {
                log.LogDebug(e, "The catalogue can't be kept in {Folder}", folder);
                file.Dispose();
            }
        }

        return null;
    }

    private static string Reason(Exception exception, string folder) => exception switch
    {
        SqliteException { SqliteErrorCode: 13 } or IOException { HResult: DiskFull or WindowsDiskFull } => "the disk is full",
        SqliteException { SqliteErrorCode: 8 } or IOException { HResult: ReadOnly } => "it is read-only",
        // Where SQLite can't make or extend a file, it does not say why. The system does.
        SqliteException { SqliteErrorCode: 10 or 14 } when Probe(folder) is { } failure => Reason(failure, folder),
        _ => exception.Message,
    };

    /// <summary>What the system says to a file of some size in the folder; null when it may be written.</summary>
    private static Exception? Probe(string folder)
    {
        try
        {
            using var file = new FileStream(System.IO.Path.Combine(folder, $"probe-{Guid.NewGuid():n}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.DeleteOnClose);
            file.Write(new byte[64 * 1024]);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e;
        }
    }

    private static bool IsCorruption(Exception exception) => exception is SqliteException { SqliteErrorCode: 11 or 26 } || (exception.InnerException is { } inner && IsCorruption(inner));

    private void Prepare()
    {
        // Of a process that was killed while it built.
        Delete(BuildPath);
        try
        {
            Create();
            // A process may have been killed before it came to this.
            UseWriteAheadLog();
            using var connection = new SqliteConnection(ConnectionString);
            connection.Open();
            // Reads the schema and a row: enough to tell that this is a database and may be written.
            Execute(connection, "SELECT Value FROM Facts LIMIT 1; BEGIN IMMEDIATE; INSERT OR REPLACE INTO Facts (Name, Value) VALUES ('opened', '1'); COMMIT;");
        }
        catch (SqliteException e) when (IsCorruption(e) || e.SqliteErrorCode == 1)
        {
            _log.LogWarning("The catalogue {Path} can't be read ({Reason}); it is made anew from the content", Path, e.Message);
            Close();
            Delete(Path);
            Create();
            UseWriteAheadLog();
        }

        Anchor();
    }

    private void Create()
    {
        if (File.Exists(Path) && new FileInfo(Path).Length > 0) return;
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(ConnectionString) { Mode = SqliteOpenMode.ReadWriteCreate }.ToString());
        connection.Open();
        // Whole or not at all, and written out once.
        using var transaction = connection.BeginTransaction();
        Execute(connection, Schema.Value);
        transaction.Commit();
    }

    private void UseWriteAheadLog()
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL;");
    }

    private void Anchor()
    {
        _anchor = new SqliteConnection(new SqliteConnectionStringBuilder(ConnectionString) { Pooling = false }.ToString());
        _anchor.Open();
        Execute(_anchor, "SELECT Value FROM Facts LIMIT 1;");
    }

    private void Close()
    {
        _anchor?.Dispose();
        Interlocked.Increment(ref _version);
        SqliteConnection.ClearAllPools();
    }

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
