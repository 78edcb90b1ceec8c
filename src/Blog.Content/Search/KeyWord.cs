using System.Globalization;

namespace Blog.Content.Search;

/// <summary>What tells what an article is about: a word that it uses much, or a term that it names.</summary>
/// <param name="Facet">The token by which the articles are found that have it as such; no word is ever equal to it.</param>
/// <param name="Weight">How much it tells; more than 0.</param>
public readonly record struct KeyWord(string Facet, double Weight)
{
    /// <summary>The facet of a word.</summary>
    /// <param name="token">By which the index finds the word.</param>
    public static string Token(string token) => "¤w" + token;

    /// <summary>The key word in a line of text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Facet} {Weight:0.###}");

    /// <summary>The key word of such a line.</summary>
    public static KeyWord Parse(string line) => new(FacetIn(line).ToString(), double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));

    /// <summary>The facet alone of the key word of such a line.</summary>
    public static ReadOnlySpan<char> FacetIn(ReadOnlySpan<char> line) => line[..line.LastIndexOf(' ')];
}
