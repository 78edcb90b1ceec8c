using Blog.Catalogue.Search;
using Blog.Content.Search;

namespace Blog.Catalogue;

/// <summary>Which articles are like which: kept until an article that shares a key word changes (<see cref="Likeness"/>).</summary>
internal sealed partial class CatalogueWriter
{
    // The words that articles had before they were taken out of the index.
    private readonly Dictionary<long, IReadOnlyList<KeyWord>> _taken = [];

    // The words that other articles have than before, with how many more.
    private readonly Dictionary<string, int> _moved = new(StringComparer.Ordinal);
    private bool? _hasRelated;

    /// <summary>Keeps which articles are most like one.</summary>
    public void Relate(long id, IReadOnlyList<long> related) => Run("INSERT OR REPLACE INTO Related (ArticleId, Ids) VALUES ($1, $2)", id, string.Join(' ', related));

    /// <summary>An article has key words from now on; those that it had before as well change nothing for others.</summary>
    private void NoteIndexed(long id, IReadOnlyList<KeyWord> words)
    {
        // While the index is being filled, there is nothing to forget.
        if (!(_hasRelated ??= Scalar("SELECT 1 FROM Related LIMIT 1") is not null)) NoteWords(words);
        else
        {
            _taken.Remove(id, out var before);
            Move((before ?? []).ExceptBy(words.Select(word => word.Facet), word => word.Facet), -1);
            Move(words.ExceptBy((before ?? []).Select(word => word.Facet), word => word.Facet), 1);
        }
    }

    /// <summary>An article has no key words any more, unless it is indexed again.</summary>
    private void NoteTaken(long id, IReadOnlyList<KeyWord> words)
    {
        if (!(_hasRelated ??= Scalar("SELECT 1 FROM Related LIMIT 1") is not null)) NoteWords(words);
        else _taken[id] = words;
    }

    private void Move(IEnumerable<KeyWord> words, int by)
    {
        foreach (var word in words) System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_moved, word.Facet, out _) += by;
    }

    /// <summary>Forgets what articles are like that have a word which others have than before.</summary>
    private void ForgetRelated()
    {
        foreach (var words in _taken.Values) Move(words, -1);
        _taken.Clear();
        foreach (var (facet, more) in _moved)
        {
            // A word that too many have counts for none of them, before and after.
            var most = Likeness.MostWithWord + Math.Max(0, more);
            var found = Query("SELECT rowid FROM Search WHERE Search MATCH $1 LIMIT $2", row => row.Long(0), SearchIndex.FacetMatch(facet), most + 1);
            if (found.Count > most) continue;
            NoteWord(facet);
            foreach (var id in found) Run("DELETE FROM Related WHERE ArticleId = $1", id);
        }

        _moved.Clear();
    }
}
