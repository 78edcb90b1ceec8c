using System.Collections.Concurrent;
using Blog.Catalogue;

namespace Blog.Site.Highlighting;

/// <summary>The articles whose code is still to be highlighted: those that a sync touched, and after a start all of a site that had not been gone through.</summary>
public sealed class CodeToHighlight(CatalogueReaders readers, SiteCatalogue catalogue, CatalogueKeeper keeper, HighlightStore store)
{
    private const int Chunk = 16;

    private readonly ConcurrentQueue<string> _paths = new();
    private readonly Queue<string> _articles = new();

    // The article up to which all have been gone through; null while they need not be.
    private volatile Progress? _whole;
    private volatile string? _version;

    /// <summary>Notes what syncs touch, for as long as the site runs.</summary>
    /// <param name="signal">Called when there is something to do.</param>
    public async Task Follow(Action signal, CancellationToken stopping)
    {
        try
        {
            var changes = catalogue.Changes(stopping);
            await keeper.InStep.WaitAsync(stopping);
            await catalogue.Ready.WaitAsync(stopping);
            Note(null);
            signal();
            await foreach (var report in changes)
            {
                Note(report);
                signal();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The site stops.
        }
    }

    /// <summary>The HTML of the next article; null when there is none left.</summary>
    public string? Next(CancellationToken stopping)
    {
        try
        {
            if (_articles.Count == 0) Read(stopping);
        }
        catch (Exception e) when (CatalogueFile.IsFailure(e) || e.InnerException is { } inner && CatalogueFile.IsFailure(inner))
        {
            // The catalogue is being made anew; after that there is a sync, which begins this anew.
            (_whole, _version) = (null, null);
        }

        return _articles.TryDequeue(out var article) ? article : null;
    }

    /// <summary>Puts back an article that was not finished.</summary>
    public void Again(string html) => _articles.Enqueue(html);

    private void Note(SyncReport? report)
    {
        var version = catalogue.State.Version;
        if (report is not null && report.Changed <= report.Files.Count)
            foreach (var file in report.Files) _paths.Enqueue(file.Path);
        else if (store.Finished != version) _whole = new Progress();
        // Last: a version of which nothing is waiting counts as finished.
        _version = version;
    }

    private void Read(CancellationToken stopping)
    {
        // Not before there is something to look for: the first catalogue may still be being made.
        if (_version is null && _whole is null && _paths.IsEmpty) return;
        using var lease = readers.Rent();
        var version = _version;
        while (_articles.Count < Chunk && _paths.TryDequeue(out var path))
        {
            stopping.ThrowIfCancellationRequested();
            if (lease.Reader.HtmlWith(CodeBlocks.Marker, path) is { } html) _articles.Enqueue(html);
        }

        if (_articles.Count > 0) return;
        if (_whole is { } whole)
        {
            var bodies = lease.Reader.HtmlWith(CodeBlocks.Marker, whole.Article, Chunk);
            foreach (var body in bodies) _articles.Enqueue(body.Html);
            if (bodies.Count > 0) whole.Article = bodies[^1].Id;
            // Unless it was to begin anew meanwhile.
            else Interlocked.CompareExchange(ref _whole, null, whole);
        }

        // Nothing is left of that version.
        if (_articles.Count > 0 || _whole is not null || !_paths.IsEmpty || version is null || version != _version) return;
        store.Finished = version;
        // Unless there is another by now.
        Interlocked.CompareExchange(ref _version, null, version);
    }

    /// <summary>How far a look at all articles has come.</summary>
    private sealed class Progress
    {
        public int Article { get; set; }
    }
}
