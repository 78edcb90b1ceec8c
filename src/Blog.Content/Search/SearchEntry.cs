using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.ObjectPool;

namespace Blog.Content.Search;

/// <summary>What the index is to know of an article.</summary>
/// <param name="Language">BCP 47 tag of its language.</param>
/// <param name="Html">Its body.</param>
/// <param name="Terms">The authors, categories and tags that it names, with all their names.</param>
public sealed record SearchSource(string Title, string Description, string Language, string Html, IReadOnlyList<(Taxonomy Taxonomy, string Key, string Name)> Terms);

/// <summary>An article as the index holds it: each field as its tokens, parted by spaces.</summary>
/// <param name="Topics">Its categories and tags.</param>
/// <param name="Facets">A token for each term that it names: <see cref="Facet"/>.</param>
/// <param name="Marks">Tokens by which articles are found that have a word where it weighs: <see cref="SearchMark"/>.</param>
/// <param name="Words">Its words, each once, but for those in code: from them misspelt words are mended.</param>
/// <param name="KeyWords">
/// The words that the article uses most, those of its title, topics and headings weighing more, and the categories and tags that it names: by them its like is found.
/// The heaviest first; the same for the same article.
/// </param>
public sealed record SearchEntry(string Title, string Headings, string Description, string Topics, string Authors, string Body, string Code, string Facets, string Marks, IReadOnlyCollection<SearchTerm> Words, IReadOnlyList<KeyWord> KeyWords)
{
    // How many words tell what an article is about.
    private const int MaxKeyWords = 24;
    private const double WeightOfTerm = 3;

    /// <summary>Analyses an article.</summary>
    /// <param name="source">The article.</param>
    /// <param name="onlyKeyWords">True to find its key words and facets and leave all else empty, which takes less.</param>
    public static SearchEntry Of(SearchSource source, bool onlyKeyWords = false)
    {
        var (analysis, tally) = (WordAnalysis.In(source.Language), Tally.Rent());
        var (title, topics, headings, description, body) = (Field(6, true), Field(4), Field(2), Field(2), Field(1));
        var (authors, code) = (Field(0), new FieldText(analysis, null, 0));
        title.Add(source.Title);
        description.Add(source.Description);
        foreach (var section in PageText.Of(source.Html))
        {
            headings.Add(section.Heading);
            body.Add(section.Text);
            if (!onlyKeyWords) code.Add(section.Code);
        }

        foreach (var (taxonomy, _, name) in source.Terms)
        {
            if (taxonomy != Taxonomy.Author) topics.Add(name);
            else if (!onlyKeyWords) authors.Add(name);
        }

        var (inRow, titleText) = (title.InRow(), title.Finish());
        var entry = new SearchEntry(
            titleText, headings.Finish(), description.Finish(), topics.Finish(), authors.Finish(), body.Finish(), code.Finish(), string.Join(' ', FacetsOf(source.Terms)),
            onlyKeyWords ? "" : SearchMark.Of(inRow, titleText), onlyKeyWords ? [] : tally.Words(), KeyWordsOf(tally, source));
        Tally.Return(tally);
        return entry;

        FieldText Field(double weight, bool keepsStopWords = false) => new(analysis, tally, weight) { KeepsStopWords = keepsStopWords, KeepsText = !onlyKeyWords };
    }

    /// <summary>The token by which articles are found that name a term; no word is ever equal to it.</summary>
    public static string Facet(Taxonomy taxonomy, string key) => $"¤{(int)taxonomy}{key.Replace('-', '¸')}";

    private static IEnumerable<string> FacetsOf(IEnumerable<(Taxonomy Taxonomy, string Key, string Name)> terms) => terms.Select(term => Facet(term.Taxonomy, term.Key)).Distinct();

    private static IReadOnlyList<KeyWord> KeyWordsOf(Tally tally, SearchSource source) =>
        [.. Highest.Of(tally.Weights(), MaxKeyWords).OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(MaxKeyWords).Select(word => new KeyWord(KeyWord.Token(word.Key), Math.Sqrt(word.Value))),
            .. FacetsOf(source.Terms.Where(term => term.Taxonomy != Taxonomy.Author)).Select(facet => new KeyWord(facet, WeightOfTerm))];

    /// <summary>How much the words of an article weigh together, each where it stands.</summary>
    private sealed class Tally : IResettable
    {
        // A token of fewer characters tells nothing.
        private const int Shortest = 3;

        // Different words of an article of some pages.
        private const int UsualWords = 400;

        // What an article of unusual length took is not kept.
        private const int MostKept = 8 * 1024;

        private static readonly DefaultObjectPool<Tally> Pool = new(new DefaultPooledObjectPolicy<Tally>());

        // By the terms themselves, of which the analysis has one for nearly all uses of a word: many times faster than by their letters.
        private readonly Dictionary<SearchTerm, double> _terms = new(UsualWords, ReferenceEqualityComparer.Instance);
        private readonly Dictionary<string, double> _others = new(StringComparer.Ordinal);
        private readonly Dictionary<string, double> _weights = new(UsualWords, StringComparer.Ordinal);

        /// <summary>An empty one. Whoever forgets to return it loses nothing but time.</summary>
        public static Tally Rent() => Pool.Get();

        /// <summary>Gives it back.</summary>
        public static void Return(Tally tally) => Pool.Return(tally);

        public void Add(SearchTerm term, double weight) => CollectionsMarshal.GetValueRefOrAddDefault(_terms, term, out _) += weight;

        /// <summary>Adds what is found but is no word.</summary>
        public void Add(string token, double weight) => CollectionsMarshal.GetValueRefOrAddDefault(_others, token, out _) += weight;

        /// <summary>What each token weighs, until it is returned.</summary>
        public Dictionary<string, double> Weights()
        {
            _weights.Clear();
            foreach (var (term, weight) in _terms) Add(term.Token, weight);
            foreach (var (token, weight) in _others) Add(token, weight);
            return _weights;

            void Add(string token, double weight)
            {
                if (token.Length >= Shortest && weight > 0) CollectionsMarshal.GetValueRefOrAddDefault(_weights, token, out _) += weight;
            }
        }

        public bool TryReset()
        {
            var isUsual = _terms.Count <= MostKept && _others.Count <= MostKept;
            _terms.Clear();
            _others.Clear();
            _weights.Clear();
            return isUsual;
        }

        public HashSet<SearchTerm> Words() => [.. _terms.Keys.Where(term => term.Surface.Length > 1 && !char.IsAsciiDigit(term.Surface[0]))];
    }

    /// <summary>The tokens of a field as they come.</summary>
    /// <param name="analysis">Of the article's language.</param>
    /// <param name="tally">Counts its words; null for a field whose words count for nothing.</param>
    /// <param name="weight">What each of them counts.</param>
    private sealed class FieldText(WordAnalysis analysis, Tally? tally, double weight)
    {
        private readonly StringBuilder _tokens = TextBuilders.Rent();
        private StringBuilder? _extras;

        /// <summary>True for a field in which even “The Who” is found.</summary>
        public bool KeepsStopWords { get; init; }

        /// <summary>False where only the tally is asked for.</summary>
        public bool KeepsText { get; init; } = true;

        public void Add(string text)
        {
            var (position, previous, first) = (0, default(WordSpan), default(WordSpan));
            while (WordBreaker.Next(text, ref position, out var word))
            {
                if (word.IsUnspaced)
                {
                    foreach (var pair in WordAnalysis.Pairs(text.Substring(word.Start, word.Length)))
                    {
                        Append(_tokens, pair);
                        tally?.Add(pair, weight);
                    }

                    continue;
                }

                if (analysis.Term(text.AsSpan(word.Start, word.Length)) is not { } term) continue;
                if (term.Token.Length > 0)
                {
                    Append(_tokens, term.Token);
                    tally?.Add(term, weight);
                }
                else if (KeepsStopWords)
                {
                    // Behind the others, so that neighbours stay neighbours.
                    Append(_extras ??= new StringBuilder(), term.Folded);
                    tally?.Add(term.Folded, weight);
                }

                // “Node.js” and “e-mail” are found as “nodejs” and “email”, too.
                first = previous.Length > 0 && previous.End + 1 == word.Start && text[previous.End] is '-' or '.' or '_' or '\u2011' ? first : word;
                if (first != word && word.End - first.Start <= WordAnalysis.MaxWord && char.IsLetter(text[first.Start])) AddCompound(text.AsSpan(first.Start, word.End - first.Start));
                previous = word;
            }
        }

        /// <summary>The tokens that stand in a row as they do in the text.</summary>
        public string[] InRow() => _tokens.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);

        /// <summary>All of its tokens; nothing can be added any more.</summary>
        public string Finish() => TextBuilders.Finish(_extras is null ? _tokens : _tokens.Append(_extras));

        private void AddCompound(ReadOnlySpan<char> text)
        {
            Span<char> joined = stackalloc char[WordAnalysis.MaxWord];
            var length = 0;
            foreach (var c in text)
                if (char.IsLetterOrDigit(c)) joined[length++] = c;
            if (analysis.Term(joined[..length]) is not { Token.Length: > 0 } term) return;
            Append(_extras ??= new StringBuilder(), term.Token);
            tally?.Add(term, weight);
        }

        private void Append(StringBuilder tokens, string token)
        {
            if (KeepsText) tokens.Append(token).Append(' ');
        }
    }
}
