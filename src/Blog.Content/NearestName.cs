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
        var allowed = Math.Max(1, name.Length / 3);
        return candidates
            .Where(candidate => Math.Abs(candidate.Length - name.Length) <= allowed)
            .Select(candidate => (candidate, distance: Distance.Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(found => found.distance <= allowed)
            .OrderBy(found => found.distance).ThenBy(found => found.candidate, StringComparer.Ordinal)
            .Select(found => found.candidate)
            .FirstOrDefault();
    }

    /// <summary>The sentence "Did you mean “x”?", or <paramref name="otherwise"/> when nothing is near.</summary>
    public static string? DidYouMean(string name, IEnumerable<string> candidates, string? otherwise = null) =>
        Of(name, candidates) is { } near ? $"Did you mean “{near}”?" : otherwise;
}
