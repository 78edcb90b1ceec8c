using System.Globalization;
using Blog.Content.FrontMatter;

namespace Blog.Content;

/// <summary>Turns the entries of <c>site.yml</c> into <see cref="SiteSettings"/>.</summary>
internal sealed class SiteSettingsReader(IReadOnlyList<FrontMatterEntry> entries, ProblemList problems)
{
    private SiteSettings _settings = new();

    private Dictionary<string, Action<FrontMatterValue>> Keys => new(StringComparer.OrdinalIgnoreCase)
    {
        ["title"] = value => _settings = _settings with { Title = value.Text ?? _settings.Title },
        ["tagline"] = value => _settings = _settings with { Tagline = value.Text },
        ["description"] = value => _settings = _settings with { Description = value.Text },
        ["language"] = ReadLanguage,
        ["timeZone"] = ReadZone,
        ["baseUrl"] = ReadBaseUrl,
        ["logo"] = ReadLogo,
        ["navigation"] = value => _settings = _settings with { Navigation = ReadLinks(value, problems) },
        ["social"] = value => _settings = _settings with { Social = ReadLinks(value, problems) },
        ["sections"] = ReadSections,
        ["permalinks"] = ReadPermalinks,
        ["articlesPerPage"] = ReadArticlesPerPage,
        ["html"] = ReadHtml,
        ["smartPunctuation"] = ReadSmartPunctuation,
    };

    public SiteSettings Read()
    {
        var keys = Keys.ToDictionary(pair => FrontMatterKey.Fold(pair.Key), pair => pair.Value);
        foreach (var entry in entries)
        {
            if (keys.TryGetValue(FrontMatterKey.Fold(entry.Key), out var read)) read(entry.Value);
            else problems.Warning(entry.Line, entry.Column, "unknown-setting", $"“{entry.Key}” is not a setting of site.yml.", NearestName.DidYouMean(entry.Key, Keys.Keys, "The settings are " + string.Join(", ", Keys.Keys) + "."));
        }

        return _settings;
    }

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

    private void ReadLanguage(FrontMatterValue value)
    {
        if (value.Text is { } text && LanguageTag.Normalise(text) is { } tag) _settings = _settings with { Language = tag };
        else Unusable(value, "language", "a BCP 47 tag such as en or de-AT");
    }

    private void ReadZone(FrontMatterValue value)
    {
        if (value.Text is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _)) _settings = _settings with { TimeZone = id };
        else Unusable(value, "timeZone", "an IANA name such as Europe/Berlin");
    }

    private void ReadBaseUrl(FrontMatterValue value)
    {
        if (Uri.TryCreate(value.Text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") _settings = _settings with { BaseUrl = url.AbsoluteUri.TrimEnd('/') };
        else if (value.Text is not null) Unusable(value, "baseUrl", "a whole address such as https://blog.example");
    }

    private void ReadLogo(FrontMatterValue value)
    {
        if (value.Text is not { } text || LinkTarget.IsSafe(text)) _settings = _settings with { Logo = value.Text };
        else Unusable(value, "logo", "a path or an https address");
    }

    private void ReadSections(FrontMatterValue value)
    {
        var sections = new List<SectionSettings>();
        foreach (var item in value.Items)
        {
            if (Slug.From(item.Text ?? (item["name"] ?? item["section"])?.Text) is { Length: > 0 } name && sections.All(section => section.Name != name))
                sections.Add(new SectionSettings(name, item["title"]?.Text, item["description"]?.Text));
            else Unusable(item, "sections", "a list of { name, title, description }, each name once");
        }

        _settings = _settings with { Sections = sections };
    }

    private void ReadPermalinks(FrontMatterValue value)
    {
        var patterns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in (value as MapValue)?.Entries ?? [])
        {
            if (entry.Value.Text is { } pattern && PermalinkPattern.Problem(pattern) is var wrong && wrong is null) patterns[Slug.From(entry.Key)] = pattern.TrimEnd('/');
            else Unusable(entry.Value, $"permalinks.{entry.Key}", PermalinkPattern.Problem(entry.Value.Text ?? "") ?? "a pattern");
        }

        if (value is not MapValue) Unusable(value, "permalinks", "a map of section to pattern, such as articles: /:year/:slug");
        _settings = _settings with { Permalinks = patterns };
    }

    private void ReadArticlesPerPage(FrontMatterValue value)
    {
        if (int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 100) _settings = _settings with { ArticlesPerPage = count };
        else Unusable(value, "articlesPerPage", "a number from 1 to 100");
    }

    private void ReadHtml(FrontMatterValue value)
    {
        if (value.Text is "trusted" or "sanitised" or "sanitized") _settings = _settings with { TrustsHtml = value.Text == "trusted" };
        else Unusable(value, "html", "“trusted” or “sanitised”");
    }

    private void ReadSmartPunctuation(FrontMatterValue value)
    {
        if (bool.TryParse(value.Text, out var isOn)) _settings = _settings with { SmartPunctuation = isOn };
        else Unusable(value, "smartPunctuation", "true or false");
    }

    private void Unusable(FrontMatterValue value, string key, string wanted) =>
        problems.Warning(value.Line, value.Column, "bad-setting", $"The value of “{key}” can't be used.", $"Write {wanted}.");
}
