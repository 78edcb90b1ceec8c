using System.Security.Cryptography;
using System.Text;

namespace Blog.Content.Search;

/// <summary>
/// Tokens that say where an article has a word. A common word stands in the texts of all articles, and to find the few that have it in their titles, all would be looked through;
/// by its mark these are found at once. No word is ever equal to a mark.
/// </summary>
public static class SearchMark
{
    /// <summary>The mark of a word in a title.</summary>
    public static string InTitle(string token) => "¤t" + token;

    /// <summary>The mark of two words that stand beside each other in a title.</summary>
    public static string Beside(string token, string next) => $"¤b{token}¸{next}";

    /// <summary>The mark of a title that consists of these words.</summary>
    public static string IsTitle(IEnumerable<string> tokens) => "¤e" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', tokens))).AsSpan(0, 8));

    /// <summary>All marks of an article, parted by spaces.</summary>
    /// <param name="title">The tokens of its title in a row.</param>
    /// <param name="inTitle">All tokens of its title, parted by spaces.</param>
    internal static string Of(IReadOnlyList<string> title, string inTitle)
    {
        var marks = inTitle.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(InTitle).ToHashSet(StringComparer.Ordinal);
        foreach (var (token, next) in title.Zip(title.Skip(1))) marks.Add(Beside(token, next));
        if (title.Count > 0) marks.Add(IsTitle(title));
        return string.Join(' ', marks);
    }
}
