using System.Globalization;
using Blog.Content.FrontMatter;

namespace Blog.Content;

/// <summary>Turns the entries of <c>site.yml</c> into <see cref="SiteSettings"/>: one method a setting, in the order of <see cref="SiteSettingKeys"/>.</summary>
internal static class SiteSettingsReader
{
    /// <summary>The settings that the entries give; those that they don't keep their defaults.</summary>
    public static SiteSettings Read(IReadOnlyList<FrontMatterEntry> entries, ProblemList problems)
    {
        var settings = new SiteSettings();
        var names = SiteSettingKeys.All.Select(key => key.Name).ToList();
        foreach (var entry in entries)
        {
            if (SiteSettingKeys.Find(entry.Key) is { } key) settings = key.Read(settings, entry.Value, problems);
            else problems.Warning(entry.Line, entry.Column, "unknown-setting", $"“{entry.Key}” is not a setting of site.yml.", NearestName.DidYouMean(entry.Key, names, "The settings are " + string.Join(", ", names) + "."));
        }

        return settings;
    }

    internal static SiteSettings ReadTitle(SiteSettings settings, FrontMatterValue value, ProblemList problems) => settings with { Title = value.Text ?? settings.Title };

    internal static SiteSettings ReadTagline(SiteSettings settings, FrontMatterValue value, ProblemList problems) => settings with { Tagline = value.Text };

    internal static SiteSettings ReadDescription(SiteSettings settings, FrontMatterValue value, ProblemList problems) => settings with { Description = value.Text };

    internal static SiteSettings ReadLanguage(SiteSettings settings, FrontMatterValue value, ProblemList problems) =>
        value.Text is { } text && LanguageTag.Normalise(text) is { } tag ? settings with { Language = tag } : Unusable(settings, value, problems, "language", "a BCP 47 tag such as en or de-AT");

    internal static SiteSettings ReadTimeZone(SiteSettings settings, FrontMatterValue value, ProblemList problems) =>
        value.Text is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _) ? settings with { TimeZone = id } : Unusable(settings, value, problems, "timeZone", "an IANA name such as Europe/Berlin");

    internal static SiteSettings ReadBaseUrl(SiteSettings settings, FrontMatterValue value, ProblemList problems)
    {
        if (Uri.TryCreate(value.Text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return settings with { BaseUrl = url.AbsoluteUri.TrimEnd('/') };
        return value.Text is null ? settings : Unusable(settings, value, problems, "baseUrl", "a whole address such as https://blog.example");
    }

    internal static SiteSettings ReadLogo(SiteSettings settings, FrontMatterValue value, ProblemList problems) =>
        value.Text is not { } text || LinkTarget.IsSafe(text) ? settings with { Logo = value.Text } : Unusable(settings, value, problems, "logo", "a path or an https address");

    internal static SiteSettings ReadAccent(SiteSettings settings, FrontMatterValue value, ProblemList problems)
    {
        if (value.Text is not { } text) return settings with { Accent = null };
        return AccentColour.Parse(text) is { } accent ? settings with { Accent = accent } : Unusable(settings, value, problems, "accent", "a colour such as \"#b8361e\" (in quotes, since # begins a comment) or the name of one, such as teal");
    }

    internal static SiteSettings ReadCss(SiteSettings settings, FrontMatterValue value, ProblemList problems)
    {
        var styles = new List<string>();
        foreach (var item in value.Items)
        {
            if (item.Text is { } text && text.TrimStart('/') is var path && ContentLayout.KindOf(path) == ContentKind.Style) styles.Add(path);
            else if (item.Text is not null || item is not ScalarValue) Unusable(settings, item, problems, "css", "the name of a .css file beside site.yml, such as site.css");
        }

        return settings with { Styles = styles.Distinct(StringComparer.Ordinal).ToList() };
    }

    internal static SiteSettings ReadShare(SiteSettings settings, FrontMatterValue value, ProblemList problems)
    {
        if (value.Text is "none" or "false") return settings with { Share = [] };
        var targets = new List<string>();
        foreach (var item in value.Items)
        {
            if (item.Text is { } name && ShareTarget.Find(name) is { } target) targets.Add(target.Name);
            else if (item.Text is not null || item is not ScalarValue) problems.Warning(item.Line, item.Column, "bad-setting", $"An article can't be shared with “{item.Text}”.", NearestName.DidYouMean(item.Text ?? "", ShareTarget.All.Select(known => known.Name).ToList(), "The names are " + string.Join(", ", ShareTarget.All.Select(known => known.Name)) + "."));
        }

        return settings with { Share = targets.Distinct(StringComparer.Ordinal).ToList() };
    }

    internal static SiteSettings ReadNavigation(SiteSettings settings, FrontMatterValue value, ProblemList problems) => settings with { Navigation = ReadLinks(value, problems) };

    internal static SiteSettings ReadSocial(SiteSettings settings, FrontMatterValue value, ProblemList problems) => settings with { Social = ReadLinks(value, problems) };

    /// <summary>Links as a list of <c>title</c> and <c>url</c>, as a map of title to address, or as bare addresses.</summary>
    internal static IReadOnlyList<SiteLink> ReadLinks(FrontMatterValue value, ProblemList problems)
    {
        var links = new List<SiteLink>();
        if (value is MapValue map && map["url"] is null)
        {
            foreach (var entry in map.Entries) Add(entry.Key, entry.Value.Text, entry.Value);
            return links;
        }

        foreach (var item in value.Items)
        {
            if (item is ScalarValue { Text: { } bare }) Add(Uri.TryCreate(bare, UriKind.Absolute, out var url) ? url.Host : bare, bare, item);
            else if (item is MapValue { Entries: [{ Value.Text: { } only } single] } && item["url"] is null) Add(single.Key, only, item);
            else Add((item["title"] ?? item["name"] ?? item["label"])?.Text, (item["url"] ?? item["href"] ?? item["link"])?.Text, item);
        }

        return links;

        void Add(string? title, string? url, FrontMatterValue at)
        {
            if (url is null) return;
            if (LinkTarget.IsSafe(url)) links.Add(new SiteLink(title ?? url, url));
            else problems.Warning(at.Line, at.Column, "bad-url", $"“{url}” is not an address that may be linked to.", "Use a path or an https address.");
        }
    }

    internal static SiteSettings ReadSections(SiteSettings settings, FrontMatterValue value, ProblemList problems)
    {
        var sections = new List<SectionSettings>();
        foreach (var item in value.Items)
        {
            if (Slug.From(item.Text ?? (item["name"] ?? item["section"])?.Text) is { Length: > 0 } name && sections.All(section => section.Name != name))
                sections.Add(new SectionSettings(name, item["title"]?.Text, item["description"]?.Text));
            else Unusable(settings, item, problems, "sections", "a list of { name, title, description }, each name once");
        }

        return settings with { Sections = sections };
    }

    internal static SiteSettings ReadPermalinks(SiteSettings settings, FrontMatterValue value, ProblemList problems)
    {
        var patterns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in (value as MapValue)?.Entries ?? [])
        {
            var (key, pattern) = (Slug.From(entry.Key), entry.Value.Text ?? "");
            var wrong = Taxonomies.All.Any(taxonomy => taxonomy.Plural() == key) ? PermalinkPattern.ProblemForTerms(pattern) : PermalinkPattern.Problem(pattern);
            if (wrong is null) patterns[key] = pattern.TrimEnd('/');
            else Unusable(settings, entry.Value, problems, $"permalinks.{entry.Key}", wrong);
        }

        if (value is not MapValue) Unusable(settings, value, problems, "permalinks", "a map of section to pattern, such as articles: /:year/:slug");
        return settings with { Permalinks = patterns };
    }

    internal static SiteSettings ReadArticlesPerPage(SiteSettings settings, FrontMatterValue value, ProblemList problems) =>
        int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= SiteSettings.MaxArticlesPerPage
            ? settings with { ArticlesPerPage = count }
            : Unusable(settings, value, problems, "articlesPerPage", $"a number from 1 to {SiteSettings.MaxArticlesPerPage}");

    internal static SiteSettings ReadHtml(SiteSettings settings, FrontMatterValue value, ProblemList problems) =>
        value.Text is "trusted" or "sanitised" or "sanitized" ? settings with { TrustsHtml = value.Text == "trusted" } : Unusable(settings, value, problems, "html", "“trusted” or “sanitised”");

    internal static SiteSettings ReadSmartPunctuation(SiteSettings settings, FrontMatterValue value, ProblemList problems) =>
        bool.TryParse(value.Text, out var isOn) ? settings with { SmartPunctuation = isOn } : Unusable(settings, value, problems, "smartPunctuation", "true or false");

    private static SiteSettings Unusable(SiteSettings settings, FrontMatterValue value, ProblemList problems, string key, string wanted)
    {
        problems.Warning(value.Line, value.Column, "bad-setting", $"The value of “{key}” can't be used.", $"Write {wanted}.");
        return settings;
    }
}
