using System.Text.RegularExpressions;

namespace Blog.Content.FrontMatter;

/// <summary>Writes a line of text as a YAML scalar that every reader, of YAML 1.1 or 1.2, takes for the same text.</summary>
public static partial class YamlScalar
{
    // What YAML 1.1 takes for a flag or for nothing.
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "true", "false", "yes", "no", "on", "off", "y", "n", "null" };

    /// <summary>The text itself where that is safe, else in double quotes. Safe within a list between brackets, too.</summary>
    /// <param name="text">Without line ends and control characters.</param>
    public static string Of(string text) =>
        Plain().IsMatch(text) && !Words.Contains(text) ? text : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^\p{L}(?:[\p{L}\p{M}\p{N} .!?'’“”()/+&;–—-]*[\p{L}\p{M}\p{N}.!?'’“”)])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
