using System.Runtime.InteropServices;
using System.Text;

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
public sealed record SearchEntry(string Title, string Headings, string Description, string Topics, string Authors, string Body, string Code, string Facets, string Marks, IReadOnlyCollection<SearchTerm> Words)
{
    // How many words tell what an article is about.
    private const int MaxKeyWords = 24;
    private const double WeightOfTerm = 3;

    /// <summary>The words that the article uses most, those of its title, topics and headings weighing more, and the categories and tags that it names: by them its like is found. The heaviest first; the same for the same article.</summary>
    public IReadOnlyList<KeyWord> KeyWords()
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (field, weight) in new[] { (Title, 6.0), (Topics, 4), (Headings, 2), (Description, 2), (Body, 1) })
            foreach (var token in field.AsSpan().Split(' '))
                if (token.End.Value - token.Start.Value > 2) CollectionsMarshal.GetValueRefOrAddDefault(weights, field[token], out _) += weight;
        return [.. weights.OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(MaxKeyWords).Select(word => new KeyWord(KeyWord.Token(word.Key), Math.Sqrt(word.Value))),
            .. Facets.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(facet => !facet.StartsWith(Facet(Taxonomy.Author, ""), StringComparison.Ordinal)).Select(facet => new KeyWord(facet, WeightOfTerm))];
    }

    /// <summary>Analyses an article.</summary>
    public static SearchEntry Of(SearchSource source)
    {
        var words = new HashSet<SearchTerm>();
        var analysis = WordAnalysis.In(source.Language);
        var (headings, body, code) = (new FieldText(analysis, words), new FieldText(analysis, words), new FieldText(analysis, null));
        foreach (var section in PageText.Of(source.Html))
        {
            headings.Add(section.Heading);
            body.Add(section.Text);
            code.Add(section.Code);
        }

        var title = Field([source.Title], true);
        return new SearchEntry(
            title.ToString(), headings.ToString(), Field([source.Description]).ToString(),
            Field(source.Terms.Where(term => term.Taxonomy != Taxonomy.Author).Select(term => term.Name)).ToString(),
            Field(source.Terms.Where(term => term.Taxonomy == Taxonomy.Author).Select(term => term.Name)).ToString(),
            body.ToString(), code.ToString(), string.Join(' ', source.Terms.Select(term => Facet(term.Taxonomy, term.Key)).Distinct()), SearchMark.Of(title.InRow(), title.ToString()), words);

        FieldText Field(IEnumerable<string> texts, bool keepsStopWords = false)
        {
            var field = new FieldText(analysis, words) { KeepsStopWords = keepsStopWords };
            foreach (var text in texts) field.Add(text);
            return field;
        }
    }

    /// <summary>The token by which articles are found that name a term; no word is ever equal to it.</summary>
    public static string Facet(Taxonomy taxonomy, string key) => $"¤{(int)taxonomy}{key.Replace('-', '¸')}";

    /// <summary>The tokens of a field as they come.</summary>
    private sealed class FieldText(WordAnalysis analysis, HashSet<SearchTerm>? words)
    {
        private readonly StringBuilder _tokens = new();
        private StringBuilder? _extras;

        /// <summary>True for a field in which even “The Who” is found.</summary>
        public bool KeepsStopWords { get; init; }

        public void Add(string text)
        {
            var (position, previous, first) = (0, default(WordSpan), default(WordSpan));
            while (WordBreaker.Next(text, ref position, out var word))
            {
                if (word.IsUnspaced)
                {
                    foreach (var pair in WordAnalysis.Pairs(text.Substring(word.Start, word.Length))) _tokens.Append(pair).Append(' ');
                    continue;
                }

                if (analysis.Term(text.AsSpan(word.Start, word.Length)) is not { } term) continue;
                if (term.Token.Length > 0) _tokens.Append(term.Token).Append(' ');
                // Behind the others, so that neighbours stay neighbours.
                else if (KeepsStopWords) (_extras ??= new StringBuilder()).Append(term.Folded).Append(' ');
                if (term.Surface.Length > 1 && term.Token.Length > 0 && !char.IsAsciiDigit(term.Surface[0])) words?.Add(term);
                // “Node.js” and “e-mail” are found as “nodejs” and “email”, too.
                first = previous.Length > 0 && previous.End + 1 == word.Start && text[previous.End] is '-' or '.' or '_' or '\u2011' ? first : word;
                if (first != word && word.End - first.Start <= WordAnalysis.MaxWord && char.IsLetter(text[first.Start])) AddCompound(text.AsSpan(first.Start, word.End - first.Start));
                previous = word;
            }
        }

        /// <summary>The tokens that stand in a row as they do in the text.</summary>
        public string[] InRow() => _tokens.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);

        public override string ToString() => _extras is null ? _tokens.ToString() : string.Concat(_tokens, _extras);

        private void AddCompound(ReadOnlySpan<char> text)
        {
            Span<char> joined = stackalloc char[WordAnalysis.MaxWord];
            var length = 0;
            foreach (var c in text)
                if (char.IsLetterOrDigit(c)) joined[length++] = c;
            if (analysis.Term(joined[..length]) is not { Token.Length: > 0 } term) return;
            (_extras ??= new StringBuilder()).Append(term.Token).Append(' ');
            words?.Add(term);
        }
    }
}
