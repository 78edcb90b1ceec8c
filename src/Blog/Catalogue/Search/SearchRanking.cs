using Blog.Content.Search;

namespace Blog.Catalogue.Search;

/// <summary>
/// Finds the best matches in bounded time, however common the words. Rare words are ranked by all that articles hold (bm25), which looks at every article that has one of them.
/// Of common words, articles come first that have them where they weigh, which their marks tell (<see cref="SearchMark"/>), and then the newest.
/// </summary>
internal sealed class SearchRanking(SearchIndex index, string language, DateTimeOffset now)
{
    // So many are looked at once more, with their titles.
    private const int Reviewed = 200;

    // Articles that bm25 may look at, of all words together.
    private const int MaxWeighed = 4000;

    // Articles, of those with words in a row, that are looked into for the row.
    private const int MaxLookedInto = 6000;

    // How often a thousand more are looked at when readers may see hardly any.
    private const int MaxLooks = 20;

    // What an article is worth that only has the words, to one that has them in its title.
    private const double Other = 0.1;

    private readonly long _moment = now.ToUnixTimeMilliseconds();

    /// <summary>The matches, best first, up to <see cref="SearchReader.MaxListed"/>, and how many there are in all.</summary>
    /// <param name="units">All of which an article must have; none for all articles with the facets.</param>
    /// <param name="facets">Tokens of terms, of each of which an article must have one.</param>
    public Found Find(IReadOnlyList<QueryUnit> units, string facets)
    {
        if (units.Count == 0) return Newest(facets);
        var deciding = Deciding(units);
        var found = Ranked(deciding, true, facets);
        if (deciding.Count < units.Count || found.IsByMarks) found = found with { Hits = WithTitle(found.Hits, units, facets) };
        if (units[^1].Longer.Count > 0 && found.Total <= SearchReader.MaxRanked)
        {
            var more = Ranked([.. deciding.Where(unit => unit != units[^1]), units[^1].Completed()], true, facets);
            var seen = found.Hits.Select(hit => hit.Id).ToHashSet();
            // Half as good: a rare word that begins so must not win over the word itself, on whichever scale either was measured.
            var scale = found.IsByMarks == more.IsByMarks || seen.Count == 0 || more.Hits.Count == 0 ? 0.5 : 0.5 * found.Hits.Max(hit => hit.Score) / more.Hits.Max(hit => hit.Score);
            var others = more.Hits.Where(hit => !seen.Contains(hit.Id)).Select(hit => hit with { Score = hit.Score * scale }).ToList();
            var (hits, sum) = (found.Hits.Concat(others).OrderByDescending(hit => hit.Score).Take(SearchReader.MaxListed).ToList(), found.Hits.Count + others.Count);
            found = new Found(hits, sum < SearchReader.MaxListed ? sum : Math.Max(found.Total, more.Total)) { IsAtLeast = found.IsAtLeast || more.IsAtLeast };
        }

        return found with { Hits = Reviewed < found.Hits.Count ? [.. Review(found.Hits[..Reviewed], units), .. found.Hits[Reviewed..]] : Review(found.Hits, units) };
    }

    /// <summary>Articles that have any of the words, those with more and rarer ones first; very common words only help where nothing else is left.</summary>
    public Found FindAny(IReadOnlyList<QueryUnit> units, string facets)
    {
        var known = units.Select(unit => unit with { Count = index.CountUpTo(unit.Expression, SearchReader.MaxRanked + 1) }).Where(unit => unit.Count > 0).OrderBy(unit => unit.Count).ToList();
        var (rare, sum) = (new List<QueryUnit>(), 0);
        foreach (var unit in known)
        {
            if (rare.Count > 0 && sum + unit.Count > SearchReader.MaxRanked) break;
            rare.Add(unit);
            sum += unit.Count;
        }

        if (rare.Count == 0) return Found.Nothing;
        var found = Ranked(rare, false, facets);
        return found with { Hits = Review(found.Hits, units) };
    }

    /// <summary>On a big site, words that every fourth article has don't decide what is found as long as there is a rarer one; they still count in titles. Words in a row always do.</summary>
    private IReadOnlyList<QueryUnit> Deciding(IReadOnlyList<QueryUnit> units)
    {
        if (units.Count == 1) return units;
        var common = Math.Max(MaxLookedInto, index.Articles() / 4);
        var rare = units.Where(unit => unit.Count < common || unit.IsRow).ToList();
        return rare.Count > 0 ? rare : [units.MinBy(unit => unit.Count)!];
    }

    /// <summary>The words as a phrase, which makes articles better that have them in that order; null for one word.</summary>
    private static string? RowOf(IReadOnlyList<QueryUnit> units) =>
        units.Count > 1 && units.All(unit => !unit.Alternatives[0].EndsWith('*')) ? QueryUnit.Any([string.Join(' ', units.Select(unit => unit.Alternatives[0]))]) : null;

    private Found Newest(string facets)
    {
        var total = index.CountUpTo(facets, SearchReader.MaxRanked + 1);
        var hits = index.Newest(facets, _moment, SearchReader.MaxListed, total > SearchReader.MaxRanked ? index.RowOfLast(facets, SearchReader.MaxRanked) : 0);
        return new Found(hits, total <= SearchReader.MaxListed ? hits.Count : total);
    }

    private Found Ranked(IReadOnlyList<QueryUnit> units, bool areAllWanted, string facets)
    {
        var from = units.Any(unit => unit.IsRow && unit.Count > MaxLookedInto) ? FirstLookedInto(units) : 0;
        var words = Words(units, areAllWanted, unit => unit.Expression);
        var rows = index.Rows(And(words, facets), SearchReader.MaxRanked + 1, from);
        if (from > 0 || rows.Count > SearchReader.MaxRanked || Weighed(units) > MaxWeighed) return ByMarks(units, areAllWanted, facets, rows, from) with { IsAtLeast = from > 0 && rows.Count <= SearchReader.MaxRanked };
        if (rows.Count == 0) return Found.Nothing;
        // Both sides find the same articles; those with the phrase are better.
        var ranked = areAllWanted && RowOf(units) is { } row ? $"({words} OR {row})" : words;
        // A facet is a word to bm25, too: one that too many have had better be left out.
        var isFacetRare = facets.Length > 0 && index.CountUpTo(facets, MaxWeighed + 1) <= MaxWeighed;
        var hits = index.Best(isFacetRare ? And(ranked, facets) : ranked, isFacetRare || facets.Length == 0 ? null : rows, _moment, SearchReader.MaxListed);
        return new Found(hits, rows.Count <= SearchReader.MaxListed ? hits.Count : rows.Count);
    }

    /// <summary>The articles that bm25 looks at; of words in code only, which have not been counted, as many as matter.</summary>
    private long Weighed(IReadOnlyList<QueryUnit> units) => units.Sum(unit => (long)(unit.Count > 0 ? unit.Count : index.CountUpTo(unit.Expression, MaxWeighed + 1)));

    /// <summary>Those that have the words in their titles, those that are about them, and then all others: of each the last that the catalogue got.</summary>
    /// <param name="units">What is looked for.</param>
    /// <param name="areAllWanted">False when any of it is enough.</param>
    /// <param name="facets">Tokens of terms.</param>
    /// <param name="rows">The last matches.</param>
    /// <param name="from">The row below which no others are looked for.</param>
    private Found ByMarks(IReadOnlyList<QueryUnit> units, bool areAllWanted, string facets, List<long> rows, long from)
    {
        var titled = Marked(unit => unit.Marked(SearchMark.InTitle, SearchMark.Beside));
        // To be about the words of a row says little of the row.
        var about = titled.Count >= SearchReader.MaxListed || units.Any(unit => unit.IsRow) ? [] : Marked(unit => unit.Marked(KeyWord.Token));
        var scores = new OrderedDictionary<long, double>();
        foreach (var (found, score) in new[] { (titled, 1), (about, 0.4), (rows, Other) })
            foreach (var row in found) scores.TryAdd(row, score);
        var shown = index.Shown(scores.Keys, _moment, SearchReader.MaxListed);
        // On some sites most has expired.
        for (var (more, looks) = (rows, 0); more.Count > SearchReader.MaxRanked && shown.Count < Reviewed && looks < MaxLooks; looks++)
        {
            more = index.Rows(And(Words(units, areAllWanted, unit => unit.Expression), facets), SearchReader.MaxRanked + 1, from, more[^1]);
            shown.AddRange(index.Shown(more.Where(row => scores.TryAdd(row, Other)), _moment, SearchReader.MaxListed - shown.Count));
        }

        var hits = shown.Select(hit => hit with { Score = scores[hit.Id] })
            .OrderByDescending(hit => hit.Score).ThenByDescending(hit => hit.PublishedAt).ThenBy(hit => hit.Permalink, StringComparer.Ordinal).ToList();
        var total = rows.Count > SearchReader.MaxRanked ? rows.Count : scores.Count;
        return new Found(hits, total <= SearchReader.MaxListed ? hits.Count : total) { IsByMarks = true };

        List<long> Marked(Func<QueryUnit, string> expression) => index.Rows(And(Words(units, areAllWanted, expression), facets), SearchReader.MaxRanked);
    }

    /// <summary>First those whose title is what was asked for, whatever common words it has.</summary>
    private List<Hit> WithTitle(List<Hit> hits, IReadOnlyList<QueryUnit> units, string facets)
    {
        var title = QueryUnit.Any([SearchMark.IsTitle(units.SelectMany(unit => unit.Alternatives[0].Split(' ')))]);
        var exact = index.Shown(index.Rows(And(title, facets), Reviewed), _moment, Reviewed);
        if (exact.Count == 0) return hits;
        var best = hits.Count > 0 ? hits.Max(hit => hit.Score) : 1;
        return [.. exact.Select(hit => hit with { Score = best }), .. hits.ExceptBy(exact.Select(hit => hit.Id), hit => hit.Id)];
    }

    /// <summary>The row from which on about so many articles have all words of a row as may be looked into.</summary>
    private long FirstLookedInto(IReadOnlyList<QueryUnit> units)
    {
        var (last, count) = (index.LastRow(), units.Where(unit => unit.IsRow).Max(unit => unit.Count));
        return Math.Max(1, last - (long)(last * ((double)MaxLookedInto / count)));
    }

    private static string Words(IReadOnlyList<QueryUnit> units, bool areAllWanted, Func<QueryUnit, string> expression) => "(" + string.Join(areAllWanted ? " AND " : " OR ", units.Select(expression)) + ")";

    /// <summary>Orders matches by their titles, too: one that is what was asked for, or begins so, is what most readers mean. What is new is a little better.</summary>
    private List<Hit> Review(List<Hit> hits, IReadOnlyList<QueryUnit> units)
    {
        var analysis = WordAnalysis.In(language);
        var wanted = units.SelectMany(unit => unit.Alternatives[0].Contains(' ', StringComparison.Ordinal) ? unit.Alternatives[0].Split(' ').Select(token => new HashSet<string> { token }) : [unit.Alternatives.Concat(unit.Longer.Select(word => word.Token)).ToHashSet(StringComparer.Ordinal)]).ToList();
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

/// <summary>What was found.</summary>
/// <param name="Hits">The best, in order.</param>
/// <param name="Total">How many there are; no more than <see cref="SearchReader.MaxRanked"/> + 1 are counted.</param>
internal sealed record Found(List<Hit> Hits, int Total)
{
    /// <summary>When there is nothing.</summary>
    public static Found Nothing => new([], 0);

    /// <summary>True when older articles were not looked into.</summary>
    public bool IsAtLeast { get; init; }

    /// <summary>True when the order follows from marks, not from all that articles hold.</summary>
    public bool IsByMarks { get; init; }
}
