using Blog.Catalogue;
using Blog.Content;

namespace Blog.Site.Search;

/// <summary>The address of a search.</summary>
/// <param name="Text">Words and phrases.</param>
/// <param name="Filters">The terms that narrow it, whether they were typed or chosen.</param>
public sealed record SearchLink(string Text, IReadOnlyList<Term> Filters)
{
    /// <summary>The search itself.</summary>
    public string Url => To(Text, Filters);

    /// <summary>One of its pages, from 1.</summary>
    public string Page(int number) => number == 1 ? Url : Url + (Url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + $"page={number}";

    /// <summary>The same, of other words.</summary>
    public string With(string text) => To(text, Filters);

    /// <summary>The same, of the words just as they are.</summary>
    public string Exact => Url + "&exact=1";

    /// <summary>The same, narrowed by one more term; it takes the place of another of its kind.</summary>
    public string With(Term term) => To(Text, [.. Filters.Where(filter => filter.Taxonomy != term.Taxonomy), term]);

    /// <summary>The same without a term.</summary>
    public string Without(Term term) => To(Text, Filters.Where(filter => filter != term));

    /// <summary>The name of a filter in addresses.</summary>
    public static string Name(Taxonomy taxonomy) => taxonomy switch { Taxonomy.Author => "author", Taxonomy.Category => "category", _ => "tag" };

    private static string To(string text, IEnumerable<Term> filters)
    {
        var parts = filters.Select(filter => $"{Name(filter.Taxonomy)}={Uri.EscapeDataString(filter.Slug)}").Prepend(text.Length > 0 ? "q=" + Uri.EscapeDataString(text) : "").Where(part => part.Length > 0);
        return string.Join('&', parts) is { Length: > 0 } query ? $"{Permalinks.Search}?{query}" : Permalinks.Search;
    }
}
