using System.Globalization;
using System.Text;

namespace Blog.Content.Search;

/// <summary>What a reader asks for. Whatever is typed is a query: nothing in it is syntax of the index.</summary>
/// <param name="Text">As typed, bounded, without control characters and white space around.</param>
/// <param name="Parts">Words and quoted phrases in their order.</param>
/// <param name="Filters">From <c>author:</c>, <c>tag:</c> and <c>category:</c>.</param>
public sealed record SearchQuery(string Text, IReadOnlyList<QueryPart> Parts, IReadOnlyList<QueryFilter> Filters)
{
    /// <summary>The most characters of a query that count.</summary>
    public const int MaxLength = 200;

    /// <summary>The most words and phrases that count.</summary>
    public const int MaxParts = 12;

    private const string Quotes = "\"“”„«»";

    private static readonly Dictionary<string, Taxonomy> FilterNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["author"] = Taxonomy.Author,
        ["tag"] = Taxonomy.Tag,
        ["category"] = Taxonomy.Category,
    };

    /// <summary>The text without filters.</summary>
    public string Words => string.Join(' ', Parts.Select(part => part.IsPhrase ? $"\"{part.Text}\"" : part.Text));

    /// <summary>Reads a query; an empty one for null and for what holds no word.</summary>
    public static SearchQuery Parse(string? input)
    {
        var text = Clean(input ?? "");
        var (parts, filters) = (new List<QueryPart>(), new List<QueryFilter>());
        for (var i = 0; i < text.Length && parts.Count < MaxParts;)
        {
            if (text[i] == ' ') i++;
            else if (Quotes.Contains(text[i])) Add(Quoted(text, ref i), true);
            else if (Filter(text, ref i) is { } filter) filters.Add(filter);
            else Add(Word(text, ref i), false);
        }

        return new SearchQuery(text, parts, filters.Take(MaxParts).ToList());

        void Add(string part, bool isPhrase)
        {
            var position = 0;
            if (WordBreaker.Next(part, ref position, out _)) parts.Add(new QueryPart(part, isPhrase));
        }
    }

    private static string Clean(string input)
    {
        var text = new StringBuilder(Math.Min(input.Length, MaxLength));
        foreach (var rune in input.EnumerateRunes())
        {
            if (text.Length + rune.Utf16SequenceLength > MaxLength) break;
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned || rune == Rune.ReplacementChar) text.Append(' ');
            // Marks of direction say nothing; joiners are a part of words.
            else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format || rune.Value is 0x200C or 0x200D) text.Append(rune.ToString());
        }

        return text.ToString().Trim();
    }

    private static string Quoted(string text, ref int i)
    {
        var start = ++i;
        while (i < text.Length && !Quotes.Contains(text[i])) i++;
        return text[start..Math.Min(i++, text.Length)];
    }

    private static string Word(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && text[i] != ' ' && !Quotes.Contains(text[i])) i++;
        return text[start..i];
    }

    private static QueryFilter? Filter(string text, ref int i)
    {
        var colon = text.IndexOf(':', i);
        if (colon < 0 || colon + 1 >= text.Length || !FilterNames.TryGetValue(text[i..colon], out var taxonomy)) return null;
        var at = colon + 1;
        var value = Quotes.Contains(text[at]) ? Quoted(text, ref at) : Word(text, ref at);
        if (value.Trim().Length == 0) return null;
        i = Math.Min(at, text.Length);
        return new QueryFilter(taxonomy, value.Trim());
    }
}

/// <summary>A word, or words in that order.</summary>
/// <param name="Text">As typed, without quotes.</param>
/// <param name="IsPhrase">True when it was quoted.</param>
public sealed record QueryPart(string Text, bool IsPhrase);

/// <summary>A term that articles are to name.</summary>
/// <param name="Value">Its name, slug or key as typed.</param>
public sealed record QueryFilter(Taxonomy Taxonomy, string Value);
