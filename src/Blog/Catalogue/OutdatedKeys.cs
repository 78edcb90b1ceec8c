namespace Blog.Catalogue;

/// <summary>Keys of pages that somebody has still to be told of: gathered until they are taken, however many syncs that are, and bounded.</summary>
public sealed class OutdatedKeys
{
    private readonly Lock _lock = new();
    private readonly ChangedKeys _keys = new();
    private TaskCompletionSource _filled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many there are to take.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _keys.Count;
        }
    }

    public void Add(IEnumerable<string> keys)
    {
        lock (_lock)
        {
            _keys.Add(keys);
            if (!_keys.IsEmpty) _filled.TrySetResult();
        }
    }

    /// <summary>Ends as soon as there is something to take.</summary>
    public Task WaitAsync(CancellationToken cancelled)
    {
        lock (_lock) return _filled.Task.WaitAsync(cancelled);
    }

    /// <summary>All that was gathered, in order, and forgets it; empty for nothing.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (_lock)
        {
            if (_filled.Task.IsCompleted) _filled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _keys.Take();
        }
    }
}
