namespace Blog.Content.FrontMatter;

/// <summary>The keys and values above an article, each with its line, and where the article's body begins.</summary>
/// <param name="Entries">In the order of the file; empty without front matter.</param>
/// <param name="BodyStart">Offset of the body in the file's text.</param>
/// <param name="BodyLine">1-based line of the body's first character.</param>
/// <param name="IsPresent">True when the file has a front matter block, even an empty one.</param>
public sealed record FrontMatterBlock(IReadOnlyList<FrontMatterEntry> Entries, int BodyStart, int BodyLine, bool IsPresent)
{
    /// <summary>Reads the block at the top of <paramref name="text"/>. Mistakes are mended where the meaning is plain, and reported.</summary>
    public static FrontMatterBlock Read(string text, ProblemList problems)
    {
        var split = FrontMatterSplitter.Split(text, problems);
        if (split.Lines is not { } lines) return new FrontMatterBlock([], split.BodyStart, split.BodyLine, false);
        var entries = split.IsToml ? TomlText.Read(lines, split.FirstLine, problems) : YamlText.Read(lines, split.FirstLine, problems);
        return new FrontMatterBlock([.. entries, .. Inner(entries)], split.BodyStart, split.BodyLine, true);
    }

    /// <summary>What Zola and Hugo keep in tables: known keys of <c>[extra]</c>, <c>[params]</c> and <c>[taxonomies]</c> that are not given above them.</summary>
    private static IEnumerable<FrontMatterEntry> Inner(IReadOnlyList<FrontMatterEntry> entries)
    {
        var given = entries.Select(entry => FrontMatterKeys.Find(entry.Key)).ToHashSet();
        return entries.Where(entry => FrontMatterKey.Fold(entry.Key) is "extra" or "params" or "taxonomies")
            .SelectMany(entry => (entry.Value as MapValue)?.Entries ?? [])
            .Where(entry => FrontMatterKeys.Find(entry.Key) is { } key && !given.Contains(key));
    }
}
