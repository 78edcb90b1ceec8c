using Blog.Catalogue.Search;
using Blog.Content.Search;

namespace Blog.Catalogue;

/// <summary>
/// Completes the search index after readers have the site already, some articles at a time. Taking and writing them is done between syncs and is short;
/// finding their words is done beside syncs, and anew for what a sync has overtaken.
/// </summary>
internal sealed class SearchIndexing(CatalogueFile file, TimeProvider clock)
{
    // Few at once cost more, as most common words are counted anew each time; of many, a save that comes between waits for long.
    private const int Fewest = 4;
    private const int Most = 64;
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(60);

    private const int MostUnrelated = 64;

    private ContentRules? _rules;
    private long _upTo;
    private int _syncs;
    private int _atOnce = Fewest;

    /// <summary>False while articles may be missing in the index.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>False while it may not be known of all articles what is like them.</summary>
    public bool IsRelated { get; private set; }

    /// <summary>Has the index completed from the first article on.</summary>
    public void Begin() => (IsComplete, IsRelated, _upTo) = (false, false, 0);

    /// <summary>Tells that a sync has ended, which may have changed what was taken before.</summary>
    /// <param name="rules">By what rules articles are indexed now; null for a catalogue that nobody searches.</param>
    public void Outdate(ContentRules? rules)
    {
        (_rules, IsRelated) = (rules, false);
        _syncs++;
    }

    /// <summary>Takes the next articles that are missing in the index. Null when none is.</summary>
    public IndexBatch? Take()
    {
        if (IsComplete || _rules is not { } rules) return null;
        using var connection = file.OpenForWriting();
        using var writer = new CatalogueWriter(connection, clock.GetUtcNow()) { IndexRules = rules };
        var missing = writer.MissingInIndex(_upTo, _atOnce);
        IsComplete = missing.Count == 0;
        return IsComplete ? null : new IndexBatch(_syncs, rules, missing);
    }

    /// <summary>Takes some of the articles of which it is not known what is like them. Null when there is none, or the index is not complete.</summary>
    public (int Syncs, IReadOnlyList<long> Ids)? TakeUnrelated()
    {
        if (!IsComplete || IsRelated || _rules is not { } rules) return null;
        using var connection = file.OpenForWriting();
        using var writer = new CatalogueWriter(connection, clock.GetUtcNow()) { IndexRules = rules };
        var ids = writer.Unrelated(MostUnrelated);
        IsRelated = ids.Count == 0;
        return IsRelated ? null : (_syncs, ids);
    }

    /// <summary>Finds what is like some articles, beside syncs.</summary>
    public IReadOnlyList<IReadOnlyList<long>> Likes(IReadOnlyList<long> ids)
    {
        using var connection = file.OpenForWriting();
        var index = new SearchIndex(connection);
        return [.. ids.Select(id => Likeness.Find(index, id))];
    }

    /// <summary>Writes what is like which; nothing when a sync has ended since they were taken.</summary>
    public void Write(int syncs, IReadOnlyList<long> ids, IReadOnlyList<IReadOnlyList<long>> likes)
    {
        if (syncs != _syncs) return;
        using var connection = file.OpenForWriting();
        using var writer = new CatalogueWriter(connection, clock.GetUtcNow());
        foreach (var (id, like) in ids.Zip(likes)) writer.Relate(id, like);
        writer.Commit();
    }

    /// <summary>Writes what was found, in a transaction of its own; nothing when a sync has ended since the batch was taken, which is then taken again.</summary>
    public void Write(IndexBatch batch, IReadOnlyList<SearchEntry> entries)
    {
        if (batch.Syncs != _syncs) return;
        var started = clock.GetTimestamp();
        using var connection = file.OpenForWriting();
        using var writer = new CatalogueWriter(connection, clock.GetUtcNow()) { IndexRules = batch.Rules };
        foreach (var ((id, _), entry) in batch.Articles.Zip(entries)) writer.Index(id, entry);
        writer.Commit();
        _upTo = batch.Articles[^1].Id;
        var took = clock.GetElapsedTime(started);
        if (took > Long) _atOnce = Math.Max(Fewest, _atOnce / 2);
        else if (took < Brief) _atOnce = Math.Min(Most, _atOnce * 2);
    }
}

/// <summary>Some articles that are missing in the search index.</summary>
/// <param name="Syncs">How many syncs had ended when they were taken.</param>
/// <param name="Rules">By what rules they are to be indexed.</param>
/// <param name="Articles">What is to be found of each, in order of the ids; never empty.</param>
internal sealed record IndexBatch(int Syncs, ContentRules Rules, IReadOnlyList<(long Id, SearchSource Source)> Articles)
{
    /// <summary>The words of each article, found one after the other: the other processors are for readers.</summary>
    public IReadOnlyList<SearchEntry> Find(CancellationToken cancelled)
    {
        var entries = new List<SearchEntry>(Articles.Count);
        foreach (var (_, source) in Articles)
        {
            cancelled.ThrowIfCancellationRequested();
            entries.Add(SearchEntry.Of(source));
        }

        return entries;
    }
}
