using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Blog.Content;

/// <summary>Language tags by BCP 47 (RFC 5646), as far as a page's <c>lang</c> and <c>dir</c> need them.</summary>
public static partial class LanguageTag
{
    private static readonly HashSet<string> RightToLeft = new(StringComparer.Ordinal)
    {
        "ar", "arc", "ckb", "dv", "fa", "ha", "he", "iw", "khw", "ks", "ps", "sd", "syr", "ug", "ur", "yi",
    };

    private static readonly ConcurrentDictionary<string, CultureInfo> Gregorian = new(StringComparer.Ordinal);

    /// <summary>The tag with hyphens and conventional case (<c>en_us</c> becomes <c>en-US</c>); null when it is none.</summary>
    public static string? Normalise(string text)
    {
        var parts = text.Trim().Replace('_', '-').Split('.')[0].Split('-');
        if (!WellFormed().IsMatch(string.Join('-', parts))) return null;
        return string.Join('-', parts.Select((part, i) => i == 0 ? part.ToLowerInvariant()
            : part.Length == 2 ? part.ToUpperInvariant()
            : part.Length == 4 && char.IsLetter(part[0]) ? char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant() : part.ToLowerInvariant()));
    }

    /// <summary><c>rtl</c> for languages written from right to left, else <c>ltr</c>.</summary>
    public static string Direction(string tag) => RightToLeft.Contains(tag.Split('-')[0]) ? "rtl" : "ltr";

    /// <summary>The culture for dates and numbers; the invariant one for a tag that .NET has no data for. Its calendar has every date, which that of <c>ar-SA</c> has not.</summary>
    public static CultureInfo Culture(string tag)
    {
        try
        {
            var culture = CultureInfo.GetCultureInfo(tag);
            return culture.Calendar is UmAlQuraCalendar ? Gregorian.GetOrAdd(culture.Name, _ => WithGregorianCalendar(culture)) : culture;
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }

    private static CultureInfo WithGregorianCalendar(CultureInfo culture)
    {
        var other = (CultureInfo)culture.Clone();
        other.DateTimeFormat.Calendar = new GregorianCalendar();
        return CultureInfo.ReadOnly(other);
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$", RegexOptions.CultureInvariant)]
    private static partial Regex WellFormed();
}
