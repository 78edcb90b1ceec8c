using Blog.Content.Search;

namespace Blog.Catalogue.Search;

/// <summary>A part of a query as the index understands it.</summary>
/// <param name="Text">As typed.</param>
/// <param name="Alternatives">What counts as found: tokens, or tokens in a row parted by spaces.</param>
/// <param name="Longer">Words that only begin so; empty for a part that is finished.</param>
/// <param name="Count">About how many articles have it; 0 when no article has it, but perhaps in code.</param>
/// <param name="Folded">The word without diacritics; null for what is more than a word.</param>
internal sealed record QueryUnit(string Text, IReadOnlyList<string> Alternatives, IReadOnlyList<KnownWord> Longer, int Count, string? Folded)
{
    /// <summary>The part as FTS5 reads it: its alternatives in quotes, of which none can hold any.</summary>
    public string Expression => Any(Alternatives);

    /// <summary>True for words in a row, to find which every article that has them all would be looked into.</summary>
    public bool IsRow => Alternatives.Any(tokens => tokens.Contains(' ', StringComparison.Ordinal));

    /// <summary>The words that only begin so, in place of the word.</summary>
    public QueryUnit Completed() => this with { Alternatives = [.. Longer.Select(word => word.Token).Distinct()], Longer = [], Count = Longer.Sum(word => word.Count) };

    /// <summary>The part where it weighs: as <see cref="Expression"/>, of marks in place of words.</summary>
    /// <param name="mark">Makes the mark of a token.</param>
    /// <param name="beside">Makes the mark of two that stand beside each other; null where there is none, and having all is near enough.</param>
    public string Marked(Func<string, string> mark, Func<string, string, string>? beside = null) => "(" + string.Join(" OR ", Alternatives.Select(tokens =>
    {
        var row = tokens.Split(' ');
        var marks = row.Length == 1 || beside is null ? row.Select(mark) : row.Zip(row.Skip(1), beside);
        return "(" + string.Join(" AND ", marks.Select(Quoted)) + ")";
    })) + ")";

    /// <summary>Any of these tokens.</summary>
    public static string Any(IEnumerable<string> alternatives) => "(" + string.Join(" OR ", alternatives.Select(Quoted)) + ")";

    // A single character of Chinese stands for all pairs that begin with it.
    private static string Quoted(string tokens) => tokens.EndsWith('*') ? $"\"{tokens[..^1]}\" *" : $"\"{tokens}\"";
}

/// <summary>Makes units of the parts of a query, by the language of the site and by how articles spell their words.</summary>
internal sealed class MatchExpression(SearchIndex index, string language)
{
    private const int MaxLonger = 8;
    private const int ShortestPrefix = 2;

    private readonly WordAnalysis _analysis = WordAnalysis.In(language);

    /// <summary>The units of a query. Stop words count only when there is nothing else.</summary>
    /// <param name="parts">Of the query.</param>
    /// <param name="isOpen">True when the last word may be unfinished.</param>
    public IReadOnlyList<QueryUnit> Units(IReadOnlyList<QueryPart> parts, bool isOpen)
    {
        var units = parts.Select((part, i) => Unit(part, isOpen && i == parts.Count - 1 && !part.IsPhrase, false)).OfType<QueryUnit>().ToList();
        return units.Count > 0 ? units : parts.Select(part => Unit(part, false, true)).OfType<QueryUnit>().ToList();
    }

    private QueryUnit? Unit(QueryPart part, bool isOpen, bool keepsStopWords)
    {
        var (row, others, joined, position) = (new List<string>(), new List<string>(), "", 0);
        var (count, words, folded) = (int.MaxValue, 0, (string?)null);
        while (WordBreaker.Next(part.Text, ref position, out var span))
        {
            if (span.IsUnspaced)
            {
                var pairs = WordAnalysis.Pairs(part.Text.Substring(span.Start, span.Length)).ToList();
                row.AddRange(pairs.Count == 1 ? [pairs[0] + '*'] : pairs.SkipLast(1));
                (words, count) = (words + 2, Math.Min(count, 1));
                continue;
            }

            if (_analysis.Term(part.Text.AsSpan(span.Start, span.Length)) is not { } term) continue;
            var known = index.Spellings(term.Folded);
            if (term.Token.Length == 0 && !keepsStopWords && known.Count == 0) continue;
            words++;
            joined += term.Folded;
            folded = term.Folded;
            row.Add(term.Token.Length > 0 ? term.Token : keepsStopWords || known.Count == 0 ? term.Folded : known.MaxBy(word => word.Count).Token);
            // As other languages, or other accents, have it.
            others.AddRange(known.Select(word => word.Token).Where(token => token != row[^1]));
            count = Math.Min(count, known.Sum(word => word.Count));
        }

        if (row.Count == 0) return null;
        if (words == 1 && row.Count == 1) return new QueryUnit(part.Text, [.. row.Concat(others).Distinct()], isOpen ? Longer(folded!, row.Concat(others)) : [], count, folded);
        // “node.js” is also “nodejs”.
        if (!part.IsPhrase && joined.Length > 0) others = _analysis.Term(joined) is { Token.Length: > 0 } one ? [one.Token] : [];
        else others.Clear();
        // FTS5 has the star behind a row mean its last token.
        return new QueryUnit(part.Text, [string.Join(' ', row.Select((token, i) => i < row.Count - 1 ? token.TrimEnd('*') : token)), .. others], [], count, null);
    }

    private List<KnownWord> Longer(string folded, IEnumerable<string> without) =>
        folded.Length < ShortestPrefix ? [] : index.Beginning(folded, 4 * MaxLonger).ExceptBy(without, word => word.Token).DistinctBy(word => word.Token).Take(MaxLonger).ToList();
}
