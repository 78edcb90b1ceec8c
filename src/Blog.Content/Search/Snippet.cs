namespace Blog.Content.Search;

/// <summary>A piece of text; marked when it is what was looked for.</summary>
public readonly record struct SnippetPart(string Text, bool IsMatch);

/// <summary>The place in an article that answers a query best.</summary>
/// <param name="Anchor">Of the section that it stands in; empty for the beginning.</param>
/// <param name="Heading">Of that section; empty for the beginning.</param>
/// <param name="Parts">The text there.</param>
public sealed record Snippet(string Anchor, string Heading, IReadOnlyList<SnippetPart> Parts);

/// <summary>Finds and marks the words of a query in texts.</summary>
/// <param name="tokens">The tokens that count as found, each with the number of the query's word that it stands for.</param>
/// <param name="runs">Runs of unspaced scripts, found as they are.</param>
public sealed class Highlighter(IReadOnlyDictionary<string, int> tokens, IReadOnlyList<string> runs)
{
    private const int Length = 180;
    private const int Before = 50;

    // A long text is looked at up to here; what readers see of a result is a sentence.
    private const int MaxMatches = 100;

    /// <summary>The text with what was found in it marked.</summary>
    public IReadOnlyList<SnippetPart> Mark(string text, string language) => Parts(text, 0, text.Length, Matches(text, WordAnalysis.In(language)));

    /// <summary>The best place of an article; null when its body has none of the words.</summary>
    /// <param name="sections">Of the article.</param>
    /// <param name="language">Its language.</param>
    public Snippet? Best(IReadOnlyList<TextSection> sections, string language)
    {
        var analysis = WordAnalysis.In(language);
        Snippet? best = null;
        var (most, hasAll, words) = (0, false, tokens.Values.Distinct().Count() + runs.Count);
        foreach (var section in sections)
        {
            var inHeading = Matches(section.Heading, analysis) is { Count: > 0 } heading ? heading.Select(match => match.Word).Distinct().Count() : 0;
            // Once a place has all the words, only a section about them is a better one.
            if (hasAll && inHeading == 0) continue;
            foreach (var (text, isCode) in new[] { (section.Text, false), (section.Code, true) })
            {
                var matches = Matches(text, analysis);
                if (text.Length == 0 || (matches.Count == 0 && (inHeading == 0 || isCode))) continue;
                var (score, at) = Densest(matches);
                hasAll |= score >= 10 * words && !isCode;
                score += 8 * inHeading - (isCode ? 6 : 0) + 20;
                if (score <= most) continue;
                (most, best) = (score, new Snippet(section.Anchor, section.Heading, Cut(text, at, matches)));
            }
        }

        return best;
    }

    private List<Match> Matches(string text, WordAnalysis analysis)
    {
        var found = new List<Match>();
        var position = 0;
        while (found.Count < MaxMatches && WordBreaker.Next(text, ref position, out var word))
        {
            if (word.IsUnspaced)
            {
                for (var i = 0; i < runs.Count; i++)
                    for (var at = text.IndexOf(runs[i], word.Start, word.Length, StringComparison.Ordinal); at >= 0; at = text.IndexOf(runs[i], at + runs[i].Length, word.End - at - runs[i].Length, StringComparison.Ordinal))
                        found.Add(new Match(at, runs[i].Length, -1 - i));
            }
            else if (analysis.Term(text.AsSpan(word.Start, word.Length)) is { } term && (tokens.TryGetValue(term.Token, out var number) || (term.Token.Length == 0 && tokens.TryGetValue(term.Folded, out number))))
                found.Add(new Match(word.Start, word.Length, number));
        }

        return found;
    }

    /// <summary>Where most different words stand together, and how good that place is.</summary>
    private static (int Score, int At) Densest(List<Match> matches)
    {
        var (most, at) = (0, 0);
        for (var i = 0; i < matches.Count; i++)
        {
            var (score, previous, words) = (0, i, 0);
            for (var j = i; j < matches.Count && matches[j].End - matches[i].Start <= Length - Before; j++)
            {
                var word = 1 << (matches[j].Word & 31);
                // The same word again says nothing more.
                if ((words & word) == 0) score += 10;
                words |= word;
                if (j > i && matches[j].Word != matches[previous].Word && matches[j].Start - matches[previous].End <= 2) score += 4;
                previous = j;
            }

            if (score > most) (most, at) = (score, matches[i].Start);
        }

        return (most, at);
    }

    private static List<SnippetPart> Cut(string text, int at, List<Match> matches)
    {
        var start = at <= Before ? 0 : WordStart(text, at - Before, at);
        var end = text.Length - start <= Length ? text.Length : WordEnd(text, start + Length);
        var parts = Parts(text, start, end, matches);
        if (start > 0) parts.Insert(0, new SnippetPart("… ", false));
        if (end < text.Length) parts.Add(new SnippetPart(" …", false));
        return parts;
    }

    private static List<SnippetPart> Parts(string text, int start, int end, List<Match> matches)
    {
        var (parts, position) = (new List<SnippetPart>(), start);
        foreach (var match in matches.Where(match => match.Start >= start && match.End <= end).OrderBy(match => match.Start))
        {
            if (match.Start < position) continue;
            Add(text[position..match.Start], false);
            Add(text[match.Start..match.End], true);
            position = match.End;
        }

        Add(text[position..end], false);
        return parts;

        void Add(string piece, bool isMatch)
        {
            if (piece.Length > 0) parts.Add(new SnippetPart(piece.Replace('\n', ' '), isMatch));
        }
    }

    private static int WordStart(string text, int from, int to)
    {
        // A sentence that begins there is better than a word.
        var sentence = text.LastIndexOfAny(['\n', '.', '!', '?', '。'], to - 1, to - from);
        var space = sentence >= 0 ? sentence : text.IndexOf(' ', from, to - from);
        var start = space < 0 ? from : space + 1;
        while (start < to && text[start] is ' ' or '\n') start++;
        return start > 0 && char.IsLowSurrogate(text[start]) ? start - 1 : start;
    }

    private static int WordEnd(string text, int to)
    {
        var space = text.LastIndexOfAny([' ', '\n'], to, 40);
        return space > 0 ? space : char.IsLowSurrogate(text[to]) ? to - 1 : to;
    }

    private readonly record struct Match(int Start, int Length, int Word)
    {
        public int End => Start + Length;
    }
}
