using System.Globalization;
using System.Net;
using Blog.Content;

namespace Blog.Site.Assets;

/// <summary>The icon of a site that has no logo: the first letter of its name on its colour, as SVG.</summary>
internal static class SiteIcon
{
    private const string Picture = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1d6b52" style="fill:oklch(44% {0} {1})"/><text x="16" y="23" font-family="Georgia,serif" font-size="20" font-weight="700" text-anchor="middle" fill="#fff">{2}</text></svg>""";

    public static BuiltAsset Of(SiteSettings settings)
    {
        var letter = StringInfo.GetNextTextElement(settings.Title.TrimStart().ToUpper(LanguageTag.Culture(settings.Language)));
        var accent = settings.Accent ?? new AccentColour(0.09, 165);
        return BuiltAsset.From(string.Format(CultureInfo.InvariantCulture, Picture, accent.Chroma, accent.Hue, WebUtility.HtmlEncode(letter)), "icon", "svg");
    }
}
