using System.Globalization;
using System.Text.RegularExpressions;

namespace Blog.Content.FrontMatter;

/// <summary>Reads ISO 8601 and the other ways in which people write dates.</summary>
public static partial class DateReader
{
    private static readonly string[] WithZone =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss K",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm K", "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd'T'HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ssK", "ddd, d MMM yyyy HH:mm:ss K", "d MMM yyyy HH:mm:ssK", "ddd MMM d HH:mm:ss yyyy K",
    ];

    private static readonly string[] Local =
    [
        "yyyy-MM-dd", "yyyy-M-d", "yyyy/MM/dd", "yyyy/M/d", "yyyy.MM.dd", "yyyyMMdd", "yyyy-MM", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss", "yyyy-M-d H:m:s", "yyyy-MM-dd HH:mm", "yyyy-M-d H:mm", "yyyy/MM/dd HH:mm:ss", "yyyy/MM/dd HH:mm", "yyyy-MM-dd h:mm tt", "yyyy-MM-dd h:mmtt",
        "d.M.yyyy", "d.M.yyyy HH:mm", "d. MMMM yyyy", "d. MMM yyyy",
        "MMM d yyyy", "MMM d, yyyy", "MMMM d yyyy", "MMMM d, yyyy", "d MMM yyyy", "d MMMM yyyy", "d MMM, yyyy", "d MMMM, yyyy", "d-MMM-yyyy", "MMM yyyy", "MMMM yyyy",
        "ddd MMM d yyyy", "ddd, MMM d, yyyy", "ddd, d MMM yyyy", "dddd, MMMM d, yyyy", "dddd, d MMMM yyyy", "dddd d MMMM yyyy", "MMM d yyyy HH:mm", "MMM d, yyyy HH:mm", "MMM d, yyyy h:mm tt", "MMMM d, yyyy HH:mm", "MMMM d, yyyy h:mm tt", "d MMMM yyyy HH:mm", "d MMM yyyy HH:mm",
    ];

    // The names of RFC 822, and those of Central Europe.
    private static readonly Dictionary<string, string> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = "Z",
        ["UT"] = "Z",
        ["UTC"] = "Z",
        ["GMT"] = "Z",
        ["EST"] = "-05:00",
        ["EDT"] = "-04:00",
        ["CST"] = "-06:00",
        ["CDT"] = "-05:00",
        ["MST"] = "-07:00",
        ["MDT"] = "-06:00",
        ["PST"] = "-08:00",
        ["PDT"] = "-07:00",
        ["CET"] = "+01:00",
        ["CEST"] = "+02:00",
    };

    /// <summary>The moment that <paramref name="text"/> names; one without a zone is in <paramref name="zone"/>, one without a time at its midnight. Null when it names none.</summary>
    /// <param name="text">As written.</param>
    /// <param name="zone">The site's time zone.</param>
    /// <param name="isAmbiguous">True for 3/4/2022, which is read as month/day/year where both are possible, and for 2021-17-09, whose parts are swapped.</param>
    public static DateTimeOffset? Read(string text, TimeZoneInfo zone, out bool isAmbiguous)
    {
        isAmbiguous = false;
        // As most are written; what else there is takes several times as long to try.
        if (DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var midnight)) return InZone(midnight, zone);
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact)) return Sane(exact);
        text = Ordinals().Replace(Spaces().Replace(text.Trim(), " "), "$1");
        text = Months().Replace(LongFractions().Replace(text, "$1"), "$1");
        if (ZoneName().Match(text) is { Success: true } name && Zones.TryGetValue(name.Groups[1].Value, out var offset)) text = text[..name.Index] + offset;
        if (ZoneWithoutColon().Match(text) is { Success: true } loose) text = text[..loose.Index].TrimEnd() + loose.Groups[1].Value + ":" + loose.Groups[2].Value;

        // K also matches no zone at all, so the forms without one go first.
        if (DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return InZone(local, zone);
        if (DateTimeOffset.TryParseExact(text, WithZone, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return Sane(moment);
        if (SwappedIso().Match(text) is { Success: true } iso && Part(iso, 2) > 12 && Part(iso, 3) <= 12)
        {
            // 2021-17-09: there is no month 17, so it can only be the day.
            isAmbiguous = true;
            return Read($"{iso.Groups[1].Value}-{iso.Groups[3].Value}-{iso.Groups[2].Value}{text[iso.Length..]}", zone, out _);
        }

        if (Slashed().Match(text) is not { Success: true } slashed) return null;

        var (a, b, year) = (Part(slashed, 1), Part(slashed, 2), Part(slashed, 3));
        isAmbiguous = a <= 12 && b <= 12 && a != b;
        var (month, day) = a > 12 ? (b, a) : (a, b);
        return month is >= 1 and <= 12 && year >= 1 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? InZone(new DateTime(year, month, day), zone) : null;
    }

    private static int Part(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static DateTimeOffset? InZone(DateTime local, TimeZoneInfo zone)
    {
        if (local.Year is < 2 or > 9997) return null;
        // An hour that daylight saving skips does not exist: what was meant is the hour after it.
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static DateTimeOffset? Sane(DateTimeOffset moment) => moment.Year is < 2 or > 9997 ? null : moment.ToUniversalTime();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\b(\d{1,2})(st|nd|rd|th)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Ordinals();

    [GeneratedRegex(@"(\.\d{7})\d+", RegexOptions.CultureInvariant)]
    private static partial Regex LongFractions();

    [GeneratedRegex(@"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:t\b\.?|\.)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Months();

    [GeneratedRegex(@"(?<=:\d{2}(?:\.\d+)?)\s?([A-Z]{1,4})$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ZoneName();

    [GeneratedRegex(@"(?<=:\d{2}(?:\.\d+)?\s?)([+-]\d{2})(\d{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex ZoneWithoutColon();

    [GeneratedRegex(@"^(\d{4})-(\d{2})-(\d{2})(?=$|[T ])", RegexOptions.CultureInvariant)]
    private static partial Regex SwappedIso();

    [GeneratedRegex(@"^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex Slashed();
}
