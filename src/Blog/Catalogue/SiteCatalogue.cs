using Blog.Content;

namespace Blog.Catalogue;

/// <summary>The catalogue as the running site has it: its state, whether it is whole, and how the last sync went.</summary>
public sealed class SiteCatalogue : IDisposable
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile SiteState _state = SiteState.Empty;

    internal SiteCatalogue(ContentFolder folder, CatalogueFile file) => (Folder, File) = (folder, file);

    /// <summary>The folder that the catalogue is a projection of.</summary>
    public ContentFolder Folder { get; }

    internal CatalogueFile File { get; }

    /// <summary>The site as of the last sync; <see cref="SiteState.Empty"/> before the first.</summary>
    public SiteState State => _state;

    /// <summary>True once a whole catalogue is served: the previous one after a restart, or the first that is finished.</summary>
    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <summary>Ends when <see cref="IsReady"/> becomes true.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The last sync; null before the first.</summary>
    public SyncReport? LastSync { get; private set; }

    /// <summary>Why the last sync failed; null when it did not.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>Why the data folder is not used; null when it is.</summary>
    public string? DataTrouble => File.Trouble;

    public void Dispose() => File.Dispose();

    internal void Serve(SiteState state)
    {
        _state = state;
        _ready.TrySetResult();
    }

    internal void Synced(SyncReport report)
    {
        (LastSync, LastFailure) = (report, null);
        Serve(report.State);
    }

    /// <summary>The folder was looked at and nothing had changed.</summary>
    internal void Checked() => LastFailure = null;

    internal void Failed(Exception exception) => LastFailure = exception.Message;
}
