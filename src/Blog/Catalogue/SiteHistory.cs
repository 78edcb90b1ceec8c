using System.Collections.Frozen;

namespace Blog.Catalogue;

/// <summary>What the last changes of the site changed: by that, a page made before them may be known to be still right.</summary>
internal sealed class SiteHistory
{
    // Changes that are remembered; a page that nobody has asked for in the meantime is made anew.
    private const int MostSteps = 32;

    // With more keys, hardly a page is still right.
    private const int MostKeys = 1000;

    private readonly Lock _lock = new();
    private volatile Step[] _steps = [];

    /// <summary>Tells of a change before anybody sees it.</summary>
    /// <param name="state">The site from then on.</param>
    /// <param name="keys">The <see cref="SurrogateKeys"/> of what is otherwise; null for all of it.</param>
    public void Add(SiteState state, IReadOnlyCollection<string>? keys)
    {
        var step = new Step(state, keys is null || keys.Count > MostKeys || keys.Contains(SurrogateKeys.Site) ? null : keys.ToFrozenSet(StringComparer.Ordinal));
        lock (_lock) _steps = [.. _steps.TakeLast(MostSteps - 1), step];
    }

    /// <summary>True when nothing that a page shows has changed; false as well when that is not known any more.</summary>
    /// <param name="since">The site as of which the page was right.</param>
    /// <param name="now">The site as it is.</param>
    /// <param name="keys">Those of the page, separated by spaces.</param>
    public bool IsUnchanged(SiteState since, SiteState now, string keys)
    {
        var steps = _steps;
        var (first, last) = (Array.FindIndex(steps, step => ReferenceEquals(step.State, since)), Array.FindIndex(steps, step => ReferenceEquals(step.State, now)));
        if (first < 0 || last < first) return false;
        var changes = steps.AsSpan((first + 1)..(last + 1));
        foreach (var change in changes)
        {
            if (change.Keys is not { } changed) return false;
            if (changed.Count == 0) continue;
            var lookup = changed.GetAlternateLookup<ReadOnlySpan<char>>();
            foreach (var key in keys.AsSpan().Split(' '))
                if (lookup.Contains(keys.AsSpan()[key])) return false;
        }

        return true;
    }

    private sealed record Step(SiteState State, FrozenSet<string>? Keys);
}
