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

    // Whatever is written has readers read anew what they knew of the file; but a save that comes between waits, and what was found until then is found once more.
    private const int MostUnrelated = 64;
    private const int MostUnrelatedAlone = 2048;

    private ContentRules? _rules;
    private long _upTo;
    private long _relatedUpTo;
    private int _syncs;
    private KnownFacets[] _facets = [];
    private int _atOnce = Fewest;

    /// <summary>See <see cref="CatalogueWriter.IsSearched"/>.</summary>
    public bool IsSearched { get; init; } = true;

    /// <summary>How many processors look for what is alike: one, where the others are for readers, and a sync may come at any moment.</summary>
    public int Workers { get; set; } = 1;

    /// <summary>False while articles may be missing in the index.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>False while it may not be known of all articles what is like them.</summary>
    public bool IsRelated { get; private set; }

    /// <summary>Has the index completed from the first article on.</summary>
    public void Begin() => (IsComplete, IsRelated, _upTo, _facets) = (false, false, 0, []);

    /// <summary>Tells that a sync has ended, which may have changed what was taken before.</summary>
    /// <param name="rules">By what rules articles are indexed now; null for a catalogue that nobody searches.</param>
    public void Outdate(ContentRules? rules)
    {
        (_rules, IsRelated, _relatedUpTo) = (rules, false, 0);
        _facets = [];
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
        return IsComplete ? null : new IndexBatch(_syncs, rules, IsSearched, missing);
    }

    /// <summary>Finds what is like some of the articles of which that is not known: beside syncs, since all articles may have to be looked through for them.</summary>
    public RelatedBatch FindLike()
    {
        // A sync may end at any moment, and with it what was known: whatever was found with that is not written.
        var (syncs, facets) = (_syncs, _facets);
        if (facets.Length != Workers) _facets = facets = [.. Enumerable.Range(0, Workers).Select(_ => new KnownFacets())];
        IReadOnlyList<long> ids = [];
        if (_rules is not null) Look(index => ids = index.Unrelated(_relatedUpTo, Workers == 1 ? MostUnrelated : MostUnrelatedAlone));
        var like = new (long, IReadOnlyList<long>)[ids.Count];
        // Neighbours go to different ones, so that all have done at about the same time.
        if (Workers == 1) Find(0);
        else Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => Find(worker)))).GetAwaiter().GetResult();
        return new RelatedBatch(syncs, like);

        void Find(int worker) => Look(index =>
        {
            for (var i = worker; i < ids.Count; i += Workers) like[i] = (ids[i], Likeness.Find(index, ids[i], facets[worker]));
        });
    }

    private void Look(Action<SearchIndex> look)
    {
        using var connection = file.OpenForWriting();
        using var index = new SearchIndex(connection) { KeepsStatements = true };
        look(index);
    }

    /// <summary>Writes what is like which, in a transaction of its own; nothing when a sync has ended since it was found.</summary>
    public void Write(RelatedBatch batch)
    {
        if (batch.Syncs != _syncs) return;
        IsRelated = batch.Articles.Count == 0;
        if (IsRelated)
        {
            _facets = [];
            return;
        }

        using var connection = file.OpenForWriting();
        using var writer = new CatalogueWriter(connection, clock.GetUtcNow());
        foreach (var (id, like) in batch.Articles) writer.Relate(id, like);
        writer.Commit();
        _relatedUpTo = batch.Articles[^1].Id;
    }

    /// <summary>Writes what was found, in a transaction of its own; nothing when a sync has ended since the batch was taken, which is then taken again.</summary>
    public void Write(IndexBatch batch, IReadOnlyList<SearchEntry> entries)
    {
        if (batch.Syncs != _syncs) return;
        var started = clock.GetTimestamp();
        using var connection = file.OpenForWriting();
        using var writer = new CatalogueWriter(connection, clock.GetUtcNow()) { IndexRules = batch.Rules, IsSearched = IsSearched };
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
/// <param name="IsSearched">See <see cref="CatalogueWriter.IsSearched"/>.</param>
/// <param name="Articles">What is to be found of each, in order of the ids; never empty.</param>
internal sealed record IndexBatch(int Syncs, ContentRules Rules, bool IsSearched, IReadOnlyList<(long Id, SearchSource Source)> Articles)
{
    /// <summary>The words of each article, found one after the other: the other processors are for readers.</summary>
    public IReadOnlyList<SearchEntry> Find(CancellationToken cancelled)
    {
        var entries = new List<SearchEntry>(Articles.Count);
        foreach (var (_, source) in Articles)
        {
            cancelled.ThrowIfCancellationRequested();
            entries.Add(SearchEntry.Of(source, onlyKeyWords: !IsSearched));
        }

        return entries;
    }
}

/// <summary>What is like some articles.</summary>
/// <param name="Syncs">How many syncs had ended when it was looked for.</param>
/// <param name="Articles">Each with the ids of those most like it, in order of the ids; empty when it is known of all.</param>
internal sealed record RelatedBatch(int Syncs, IReadOnlyList<(long Id, IReadOnlyList<long> Like)> Articles);
