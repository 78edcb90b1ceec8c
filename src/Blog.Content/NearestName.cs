using F23.StringSimilarity;

namespace Blog.Content;

/// <summary>Finds the known name that an author probably meant.</summary>
public static class NearestName
{
    private static readonly OptimalStringAlignment Distance = new();

    /// <summary>The candidate nearest to <paramref name="name"/> by edits, ignoring case; null when none is near enough to be a typing slip.</summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        if (name.Length is 0 or > 60) return null;
        var lower = name.ToLowerInvariant();
        double allowed = Math.Max(1, name.Length / 3);
        string? nearest = null;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) > allowed) continue;
            var other = candidate.ToLowerInvariant();
            if (LettersApart(lower, other) > allowed) continue;
            var distance = Distance.Distance(lower, other);
            if (distance > allowed || (nearest is not null && distance == allowed && string.CompareOrdinal(candidate, nearest) >= 0)) continue;
            (nearest, allowed) = (candidate, distance);
        }

        return nearest;
    }

    /// <summary>The sentence "Did you mean “x”?", or <paramref name="otherwise"/> when nothing is near.</summary>
    public static string? DidYouMean(string name, IEnumerable<string> candidates, string? otherwise = null) =>
        Of(name, candidates) is { } near ? $"Did you mean “{near}”?" : otherwise;

    /// <summary>How many letters one name has more of than the other: never more than the edits between them, and counted in no time.</summary>
    private static int LettersApart(string one, string other)
    {
        Span<int> counts = stackalloc int[64];
        foreach (var c in one) counts[c & 63]++;
        foreach (var c in other) counts[c & 63]--;
        var (more, less) = (0, 0);
        foreach (var count in counts)
        {
            if (count > 0) more += count;
            else less -= count;
        }

        return Math.Max(more, less);
    }
}
