using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Blog.Catalogue;

/// <summary>What nobody uses at present and is kept for the next one, since making it anew takes longer than what it is used for.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class Spares<T>(int most) where T : class
{
    private readonly ConcurrentBag<T> _spares = [];

    // The bag would stop all who use it to count.
    private int _count;

    /// <summary>Takes one; false when there is none.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T spare)
    {
        if (!_spares.TryTake(out spare)) return false;
        Interlocked.Decrement(ref _count);
        return true;
    }

    /// <summary>Keeps one; false when there are enough, and whoever has it is to dispose of it.</summary>
    public bool TryKeep(T spare)
    {
        if (Interlocked.Increment(ref _count) > most)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        _spares.Add(spare);
        return true;
    }
}
