using System.Numerics;
using System.Runtime.InteropServices;
using Blog.Content;
using Blog.Content.Search;

namespace Blog.Catalogue.Search;

/// <summary>
/// Which articles are about the same: those that share the rarest of an article's key words. How rare a word is counts by powers of two only, so that what is found
/// depends on the articles that share a word with it and on nothing else: an edit changes the lists of these, and no list of the millions of others.
/// </summary>
internal static class Likeness
{
    /// <summary>Articles with one word, at most, for it to count: what more have says little, and would cost much.</summary>
    public const int MostWithWord = 512;

    // More than are shown: some can't be seen, others the page links to already.
    private const int MostFound = 24;

    // Words that find, and the articles that these may have in all: what it costs, whatever the size of the site.
    private const int MostWords = 10;
    private const int MostArticles = 1024;

    /// <summary>The ids of the articles most like one, best first; empty when none is. The same for the same content, on every machine.</summary>
    /// <param name="index">Where it is looked for.</param>
    /// <param name="id">Of the article.</param>
    /// <param name="known">What was asked of the same index before; null where it is asked for one article only.</param>
    public static IReadOnlyList<long> Find(SearchIndex index, long id, KnownFacets? known = null)
    {
        known ??= new KnownFacets();
        var words = index.KeyWordsOf(id);
        var counts = known.CountsOf(index, words.Select(word => word.Facet).ToList(), MostWithWord + 1);
        var (scores, sum, chosen) = (known.Scores(), 0, 0);
        var rarest = words.Zip(counts)
            // A word that no other article has relates to nothing.
            .Where(word => word.Second is > 1 and <= MostWithWord)
            .Select(word => (word.First.Facet, Level: Level(word.Second), Weight: word.First.Weight * Math.Log2(2.0 * MostWithWord / Level(word.Second))))
            .OrderByDescending(word => word.Weight).ThenBy(word => word.Facet, StringComparer.Ordinal);
        foreach (var (facet, level, weight) in rarest)
        {
            if (chosen == MostWords) break;
            if (sum + level > MostArticles) continue;
            (sum, chosen) = (sum + level, chosen + 1);
            foreach (var other in known.Articles(index, facet)) CollectionsMarshal.GetValueRefOrAddDefault(scores, other, out _) += weight;
        }

        scores.Remove(id);
        if (scores.Count == 0) return [];
        // Sums of the same weights differ by the order in which they were added.
        foreach (var other in scores.Keys)
        {
            ref var score = ref CollectionsMarshal.GetValueRefOrNullRef(scores, other);
            score = Math.Round(score, 6);
        }

        var near = Highest.Of(scores, MostFound).Select(score => (Id: score.Key, Score: score.Value)).ToList();
        // Whatever their ids on this machine, and whatever they say: an edit that leaves an article its words must not move it. Of many that are alike, not always the first by name are to be shown.
        var paths = known.PathsOf(index, near.Select(found => found.Id));
        return [.. near.Where(found => paths.ContainsKey(found.Id)).OrderByDescending(found => found.Score).ThenBy(found => Fnv.Hash32(paths[found.Id])).ThenBy(found => paths[found.Id], StringComparer.Ordinal).Take(MostFound).Select(found => found.Id)];
    }

    /// <summary>How common a word is: the power of two that is not less than the number of articles that have it.</summary>
    public static int Level(int articles) => (int)BitOperations.RoundUpToPowerOf2((uint)articles);
}

/// <summary>
/// What the index says of facets and of the articles that have them, for whoever asks for article after article while nothing changes: most share their words with others. It forgets all once it holds a few megabytes, whatever the size of the site.
/// </summary>
internal sealed class KnownFacets
{
    private const int MostFacets = 16 * 1024;
    private const int MostArticles = 512 * 1024;
    private const int MostPaths = 16 * 1024;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<long>> _articles = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> _paths = [];
    private readonly Dictionary<long, double> _scores = [];
    private int _held;

    /// <summary>An empty table for the scores of articles, until the next is asked for.</summary>
    public Dictionary<long, double> Scores()
    {
        _scores.Clear();
        return _scores;
    }

    /// <inheritdoc cref="SearchIndex.CountsOf"/>
    public List<int> CountsOf(SearchIndex index, IReadOnlyList<string> facets, int most)
    {
        if (_counts.Count > MostFacets) _counts.Clear();
        var missing = facets.Where(facet => !_counts.ContainsKey(facet)).Distinct().ToList();
        foreach (var (facet, count) in missing.Zip(index.CountsOf(missing, most))) _counts[facet] = count;
        return [.. facets.Select(facet => _counts[facet])];
    }

    /// <inheritdoc cref="SearchIndex.WithFacet"/>
    public List<long> Articles(SearchIndex index, string facet)
    {
        if (_articles.TryGetValue(facet, out var known)) return known;
        if (_held > MostArticles)
        {
            _articles.Clear();
            _held = 0;
        }

        var found = index.WithFacet(facet);
        // A list itself takes about as much as so many of its articles.
        _held += found.Count + 16;
        return _articles[facet] = found;
    }

    /// <summary>The content paths of articles, and of others that were asked for before.</summary>
    public IReadOnlyDictionary<long, string> PathsOf(SearchIndex index, IEnumerable<long> ids)
    {
        if (_paths.Count > MostPaths) _paths.Clear();
        foreach (var (id, path) in index.PathsOf(ids.Where(id => !_paths.ContainsKey(id)).ToList())) _paths[id] = path;
        return _paths;
    }
}
