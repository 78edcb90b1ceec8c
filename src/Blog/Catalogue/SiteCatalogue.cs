using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Blog.Content;

namespace Blog.Catalogue;

/// <summary>The catalogue as the running site has it: its state, whether it is whole, and how the last sync went.</summary>
public sealed class SiteCatalogue : IDisposable
{
    private const int MaxRecent = 100;

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly List<Channel<SyncReport>> _listeners = [];
    private volatile ImmutableList<SyncReport> _recent = [];
    private volatile SiteState _state = SiteState.Empty;
    private long _inStepAt;

    internal SiteCatalogue(ContentFolder folder, CatalogueFile file) => (Folder, File) = (folder, file);

    /// <summary>The folder that the catalogue is a projection of.</summary>
    public ContentFolder Folder { get; }

    internal CatalogueFile File { get; private set; }

    /// <summary>The site as of the last sync; <see cref="SiteState.Empty"/> before the first.</summary>
    public SiteState State => _state;

    /// <summary>True once a whole catalogue is served: the previous one after a restart, or the first that is finished.</summary>
    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <summary>Ends when <see cref="IsReady"/> becomes true.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The last sync; null before the first.</summary>
    public SyncReport? LastSync { get; private set; }

    /// <summary>When the site was last found to be what the folder says; null before that.</summary>
    public DateTimeOffset? InStepAt => Interlocked.Read(ref _inStepAt) is > 0 and var moment ? DateTimeOffset.FromUnixTimeMilliseconds(moment) : null;

    /// <summary>What syncs changed since the start and what the clock did, newest first; bounded.</summary>
    public IReadOnlyList<SyncReport> RecentSyncs => _recent;

    /// <summary>Deletions that wait for confirmation or time; null for none.</summary>
    public HeldDeletions? Held { get; internal set; }

    /// <summary>How changes are noticed at present, for the desk; null before the watcher has started.</summary>
    public Watching? Watching { get; internal set; }

    /// <summary>Why the last sync failed; null when it did not.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>Why the data folder is not used; null when it is.</summary>
    public string? DataTrouble => File.Trouble;

    /// <summary>Why addresses that articles have left can't be kept for good; null when they are.</summary>
    public string? RedirectTrouble { get; internal set; }

    /// <summary>The keys of all pages that look otherwise than before, for whoever tells caches of it.</summary>
    internal OutdatedKeys Outdated { get; } = new();

    /// <summary>What the last changes changed.</summary>
    internal SiteHistory History { get; } = new();

    /// <summary>Every change of the site from this call on, as readers come to see it; to be enumerated, once. A listener that is slow misses the oldest ones.</summary>
    public IAsyncEnumerable<SyncReport> Changes(CancellationToken cancelled)
    {
        var channel = Channel.CreateBounded<SyncReport>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_lock) _listeners.Add(channel);
        return Heard(channel, cancelled);
    }

    public void Dispose() => File.Dispose();

    internal void Serve(SiteState state) => Serve(state, null);

    /// <summary>Has pages made anew: something that they show has changed, though no content has.</summary>
    internal void Refresh()
    {
        // A sync that comes between has had them made anew already, and must not be undone.
        var state = _state;
        var next = state with { };
        History.Add(next, null);
        Interlocked.CompareExchange(ref _state, next, state);
        Outdated.Add([SurrogateKeys.Site]);
    }

    internal void Synced(SyncReport report)
    {
        LastSync = report;
        Checked(report.At);
        Serve(report.State, report.Keys);
        Outdated.Add(report.Keys);
        lock (_lock)
        {
            _recent = [report, .. _recent.Take(MaxRecent - 1)];
            foreach (var listener in _listeners) listener.Writer.TryWrite(report);
        }
    }

    /// <summary>Keeps the catalogue elsewhere, since it can't be kept where it should be. Nobody may be reading it yet. False when there is no other place.</summary>
    internal bool MoveElsewhere(string reason, ILogger log)
    {
        var old = File;
        if (old.Elsewhere(reason) is not { } next) return false;
        log.LogError("The catalogue can't be kept in {Path} ({Reason}). It is kept in {Temporary} until the next start. Make room, or set Blog__DataPath to a folder that may be written", old.Path, reason, next.Path);
        File = next;
        old.Dispose();
        return true;
    }

    /// <summary>The folder was looked at and nothing had changed.</summary>
    internal void Checked(DateTimeOffset now)
    {
        LastFailure = null;
        Interlocked.Exchange(ref _inStepAt, now.ToUnixTimeMilliseconds());
    }

    internal void Failed(string reason) => LastFailure = reason;

    private void Serve(SiteState state, IReadOnlyCollection<string>? keys)
    {
        History.Add(state, keys);
        _state = state;
        _ready.TrySetResult();
    }

    private async IAsyncEnumerable<SyncReport> Heard(Channel<SyncReport> channel, [EnumeratorCancellation] CancellationToken cancelled)
    {
        try
        {
            await foreach (var report in channel.Reader.ReadAllAsync(cancelled)) yield return report;
        }
        finally
        {
            lock (_lock) _listeners.Remove(channel);
        }
    }
}
