namespace Blog.Content;

/// <summary>
/// FNV-1a hashes of texts by their UTF-16 code units (<see href="https://datatracker.ietf.org/doc/html/draft-eastlake-fnv"/>): the same on every machine and in every run, and cheap for what is short.
/// Not for what somebody could want to collide.
/// </summary>
public static class Fnv
{
    /// <summary>The hash of 32 bits; the offset basis for an empty text.</summary>
    public static uint Hash32(ReadOnlySpan<char> text)
    {
        var hash = 2166136261;
        foreach (var unit in text) hash = unchecked((hash ^ unit) * 16777619);
        return hash;
    }

    /// <summary>The hash of 64 bits; the offset basis for an empty text.</summary>
    public static ulong Hash64(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037;
        foreach (var unit in text) hash = unchecked((hash ^ unit) * 1099511628211);
        return hash;
    }
}
