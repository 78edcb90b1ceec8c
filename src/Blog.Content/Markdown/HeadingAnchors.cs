using System.Globalization;
using System.Text;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Blog.Content.Markdown;

/// <summary>Gives headings the ids that GitHub gives them (github-slugger): lower case, punctuation removed, spaces as hyphens, repeated ones numbered.</summary>
internal static class HeadingAnchors
{
    public static IReadOnlyList<OutlineEntry> Add(IReadOnlyList<HeadingBlock> headings)
    {
        var outline = new List<OutlineEntry>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var heading in headings)
            if (heading.TryGetAttributes()?.Id is { Length: > 0 } own) used.Add(own);
        foreach (var heading in headings)
        {
            var text = PlainText.Of(heading).Trim();
            var attributes = heading.GetAttributes();
            if (string.IsNullOrEmpty(attributes.Id)) attributes.Id = Unique(SlugOf(PlainText.Of(heading, false).Trim()), used, counts);
            if (text.Length > 0) outline.Add(new OutlineEntry(heading.Level, attributes.Id, text));
        }

        return outline;
    }

    /// <summary>GitHub's slug of a heading's text, before repeated ones are numbered; <c>section</c> for a heading without letters.</summary>
    internal static string SlugOf(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var rune in text.ToLowerInvariant().EnumerateRunes())
        {
            if (rune.Value is ' ' or '-' or '_') slug.Append(rune.Value == ' ' ? '-' : (char)rune.Value);
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
                     or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber or UnicodeCategory.NonSpacingMark
                     or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.ConnectorPunctuation) slug.Append(rune);
        }

        return slug.Length == 0 ? "section" : slug.ToString();
    }

    private static string Unique(string slug, HashSet<string> used, Dictionary<string, int> counts)
    {
        var unique = slug;
        while (!used.Add(unique))
        {
            counts[slug] = counts.GetValueOrDefault(slug) + 1;
            unique = $"{slug}-{counts[slug].ToString(CultureInfo.InvariantCulture)}";
        }

        return unique;
    }
}
