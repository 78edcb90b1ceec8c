using Blog.Content.Search;

namespace Blog.Catalogue.Search;

/// <summary>Finds the best matches in bounded time: what is ranked is never more than <see cref="SearchReader.MaxRanked"/> rows at a time, however common the words.</summary>
internal sealed class SearchRanking(SearchIndex index, string language, DateTimeOffset now)
{
    // So many are looked at once more, with their titles.
    private const int Reviewed = 200;

    // Words that more articles have in all are not tried as a phrase: to find it, each of these articles would be looked at.
    private const int MaxRow = 20_000;

    private static readonly string[] StrongFields = ["{Title Headings Description Topics Authors}", "{Title}"];

    private readonly long _moment = now.ToUnixTimeMilliseconds();

    /// <summary>The matches, best first, up to <see cref="SearchReader.MaxListed"/>, and how many there are in all.</summary>
    /// <param name="units">All of which an article must have; none for all articles with the facets.</param>
    /// <param name="facets">Tokens of terms, of each of which an article must have one.</param>
    public (List<Hit> Hits, int Total) Find(IReadOnlyList<QueryUnit> units, string facets)
    {
        if (units.Count == 0) return Newest(facets);
        var deciding = Deciding(units);
        var words = string.Join(" AND ", deciding.Select(unit => unit.Expression));
        var (hits, total) = Ranked(words, facets, RowOf(deciding));
        if (units[^1].Longer.Count > 0 && total <= SearchReader.MaxRanked)
        {
            var (longer, more) = Ranked(string.Join(" AND ", [.. deciding.Where(unit => unit != units[^1]).Select(unit => unit.Expression), QueryUnit.Any(units[^1].Longer)]), facets, null);
            var seen = hits.Select(hit => hit.Id).ToHashSet();
            // Half as good: a rare word that begins so must not win over the word itself.
            var others = longer.Where(hit => !seen.Contains(hit.Id)).Select(hit => hit with { Score = hit.Score / 2 }).ToList();
            total = hits.Count + others.Count < SearchReader.MaxListed ? hits.Count + others.Count : Math.Max(total, more);
            hits.AddRange(others);
            hits = [.. hits.OrderByDescending(hit => hit.Score).Take(SearchReader.MaxListed)];
        }

        return (Reviewed < hits.Count ? [.. Review(hits[..Reviewed], units), .. hits[Reviewed..]] : Review(hits, units), total);
    }

    /// <summary>Articles that have any of the words, those with more and rarer ones first; very common words only help where nothing else is left.</summary>
    public (List<Hit> Hits, int Total) FindAny(IReadOnlyList<QueryUnit> units, string facets)
    {
        var known = units.Select(unit => (Unit: unit, Count: index.CountUpTo(unit.Expression, SearchReader.MaxRanked + 1))).Where(unit => unit.Count > 0).OrderBy(unit => unit.Count).ToList();
        var (rare, sum) = (new List<QueryUnit>(), 0);
        foreach (var (unit, count) in known)
        {
            if (rare.Count > 0 && sum + count > SearchReader.MaxRanked) break;
            rare.Add(unit);
            sum += count;
        }

        if (rare.Count == 0) return ([], 0);
        var (hits, total) = Ranked("(" + string.Join(" OR ", rare.Select(unit => unit.Expression)) + ")", facets, null);
        return (Review(hits, units), total);
    }

    /// <summary>On a big site, words that every fourth article has don't decide what is found as long as there is a rarer one; they still count in titles.</summary>
    private IReadOnlyList<QueryUnit> Deciding(IReadOnlyList<QueryUnit> units)
    {
        if (units.Count == 1) return units;
        var common = Math.Max(2 * SearchReader.MaxRanked, index.Articles() / 4);
        var rare = units.Where(unit => unit.Count < common).ToList();
        return rare.Count > 0 ? rare : [units.MinBy(unit => unit.Count)!];
    }

    /// <summary>The words as a phrase, which makes articles better that have them in that order; null for one word.</summary>
    private static string? RowOf(IReadOnlyList<QueryUnit> units) =>
        units.Count > 1 && units.Sum(unit => (long)unit.Count) < MaxRow && units.All(unit => !unit.Alternatives[0].EndsWith('*')) ? QueryUnit.Any([string.Join(' ', units.Select(unit => unit.Alternatives[0]))]) : null;

    private (List<Hit> Hits, int Total) Newest(string facets)
    {
        var total = index.CountUpTo(facets, SearchReader.MaxRanked + 1);
        var hits = index.Newest(facets, _moment, SearchReader.MaxListed, total > SearchReader.MaxRanked ? index.RowOfLast(facets, SearchReader.MaxRanked) : 0);
        return (hits, total <= SearchReader.MaxListed ? hits.Count : total);
    }

    /// <summary>The matches that the catalogue got last, newest first, all equally good.</summary>
    private List<Hit> Last(string match, int most, double score) => [.. index.Newest(match, _moment, most, index.RowOfLast(match, most)).Select(hit => hit with { Score = score })];

    private (List<Hit> Hits, int Total) Ranked(string words, string facets, string? row)
    {
        var match = And($"({words})", facets);
        var total = index.CountUpTo(match, SearchReader.MaxRanked + 1);
        if (total == 0) return ([], 0);
        if (total <= SearchReader.MaxRanked)
        {
            // Both sides find the same articles; those with the phrase are better.
            var hits = index.Best(row is null ? match : And($"(({words}) OR {row})", facets), _moment, SearchReader.MaxListed);
            return (hits, total <= SearchReader.MaxListed ? hits.Count : total);
        }

        // Too many to rank: those that have the words where they weigh most, and then the last ones. bm25 looks at every article that has a word, so it is kept from words that too many have.
        var found = new List<Hit>();
        foreach (var fields in StrongFields)
        {
            var strong = And($"{fields} : ({words})", facets);
            if (index.CountUpTo(strong, SearchReader.MaxRanked + 1) <= SearchReader.MaxRanked) found = index.Best(strong, _moment, SearchReader.MaxListed);
            else if (fields == StrongFields[^1]) found = Last(strong, SearchReader.MaxListed, 1);
            else continue;
            break;
        }

        if (found.Count < Reviewed)
        {
            var seen = found.Select(hit => hit.Id).ToHashSet();
            found.AddRange(Last(match, Reviewed + found.Count, 0.1).Where(hit => !seen.Contains(hit.Id)));
        }

        return (found, total);
    }

    /// <summary>Orders matches by their titles, too: one that is what was asked for, or begins so, is what most readers mean. What is new is a little better.</summary>
    private List<Hit> Review(List<Hit> hits, IReadOnlyList<QueryUnit> units)
    {
        var analysis = WordAnalysis.In(language);
        var wanted = units.SelectMany(unit => unit.Alternatives[0].Contains(' ', StringComparison.Ordinal) ? unit.Alternatives[0].Split(' ').Select(token => new HashSet<string> { token }) : [unit.Alternatives.Concat(unit.Longer).ToHashSet(StringComparer.Ordinal)]).ToList();
        return [.. hits.Select(hit => hit with { Score = hit.Score * (1 + InTitle(Tokens(hit.Title)) + Recency(hit.PublishedAt)) }).OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Permalink, StringComparer.Ordinal)];

        List<string> Tokens(string title)
        {
            var (tokens, position) = (new List<string>(), 0);
            while (WordBreaker.Next(title, ref position, out var word))
                if (!word.IsUnspaced && analysis.Term(title.AsSpan(word.Start, word.Length)) is { Token.Length: > 0 } term) tokens.Add(term.Token);
            return tokens;
        }

        double InTitle(List<string> title)
        {
            var places = wanted.Select(alternatives => title.FindIndex(alternatives.Contains)).ToList();
            var found = places.Count(place => place >= 0);
            if (found == 0) return 0;
            var boost = 0.6 * found / wanted.Count;
            if (found < wanted.Count) return boost;
            var isInRow = places.Zip(places.Skip(1)).All(pair => pair.Second == pair.First + 1);
            return boost + (isInRow ? 0.4 : 0) + (isInRow && places[0] == 0 ? 0.4 : 0) + (isInRow && title.Count == wanted.Count ? 1.5 : 0);
        }
    }

    /// <summary>Half of it is lost in two years.</summary>
    private double Recency(long? published) => published is { } at ? 0.1 * Math.Pow(2, -Math.Max(0, (_moment - at) / 6.3e10)) : 0;

    private static string And(string words, string facets) => facets.Length > 0 ? $"{words} AND {facets}" : words;
}
