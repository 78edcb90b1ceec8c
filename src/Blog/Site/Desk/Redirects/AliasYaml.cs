using System.Text;
using System.Text.Json;

namespace Blog.Site.Desk.Redirects;

/// <summary>Writes former addresses as the lines of front matter that would keep them: a YAML document an article.</summary>
internal static class AliasYaml
{
    /// <summary>The text for addresses that come in the order of their articles.</summary>
    /// <param name="lead">What the file is for: a line.</param>
    /// <param name="addresses">Former addresses, and the content paths of the articles that had them.</param>
    public static string Write(string lead, IEnumerable<(string Path, string Address)> addresses)
    {
        var text = new StringBuilder("# ").Append(lead).Append('\n');
        string? path = null;
        foreach (var (article, address) in addresses)
        {
            if (article != path) text.Append("---\n# ").Append(OneLine(article)).Append("\naliases:\n");
            path = article;
            text.Append("  - ").Append(Scalar(address)).Append('\n');
        }

        return text.ToString();
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u0085' ? '?' : c));

    /// <summary>Plain where nothing in it means anything to YAML; else as a JSON string, which YAML reads.</summary>
    private static string Scalar(string address) => address.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.') ? address : JsonSerializer.Serialize(address);
}
