using Blog.Content;

namespace Blog.Catalogue;

/// <summary>What the system tells of changes in the content folder, gathered until somebody asks.</summary>
internal sealed class ContentEvents : IDisposable
{
    private const int MostRemembered = 20_000;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly TimeProvider _clock;
    private HashSet<string> _changed = new(StringComparer.Ordinal);
    private HashSet<string> _told = new(StringComparer.Ordinal);
    private FileSystemWatcher? _watcher;
    private bool _isEverything;
    private long _last;

    /// <summary>Gathers nothing until <see cref="Listen"/>.</summary>
    public ContentEvents(TimeProvider clock) => _clock = clock;

    /// <summary>True once the system has told of anything at all.</summary>
    public bool HasTold { get; private set; }

    /// <summary>Why the system stopped telling; null while it tells.</summary>
    public string? Failure { get; private set; }

    /// <summary>Listens to a folder, in place of the one before. Returns why it can't; null when it does.</summary>
    public string? Listen(ContentFolder folder)
    {
        _watcher?.Dispose();
        _watcher = null;
        Failure = null;
        try
        {
            var root = folder.RealRoot;
            var watcher = new FileSystemWatcher(root)
            {
                IncludeSubdirectories = true,
                InternalBufferSize = 64 * 1024,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Changed += (_, change) => Add(change.Name);
            watcher.Created += (_, change) => Add(change.Name);
            watcher.Deleted += (_, change) => Add(change.Name);
            watcher.Renamed += (_, change) => Add(change.OldName, change.Name);
            watcher.Error += (_, error) => Fail(error.GetException());
            watcher.EnableRaisingEvents = true;
            _watcher = watcher;
            return null;
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException or UnauthorizedAccessException)
        {
            return Failure = e.Message;
        }
    }

    /// <summary>Waits for something to be told. False when the time is up.</summary>
    public Task<bool> Wait(TimeSpan within, CancellationToken cancelled) => _signal.WaitAsync(within, cancelled);

    /// <summary>How many paths have been told of, and for how long nothing more has been.</summary>
    public (int Count, TimeSpan Quiet) Pending()
    {
        lock (_lock) return (_isEverything ? int.MaxValue : _changed.Count, _clock.GetElapsedTime(_last));
    }

    /// <summary>The content paths told of since the last time; null when there were too many to name.</summary>
    public IReadOnlyCollection<string>? Take()
    {
        lock (_lock)
        {
            var (changed, isEverything) = (_changed, _isEverything);
            (_changed, _isEverything) = (new HashSet<string>(StringComparer.Ordinal), false);
            if (_told.Count > MostRemembered) _told = new HashSet<string>(StringComparer.Ordinal);
            _told.UnionWith(changed);
            return isEverything ? null : changed;
        }
    }

    /// <summary>True when the system has told of the path, or of a folder that it is in.</summary>
    public bool HasToldOf(string path)
    {
        lock (_lock)
        {
            for (var part = path; part.Length > 0; part = part.LastIndexOf('/') is > 0 and var slash ? part[..slash] : "")
                if (_told.Contains(part) || _changed.Contains(part)) return true;
            return _isEverything;
        }
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _signal.Dispose();
    }

    private void Add(params string?[] names)
    {
        lock (_lock)
        {
            HasTold = true;
            var isContent = false;
            foreach (var name in names)
            {
                if (name is null || name.Split(Path.DirectorySeparatorChar).Any(ContentLayout.IsIgnored)) continue;
                _changed.Add(name.Replace(Path.DirectorySeparatorChar, '/'));
                isContent = true;
            }

            if (isContent) Signal();
        }
    }

    private void Fail(Exception exception)
    {
        lock (_lock)
        {
            // Too many at once: which were lost is not known. Anything else, such as too many folders for the system, will not go away.
            if (exception is not InternalBufferOverflowException) Failure = exception.Message;
            _isEverything = true;
            Signal();
        }
    }

    private void Signal()
    {
        _last = _clock.GetTimestamp();
        if (_signal.CurrentCount == 0) _signal.Release();
    }
}
