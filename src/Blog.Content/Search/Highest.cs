using System.Buffers;

namespace Blog.Content.Search;

/// <summary>Picks those that weigh most of many, without sorting them all.</summary>
public static class Highest
{
    /// <summary>Those that weigh as much as the last of the first <paramref name="most"/> does, or more, in no order: all of them where there are fewer.</summary>
    public static IEnumerable<KeyValuePair<TKey, double>> Of<TKey>(Dictionary<TKey, double> weights, int most)
        where TKey : notnull
    {
        if (weights.Count <= most) return weights;
        var sorted = ArrayPool<double>.Shared.Rent(weights.Count);
        weights.Values.CopyTo(sorted, 0);
        sorted.AsSpan(0, weights.Count).Sort();
        var least = sorted[weights.Count - most];
        ArrayPool<double>.Shared.Return(sorted);
        return weights.Where(weight => weight.Value >= least);
    }
}
