using Blog.Catalogue.Search;
using Blog.Content;
using Blog.Content.Search;

namespace Blog.Catalogue;

/// <summary>The search index, written with what it is of: an article costs its own words, whatever the size of the site.</summary>
internal sealed partial class CatalogueWriter
{
    /// <summary>
    /// <c>Search</c> holds the tokens of each article that may be found, by the article's id; it keeps no text, which is in the bodies.
    /// <c>Words</c> holds each word with its token and the number of articles that have it.
    /// </summary>
    public const string SearchSchema = """
        CREATE VIRTUAL TABLE Search USING fts5(Title, Headings, Description, Topics, Authors, Body, Code, Facets, content='', contentless_delete=1, tokenize='ascii');
        CREATE TABLE Words (Folded TEXT NOT NULL, Surface TEXT NOT NULL, Token TEXT NOT NULL, Reversed TEXT NOT NULL, Count INTEGER NOT NULL, PRIMARY KEY (Folded, Surface, Token)) WITHOUT ROWID;
        CREATE INDEX IX_Words_Reversed ON Words (Reversed, Count);
        """;

    // With more words than this, those so far are written: memory must not grow with the site.
    private const int MaxCountedWords = 200_000;

    // How much of the index FTS5 gathers before it writes a piece of it: by default, and while there is nothing to keep waiting.
    private const int PieceSize = 1024 * 1024;
    private const int PieceSizeOfBuild = 32 * 1024 * 1024;

    private readonly Dictionary<SearchTerm, int> _words = [];
    private bool _isBuild;

    /// <summary>By what rules the articles in the index were put there; null for a catalogue that nobody searches.</summary>
    public ContentRules? IndexRules { get; set; }

    /// <summary>False for a catalogue that only finds out which articles are alike: its index holds no texts, which are most of it.</summary>
    public bool IsSearched { get; init; } = true;

    /// <summary>Empties the index, for everything to be put in anew.</summary>
    public void ClearSearch()
    {
        _words.Clear();
        Run("DELETE FROM Words");
        Run("DELETE FROM KeyWords");
        Run("DELETE FROM Related");
        Run("INSERT INTO Search (Search) VALUES ('delete-all')");
    }

    /// <summary>Makes an article found; a draft is not.</summary>
    public void Index(long id, SearchEntry entry)
    {
        var (words, facets) = (entry.KeyWords, entry.Facets.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var marks = string.Join(' ', words.Select(word => word.Facet).Union(facets).Append(IsSearched ? entry.Marks : ""));
        Run("INSERT INTO Search (rowid, Title, Headings, Description, Topics, Authors, Body, Code, Facets) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            id, Text(entry.Title), Text(entry.Headings), Text(entry.Description), Text(entry.Topics), Text(entry.Authors), Text(entry.Body), Text(entry.Code), marks);
        Run("INSERT INTO KeyWords (ArticleId, Words) VALUES ($1, $2)", id, string.Join('\n', words));
        NoteIndexed(id, words);
        if (IsSearched) CountWords(entry, 1);

        string Text(string tokens) => IsSearched ? tokens : "";
    }

    /// <summary>Puts an article that the catalogue holds into the index.</summary>
    public void IndexStored(long id)
    {
        if (IndexRules is { } rules && SourceOf(id, rules) is { } source) Index(id, EntryOf(source));
    }

    /// <summary>Takes an article out of the index, by what the catalogue still holds of it.</summary>
    public void RemoveFromIndex(long id)
    {
        if (IndexRules is not { } rules || Scalar("SELECT 1 FROM Search_docsize WHERE id = $1", id) is null) return;
        if (IsSearched && SourceOf(id, rules) is { } source) CountWords(SearchEntry.Of(source), -1);
        NoteTaken(id, new SearchIndex(_connection).KeyWordsOf(id));
        Run("DELETE FROM Search WHERE rowid = $1", id);
        Run("DELETE FROM KeyWords WHERE ArticleId = $1", id);
        Run("DELETE FROM Related WHERE ArticleId = $1", id);
    }

    /// <summary>What the index of this catalogue holds of an article.</summary>
    public SearchEntry EntryOf(SearchSource source) => SearchEntry.Of(source, onlyKeyWords: !IsSearched);

    /// <summary>Articles that should be in the index and are not, in order of their ids.</summary>
    /// <param name="after">The id to begin behind.</param>
    /// <param name="most">How many at most.</param>
    public List<(long Id, SearchSource Source)> MissingInIndex(long after, int most) => IndexRules is not { } rules ? [] :
        Query("SELECT Id FROM Articles WHERE Id > $1 AND IsDraft = 0 AND NOT EXISTS (SELECT 1 FROM Search_docsize WHERE Search_docsize.id = Articles.Id) ORDER BY Id LIMIT $2", row => row.Long(0), after, most)
            .Select(id => (id, SourceOf(id, rules)!)).ToList();

    /// <summary>The id of the article of a file; 0 for none.</summary>
    public long IdOf(string path) => (long?)Scalar("SELECT Id FROM Articles WHERE Path = $1", path) ?? 0;

    /// <summary>The articles that name one of the terms.</summary>
    public List<long> ArticlesNaming(IEnumerable<(Taxonomy Taxonomy, string Key)> terms) =>
        terms.SelectMany(term => Query("SELECT ArticleId FROM ArticleTerms WHERE Taxonomy = $1 AND \"Key\" = $2", row => row.Long(0), (int)term.Taxonomy, term.Key)).Distinct().Order().ToList();

    private void BeginSearch(bool isBuild)
    {
        _isBuild = isBuild;
        if (isBuild) Run("INSERT INTO Search (Search, rank) VALUES ('hashsize', $1)", PieceSizeOfBuild);
    }

    private void FinishSearch()
    {
        ForgetRelated();
        WriteWords();
        if (_isBuild) Run("INSERT INTO Search (Search, rank) VALUES ('hashsize', $1)", PieceSize);
    }

    private SearchSource? SourceOf(long id, ContentRules rules)
    {
        var terms = Query("SELECT Taxonomy, \"Key\", Label FROM ArticleTerms WHERE ArticleId = $1 ORDER BY Taxonomy, Position", row => ((Taxonomy)row.Int(0), row.Text(1), row.Text(2)), id);
        return Query("SELECT a.Title, a.Description, a.Language, b.Html FROM Articles a JOIN Bodies b ON b.ArticleId = a.Id WHERE a.Id = $1 AND a.IsDraft = 0",
            row => new SearchSource(row.Text(0), row.Text(1), row.TextOrNull(2) ?? rules.Settings.Language, row.Text(3), terms.SelectMany(rules.NamesOf).ToList()), id).FirstOrDefault();
    }

    private void CountWords(SearchEntry entry, int by)
    {
        foreach (var word in entry.Words) System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_words, word, out _) += by;
        if (_words.Count > MaxCountedWords) WriteWords();
    }

    private void WriteWords()
    {
        foreach (var (word, count) in _words.Where(word => word.Value != 0).OrderBy(word => word.Key.Folded, StringComparer.Ordinal))
        {
            Run("""
                INSERT INTO Words (Folded, Surface, Token, Reversed, Count) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (Folded, Surface, Token) DO UPDATE SET Count = Count + excluded.Count
                """, word.Folded, word.Surface, word.Token, Reverse(word.Folded), count);
            if (count < 0) Run("DELETE FROM Words WHERE Folded = $1 AND Surface = $2 AND Token = $3 AND Count <= 0", word.Folded, word.Surface, word.Token);
        }

        _words.Clear();
    }

    /// <summary>The text from its end: what ends alike begins alike.</summary>
    internal static string Reverse(string text)
    {
        var letters = text.ToCharArray();
        Array.Reverse(letters);
        return new string(letters);
    }
}
