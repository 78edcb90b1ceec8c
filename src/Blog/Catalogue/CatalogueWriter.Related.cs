using Blog.Catalogue.Search;
using Blog.Content.Search;

namespace Blog.Catalogue;

/// <summary>Which articles are like which: kept until an article that shares a key word changes (<see cref="Likeness"/>).</summary>
internal sealed partial class CatalogueWriter
{
    private bool? _hasRelated;

    /// <summary>Articles that may be found whose like is still to be found out, in order of their ids.</summary>
    /// <param name="most">How many at most.</param>
    public List<long> Unrelated(int most) => IndexRules is null ? [] :
        Query("SELECT ArticleId FROM KeyWords WHERE NOT EXISTS (SELECT 1 FROM Related WHERE Related.ArticleId = KeyWords.ArticleId) ORDER BY ArticleId LIMIT $1", row => row.GetInt64(0), most);

    /// <summary>Keeps which articles are most like one.</summary>
    public void Relate(long id, IReadOnlyList<long> related) => Run("INSERT OR REPLACE INTO Related (ArticleId, Ids) VALUES ($1, $2)", id, string.Join(' ', related));

    /// <summary>Forgets what articles are like that share one of the words, since one more or one less has it.</summary>
    private void ForgetRelated(IReadOnlyList<KeyWord> words)
    {
        // While the index is being filled, there is nothing to forget.
        if (!(_hasRelated ??= Scalar("SELECT 1 FROM Related LIMIT 1") is not null))
        {
            NoteWords(words);
            return;
        }

        foreach (var word in words)
        {
            // A word that more have counts for none of them, before and after.
            var found = Query("SELECT rowid FROM Search WHERE Search MATCH $1 LIMIT $2", row => row.GetInt64(0), SearchIndex.FacetMatch(word.Facet), Likeness.MostWithWord + 2);
            if (found.Count > Likeness.MostWithWord + 1) continue;
            NoteWords([word]);
            foreach (var id in found) Run("DELETE FROM Related WHERE ArticleId = $1", id);
        }
    }
}
