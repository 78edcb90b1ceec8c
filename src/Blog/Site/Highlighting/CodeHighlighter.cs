using System.Collections.Concurrent;
using System.Diagnostics;

namespace Blog.Site.Highlighting;

/// <summary>
/// Colours code. One thread has the engine and does the work: first what readers wait for, then, resting as long as it works, what they may open next.
/// A page never waits for more than <see cref="Budget"/>; what is not known by then is plain this time.
/// </summary>
public sealed class CodeHighlighter(HighlightStore store, CodeToHighlight upcoming, ILogger<CodeHighlighter> log) : BackgroundService
{
    /// <summary>What a page may wait for code that was never shown before.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(50);

    // More than all the code of the longest article takes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const int MaxWaiting = 200;
    private const int MaxFailed = 10_000;
    private const int Some = 4;

    // A machine that stood still for a moment is no fault of the code.
    private const int MaxTries = 2;

    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    // After this long without work, the engine and its memory go.
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<Request> _waiting = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly ConcurrentDictionary<byte[], bool> _failed = new(HighlightStore.KeyComparer.Instance);
    private HighlightEngine? _engine;

    /// <summary>True where no page is to be without its colours, however long that takes, and nobody opens another: nothing is done ahead.</summary>
    internal bool IsPatient { get; init; }

    /// <summary>How an engine makes the runs of a piece of code.</summary>
    internal Func<HighlightEngine, CodeBlock, IReadOnlyList<TokenRun>> Colour { get; init; } = (engine, block) => engine.Tokens(block.Grammar, block.Text);

    /// <summary>The HTML of an article with the colours of its code, as far as they are known in time, and whether that is all there will ever be.</summary>
    public async ValueTask<(string Html, bool IsFinal)> Shown(string html, CancellationToken cancelled)
    {
        var blocks = CodeBlocks.In(html);
        if (blocks.Count == 0) return (html, true);
        var known = store.Find(blocks.Select(block => block.Key));
        var missing = blocks.Where(block => !known.ContainsKey(block.Key) && IsPossible(block)).DistinctBy(block => block.Key, HighlightStore.KeyComparer.Instance).ToList();
        if (missing.Count > 0 && _waiting.Count < MaxWaiting)
        {
            var request = new Request(missing);
            _waiting.Enqueue(request);
            _work.Release();
            await Task.WhenAny(request.Done.Task, Task.Delay(IsPatient ? Patience : Budget, cancelled));
            foreach (var (key, runs) in request.Made) known[key] = [.. runs];
        }

        return (CodeBlocks.Join(html, blocks, block => known.GetValueOrDefault(block.Key)), missing.All(block => known.ContainsKey(block.Key) || !IsPossible(block)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try { Work(stoppingToken); }
            catch (OperationCanceledException) { }
            catch (Exception e) { log.LogError(e, "Code is shown without colours until the next start"); }
            finally { ended.SetResult(); }
        }, HighlightEngine.StackSize)
        { IsBackground = true, Name = "Highlighter" }.Start();
        if (!IsPatient) await upcoming.Follow(() => _work.Release(), stoppingToken);
        await ended.Task;
    }

    private void Work(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (_waiting.TryDequeue(out var request))
            {
                Serve(request, stopping);
            }
            else if (!IsPatient && upcoming.Next(stopping) is { } article) Prepare(article, stopping);
            else if (!_work.Wait(Idle, stopping)) _engine = null;
        }
    }

    /// <summary>Highlights what a page waits for, or waited for: a little at a time, so that the next one finds what there is.</summary>
    private void Serve(Request request, CancellationToken stopping)
    {
        foreach (var some in request.Blocks.Chunk(Some))
        {
            // Another page may have asked for the same.
            var known = store.Find(some.Select(block => block.Key));
            foreach (var (key, runs) in known) request.Made[key] = runs;
            foreach (var block in some.Where(block => !known.ContainsKey(block.Key) && IsPossible(block)))
                if (Highlight(block, stopping) is { } runs) request.Made[block.Key] = runs;
            store.Add([.. some.Where(block => !known.ContainsKey(block.Key) && request.Made.ContainsKey(block.Key)).Select(block => (block.Key, request.Made[block.Key]))]);
        }

        request.Done.TrySetResult();
    }

    /// <summary>Highlights the code of an article that nobody waits for.</summary>
    private void Prepare(string html, CancellationToken stopping)
    {
        var blocks = CodeBlocks.In(html);
        var known = store.Find(blocks.Select(block => block.Key));
        var made = new Dictionary<byte[], IReadOnlyList<TokenRun>>(HighlightStore.KeyComparer.Instance);
        foreach (var block in blocks.Where(block => !known.ContainsKey(block.Key) && IsPossible(block)))
        {
            if (made.ContainsKey(block.Key)) continue;
            var started = Stopwatch.GetTimestamp();
            if (Highlight(block, stopping) is { } runs) made[block.Key] = runs;
            var took = Stopwatch.GetElapsedTime(started);
            if (_work.Wait(took < LongestRest ? took : LongestRest, stopping) && !_waiting.IsEmpty) break;
        }

        store.Add([.. made.Select(block => (block.Key, block.Value))]);
        // A reader came between: the rest comes after.
        if (!_waiting.IsEmpty) upcoming.Again(html);
    }

    private bool IsPossible(CodeBlock block) => block.Text.Length is > 0 and <= HighlightEngine.MaxLength && !_failed.ContainsKey(block.Key);

    /// <summary>The runs of a piece of code; null when it was too much.</summary>
    private IReadOnlyList<TokenRun>? Highlight(CodeBlock block, CancellationToken stopping)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                _engine ??= new HighlightEngine(stopping);
                return Colour(_engine, block);
            }
            catch (Exception e)
            {
                _engine = null;
                stopping.ThrowIfCancellationRequested();
                // Of a regular expression, too. All other limits are counted in what comes to the same each time.
                if (e is TimeoutException && tries < MaxTries) continue;
                log.LogDebug(e, "{Length} characters of {Grammar} can't be highlighted", block.Text.Length, block.Grammar);
                if (_failed.Count >= MaxFailed) _failed.Clear();
                _failed[block.Key] = true;
                return null;
            }
        }
    }

    /// <summary>What a page waits for.</summary>
    private sealed record Request(IReadOnlyList<CodeBlock> Blocks)
    {
        public ConcurrentDictionary<byte[], IReadOnlyList<TokenRun>> Made { get; } = new(HighlightStore.KeyComparer.Instance);

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
