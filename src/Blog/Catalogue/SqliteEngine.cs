using System.Runtime.CompilerServices;
using SQLitePCL;

namespace Blog.Catalogue;

/// <summary>SQLite as this process uses it: a connection is only ever one thread's at a time, and nobody asks how much memory it has taken.</summary>
internal static class SqliteEngine
{
    // sqlite3.h
    private const int ConfigMultithread = 2;
    private const int ConfigMemoryStatus = 9;

    /// <summary>
    /// Has SQLite take no lock for each call and each allocation (<see href="https://www.sqlite.org/threadsafe.html"/>). Before the first connection, since the library takes it only then;
    /// where it refuses, it works as it would have.
    /// </summary>
    [ModuleInitializer]
    public static void Configure()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(ConfigMultithread);
        _ = raw.sqlite3_config(ConfigMemoryStatus, 0);
    }
}
