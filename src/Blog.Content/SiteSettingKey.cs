using Blog.Content.FrontMatter;

namespace Blog.Content;

/// <summary>What a setting of <c>site.yml</c> may hold; the schema for editors is made from it.</summary>
public enum SettingKind { Text, Language, TimeZone, WebAddress, Path, Links, Colour, Files, Names, Sections, Permalinks, PageSize, HtmlPolicy, Flag }

/// <summary>A setting of <c>site.yml</c>.</summary>
/// <param name="Name">The name that the documentation uses; case, hyphens and underscores never matter.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Description">One or two sentences for editors.</param>
/// <param name="Read">The settings with this one read. What can't be used is reported, and the settings stay as they were.</param>
public sealed record SiteSettingKey(string Name, SettingKind Kind, string Description, Func<SiteSettings, FrontMatterValue, ProblemList, SiteSettings> Read);

/// <summary>Every setting of <c>site.yml</c>, in the order of the documentation.</summary>
public static class SiteSettingKeys
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<SiteSettingKey> All =
    [
        new("title", SettingKind.Text, "The publication's name.", SiteSettingsReader.ReadTitle),
        new("tagline", SettingKind.Text, "A few words under the title.", SiteSettingsReader.ReadTagline),
        new("description", SettingKind.Text, "A sentence or two on the publication, for search engines and feeds.", SiteSettingsReader.ReadDescription),
        new("language", SettingKind.Language, "The site's language as a BCP 47 tag, such as en or de-AT.", SiteSettingsReader.ReadLanguage),
        new("timeZone", SettingKind.TimeZone, "IANA name of the zone that dates without one are in, such as Europe/Berlin.", SiteSettingsReader.ReadTimeZone),
        new("baseUrl", SettingKind.WebAddress, "Scheme and host that readers see, such as https://blog.example. The operator's Blog__BaseUrl goes before it.", SiteSettingsReader.ReadBaseUrl),
        new("logo", SettingKind.Path, "Path or https address of the logo; a file in static/ is at the root, as /logo.svg.", SiteSettingsReader.ReadLogo),
        new("accent", SettingKind.Colour, "The site's colour, as #rgb, #rrggbb or a name of CSS. Its hue colours links, marks, paper and ink; how light each is stays, so that all can be read in both schemes.", SiteSettingsReader.ReadAccent),
        new("css", SettingKind.Files, "A style sheet of the site's own, or a list of them: files beside site.yml, joined to the site's.", SiteSettingsReader.ReadCss),
        new("share", SettingKind.Names, "Where readers may share an article: " + string.Join(", ", ShareTarget.All.Select(target => target.Name)) + ". An empty list shows none.", SiteSettingsReader.ReadShare),
        new("navigation", SettingKind.Links, "The links of the menu.", SiteSettingsReader.ReadNavigation),
        new("social", SettingKind.Links, "Other homes of the same publication, shown in the footer.", SiteSettingsReader.ReadSocial),
        new("sections", SettingKind.Sections, "Titles and descriptions of the sections, in the order in which they are shown.", SiteSettingsReader.ReadSections),
        new("permalinks", SettingKind.Permalinks, "How addresses are made, by section: a pattern of :section, :slug, :year, :month and :day. pages, authors, categories and tags may have one, too.", SiteSettingsReader.ReadPermalinks),
        new("articlesPerPage", SettingKind.PageSize, "How many articles a page of a list holds.", SiteSettingsReader.ReadArticlesPerPage),
        new("html", SettingKind.HtmlPolicy, "“trusted” serves the HTML in articles as written; “sanitised”, the default, cleans it by an allow-list.", SiteSettingsReader.ReadHtml),
        new("smartPunctuation", SettingKind.Flag, "False leaves straight quotes, hyphens and dots in prose as they are typed.", SiteSettingsReader.ReadSmartPunctuation),
    ];

    private static readonly Dictionary<string, SiteSettingKey> ByFoldedName = All.ToDictionary(key => FrontMatterKey.Fold(key.Name));

    /// <summary>The setting that <paramref name="name"/> is a spelling of, or null.</summary>
    public static SiteSettingKey? Find(string name) => ByFoldedName.GetValueOrDefault(FrontMatterKey.Fold(name));
}
