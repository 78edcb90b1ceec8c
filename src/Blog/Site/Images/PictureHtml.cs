using System.Globalization;
using Blog.Content;
using Blog.Images;

namespace Blog.Site.Images;

/// <summary>The pictures in the stored HTML of an article, which names them by their files.</summary>
internal static class PictureHtml
{
    // On no screen is the text wider, so that a larger view shows nothing more.
    private const int ZoomsFrom = 900;

    // Of an <img>, these are ours to say.
    private static readonly HashSet<string> Ours = new(StringComparer.Ordinal) { "src", "width", "height", "loading", "decoding", "fetchpriority", "srcset", "sizes" };

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal) { "img", "a", "picture" };

    /// <summary>The addresses of the pictures in the HTML.</summary>
    public static IEnumerable<string> AddressesIn(string html) =>
        HasPictures(html) ? HtmlTags.In(html, Names).Where(tag => tag is { Name: "img", IsEnd: false }).Select(tag => tag["src"]).OfType<string>() : [];

    /// <summary>The HTML with its pictures in all their formats and sizes, and as links to the largest where that shows more.</summary>
    /// <param name="html">As stored.</param>
    /// <param name="pictures">What is known, by address.</param>
    /// <param name="isFirstSeen">True where nothing above the text is a picture, so that the first one here is what readers see first.</param>
    public static string ForPage(string html, IReadOnlyDictionary<string, Picture> pictures, bool isFirstSeen) => Replace(html, pictures, isFirstSeen, false);

    /// <summary>The HTML with its pictures as feed readers want them: one address each.</summary>
    public static string ForFeed(string html, IReadOnlyDictionary<string, Picture> pictures) => Replace(html, pictures, false, true);

    private static bool HasPictures(string html) => html.Contains("<img", StringComparison.OrdinalIgnoreCase);

    private static string Replace(string html, IReadOnlyDictionary<string, Picture> pictures, bool isFirst, bool isFeed)
    {
        if (!HasPictures(html)) return html;
        var result = TextBuilders.Rent();
        var (from, isInLink, isInPicture) = (0, false, false);
        foreach (var tag in HtmlTags.In(html, Names))
        {
            if (tag.Name == "a") isInLink = !tag.IsEnd;
            else if (tag.Name == "picture") isInPicture = !tag.IsEnd;
            else if (!tag.IsEnd && tag["src"] is { Length: > 0 } url)
            {
                var shown = Shown(tag, url, pictures.GetValueOrDefault(url), isFirst);
                isFirst = false;
                result.Append(html, from, tag.Start - from);
                from = tag.End;
                // Sizes and formats that the author chose are left alone.
                var isChosen = isInPicture || tag["srcset"] is not null;
                if (isChosen) PictureMarkup.Write(result, shown with { Picture = null, Attributes = shown.Attributes + Kept(tag, "srcset") + Kept(tag, "sizes") });
                else if (isFeed) PictureMarkup.WritePlain(result, shown);
                else if (!isInLink && Largest(shown) is { } largest)
                {
                    result.Append("<a class=\"zoom\" href=\"").Append(largest).Append("\">");
                    PictureMarkup.Write(result, shown);
                    result.Append("</a>");
                }
                else PictureMarkup.Write(result, shown);
            }
        }

        return TextBuilders.Finish(result.Append(html, from, html.Length - from));
    }

    private static ShownPicture Shown(HtmlTag tag, string url, Picture? picture, bool isFirst) => new(url, picture)
    {
        Attributes = string.Concat(tag.Attributes.Where(attribute => !Ours.Contains(attribute.Name) && IsName(attribute.Name)).Select(attribute => Written(attribute.Name, attribute.Value))) + (tag["alt"] is null ? " alt=\"\"" : ""),
        Width = Pixels(tag["width"]),
        Height = Pixels(tag["height"]),
        IsFirst = isFirst,
        Sizes = tag["class"] == "wide" ? ShownPicture.Wide : ShownPicture.Prose,
    };

    private static string Kept(HtmlTag tag, string name) => tag.Attributes.FirstOrDefault(attribute => attribute.Name == name) is { Name: not null } attribute ? Written(name, attribute.Value) : "";

    private static string Written(string name, string value) => $" {name}=\"{value.Replace("\"", "&quot;", StringComparison.Ordinal)}\"";

    private static bool IsName(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ':');

    private static int? Pixels(string? value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels is > 0 and < 100_000 ? pixels : null;

    /// <summary>The address of a view that shows more than the page does; null where there is none, and for a picture without words, whose link would have no name.</summary>
    private static string? Largest(ShownPicture shown)
    {
        if (shown.Picture is not { } picture || shown.Attributes.Contains(" alt=\"\"", StringComparison.Ordinal)) return null;
        if (picture.Width < Math.Min(ZoomsFrom, 1.5 * (shown.Width ?? ZoomsFrom))) return null;
        return PictureVariants.Has(picture) ? PictureVariants.Url(picture, PictureVariants.WidthsOf(picture)[^1], PictureVariants.FallbackExtension(picture))
            : PictureVariants.IsServedWhole(picture) ? PictureVariants.WholeUrl(picture) : null;
    }
}
