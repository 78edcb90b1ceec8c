using Blog.Content;

namespace Blog.Catalogue;

/// <summary>The terms that articles name.</summary>
public sealed partial class CatalogueReader
{
    // What a site has more terms than, it finds out anew now and then.
    private const int MostTerms = 2048;

    // Pages name the same few terms again and again: they are kept for as long as nobody writes to the catalogue.
    private readonly KeptTerms<Term> _terms = new();
    private readonly KeptTerms<TermLink> _links = new();
    private SiteState? _linksOf;
    private long _version;
    private bool _isUpToDate;

    /// <summary>The terms that articles name, each by taxonomy and in the order in which it names them.</summary>
    public ILookup<int, Term> TermsOf(IEnumerable<int> ids) => TermsNamedBy(ids).ToLookup(named => named.Article, named => named.Term);

    /// <summary>The terms that an article names, by taxonomy and in the order in which it names them.</summary>
    public List<Term> TermsOf(int id) =>
        [.. InOrder(Read("SELECT ArticleId, Taxonomy, Position, \"Key\" FROM ArticleTerms WHERE ArticleId = $id", ReadNamed, ("$id", id))).Select(named => named.Term)];

    /// <summary>The terms that articles name, as pages link to them, each by taxonomy and in the order in which it names them.</summary>
    public ILookup<int, TermLink> TermLinksOf(IEnumerable<int> ids, SiteState site) => TermsNamedBy(ids).ToLookup(named => named.Article, named => LinkTo(named.Term, site));

    /// <summary>Those alone that a card shows: authors and categories.</summary>
    private ILookup<int, TermLink> TermLinksOfCards(IEnumerable<int> ids, SiteState site) => TermsNamedBy(ids, Taxonomy.Category).ToLookup(named => named.Article, named => LinkTo(named.Term, site));

    /// <summary>The term of a taxonomy that has a key; null for none.</summary>
    public Term? TermWith(Taxonomy taxonomy, string key)
    {
        ForgetOutdated();
        if (_terms.Of(taxonomy).TryGetValue(key, out var known)) return known;
        var term = Read($"SELECT {TermColumns} FROM Terms t WHERE t.Taxonomy = $taxonomy AND t.\"Key\" = $key", ReadTerm, ("$taxonomy", (int)taxonomy), ("$key", key)).FirstOrDefault();
        // Strangers may ask for whatever they like: what is not there is not kept.
        if (term is not null) _terms.Of(taxonomy)[key] = term;
        return term;
    }

    /// <summary>A term of this moment, as pages link to it.</summary>
    public TermLink LinkTo(Term term, SiteState site)
    {
        ForgetOutdated();
        if (!ReferenceEquals(_linksOf, site))
        {
            _links.Clear();
            _linksOf = site;
        }

        var links = _links.Of(term.Taxonomy);
        if (!links.TryGetValue(term.Key, out var link)) links[term.Key] = link = TermLink.From(term, site);
        return link;
    }

    /// <param name="ids">Of articles.</param>
    /// <param name="last">The taxonomy behind which none is asked for.</param>
    private IEnumerable<(int Article, Term Term)> TermsNamedBy(IEnumerable<int> ids, Taxonomy last = Taxonomy.Tag) =>
        InOrder(Read("SELECT n.ArticleId, n.Taxonomy, n.Position, n.\"Key\" FROM json_each($ids) CROSS JOIN ArticleTerms n ON n.ArticleId = json_each.value AND n.Taxonomy <= $last", ReadNamed, ("$ids", Json(ids)), ("$last", (int)last)));

    private static (int Article, Taxonomy Taxonomy, int Position, string Key) ReadNamed(CatalogueRow row) => (row.Int(0), (Taxonomy)row.Int(1), row.Int(2), row.Text(3));

    private IEnumerable<(int Article, Term Term)> InOrder(List<(int Article, Taxonomy Taxonomy, int Position, string Key)> rows)
    {
        // Some dozens at most: quicker than SQLite, which would make an index of them.
        rows.Sort((one, other) => (one.Article, one.Taxonomy, one.Position).CompareTo((other.Article, other.Taxonomy, other.Position)));
        foreach (var (article, taxonomy, _, key) in rows)
            if (TermWith(taxonomy, key) is { } term) yield return (article, term);
    }

    private void ForgetOutdated()
    {
        if (_isUpToDate) return;
        // Changes when another connection has written, whatever it was.
        var version = Read("PRAGMA data_version", row => row.Long(0))[0];
        if (version != _version || _terms.Count > MostTerms)
        {
            _terms.Clear();
            _links.Clear();
            _lastList = null;
        }

        (_version, _isUpToDate) = (version, true);
    }

    /// <summary>What is kept of terms, by key. One table for each taxonomy, so that no key is made of two.</summary>
    private sealed class KeptTerms<T>
    {
        private readonly Dictionary<string, T>[] _tables = [.. Taxonomies.All.Select(_ => new Dictionary<string, T>(StringComparer.Ordinal))];

        public int Count => _tables.Sum(table => table.Count);

        public Dictionary<string, T> Of(Taxonomy taxonomy) => _tables[(int)taxonomy];

        public void Clear()
        {
            foreach (var table in _tables) table.Clear();
        }
    }
}
