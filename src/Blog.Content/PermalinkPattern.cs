using System.Globalization;
using System.Text.RegularExpressions;

namespace Blog.Content;

/// <summary>Patterns such as <c>/:year/:month/:slug</c> that addresses are made by.</summary>
public static partial class PermalinkPattern
{
    /// <summary>Why the pattern can't be used, as what to write instead; null when it can.</summary>
    public static string? Problem(string pattern)
    {
        if (!pattern.StartsWith('/')) return "a pattern that starts with /";
        if (Token().Matches(pattern).Select(match => match.Value).FirstOrDefault(token => token is not (":slug" or ":section" or ":year" or ":month" or ":day")) is { } unknown)
            return $"only :slug, :section, :year, :month and :day, not {unknown}";
        if (!pattern.TrimEnd('/').Split('/')[^1].Contains(":slug", StringComparison.Ordinal)) return "a pattern whose last part has :slug";
        return Allowed().IsMatch(pattern) ? null : "a pattern of lower-case letters, digits, hyphens, slashes and tokens";
    }

    /// <summary>Why the pattern can't be used for the pages of terms, which have no date and lie under the index of their taxonomy, as what to write instead; null when it can.</summary>
    public static string? ProblemForTerms(string pattern)
    {
        if (Problem(pattern) is { } problem) return problem;
        var index = pattern.TrimEnd('/') is var trimmed && trimmed.EndsWith("/:slug", StringComparison.Ordinal) ? trimmed[..^6] : "";
        return index.Length > 0 && Token().Matches(index).All(match => match.Value == ":section") ? null : "a path and /:slug, such as /topics/:slug";
    }

    /// <summary>The address by a usable pattern. An article without a date has its date parts left out.</summary>
    public static string Fill(string pattern, string section, string slug, DateTimeOffset? date)
    {
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => date is not null || !(part.Contains(":year", StringComparison.Ordinal) || part.Contains(":month", StringComparison.Ordinal) || part.Contains(":day", StringComparison.Ordinal)));
        return "/" + string.Join('/', parts.Select(part => Token().Replace(part, match => match.Value switch
        {
            ":slug" => slug,
            ":section" => section,
            ":year" => date!.Value.ToString("yyyy", CultureInfo.InvariantCulture),
            ":month" => date!.Value.ToString("MM", CultureInfo.InvariantCulture),
            _ => date!.Value.ToString("dd", CultureInfo.InvariantCulture),
        })));
    }

    [GeneratedRegex(":[a-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex("^(/[a-z0-9:-]+)+/?$", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
