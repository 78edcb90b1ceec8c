using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Blog.Images;

namespace Blog.Site.Images;

/// <summary>A picture on a page.</summary>
/// <param name="Url">Its address as the content has it.</param>
/// <param name="Picture">What is known of it; null for one from elsewhere, or that can't be read.</param>
internal sealed record ShownPicture(string Url, Picture? Picture)
{
    /// <summary>Further attributes as HTML, each with a space before it: its words, its classes.</summary>
    public string Attributes { get; init; } = "";

    /// <summary>How wide it is shown, in CSS pixels; null for as wide as it is, or as there is room.</summary>
    public int? Width { get; init; }

    /// <summary>Likewise; counts only where nothing is known of the picture.</summary>
    public int? Height { get; init; }

    /// <summary>The <c>sizes</c> of HTML: how wide it is on which screen.</summary>
    public string Sizes { get; init; } = Prose;

    /// <summary>True for an avatar or logo, which needs two sizes only.</summary>
    public bool IsSmall { get; init; }

    /// <summary>True for what readers see at once, such as the first picture of a page. All others come when they are near.</summary>
    public bool IsFirst { get; init; }

    // By the style sheet's --measure and --page, at its --size-text.

    /// <summary>In the text of an article.</summary>
    public const string Prose = "min(100vw - 2rem, 37rem + 10vw)";

    /// <summary>In the text, and beyond it where there is room.</summary>
    public const string Wide = "(width < 68rem) min(100vw - 2rem, 37rem + 10vw), min(53rem + 10vw, 37rem + 26vw)";

    /// <summary>Above an article.</summary>
    public const string Cover = "(width < 68rem) min(100vw - 2rem, 37rem + 10vw), min(100vw - 2rem, 50rem + 14vw)";

    /// <summary>On a card in a list.</summary>
    public const string Card = "(width < 44rem) calc(100vw - 2rem), 24rem";

    /// <summary>On the card of the story that leads the home page.</summary>
    public const string Lead = "(width < 56rem) calc(100vw - 2rem), min(56vw, 48rem)";
}

/// <summary>Writes pictures as HTML: in every format and size that there is, and with the room that they will take.</summary>
internal static class PictureMarkup
{
    /// <summary>As views escape: only what has a meaning in HTML.</summary>
    public static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Writes a picture for a page.</summary>
    public static void Write(StringBuilder html, ShownPicture shown)
    {
        if (shown.Picture is not { } picture || !PictureVariants.Has(picture))
        {
            Image(html, shown, shown.Picture is { } whole && PictureVariants.IsServedWhole(whole) ? PictureVariants.WholeUrl(whole) : shown.Url, "");
            return;
        }

        html.Append("<picture>");
        foreach (var extension in PictureVariants.Modern)
        {
            html.Append("<source type=\"").Append(PictureFormats.MediaType(extension)).Append("\" srcset=\"");
            if (shown.IsSmall) html.AppendJoin(", ", PictureVariants.SmallWidthsOf(picture).Select((width, i) => $"{PictureVariants.Url(picture, width, extension)} {i + 1}x"));
            else html.AppendJoin(", ", PictureVariants.WidthsOf(picture).Select(width => string.Create(CultureInfo.InvariantCulture, $"{PictureVariants.Url(picture, width, extension)} {width}w"))).Append("\" sizes=\"").Append(SizesOf(shown));
            html.Append("\">");
        }

        var fallback = shown.IsSmall ? PictureVariants.SmallWidthsOf(picture)[^1] : PictureVariants.FallbackWidth(picture);
        Image(html, shown, PictureVariants.Url(picture, fallback, PictureVariants.FallbackExtension(picture)), picture.Tone is null ? "" : $" data-tone=\"{picture.Tone}\"");
        html.Append("</picture>");
    }

    /// <summary>Writes a picture for a feed, whose readers want one address.</summary>
    public static void WritePlain(StringBuilder html, ShownPicture shown)
    {
        var url = shown.Picture is not { } picture ? shown.Url
            : PictureVariants.Has(picture) ? PictureVariants.Url(picture, PictureVariants.FallbackWidth(picture), PictureVariants.FallbackExtension(picture))
            : PictureVariants.IsServedWhole(picture) ? PictureVariants.WholeUrl(picture) : shown.Url;
        html.Append("<img src=\"").Append(Encoder.Encode(url)).Append('"').Append(shown.Attributes);
        Room(html, shown);
        html.Append('>');
    }

    private static void Image(StringBuilder html, ShownPicture shown, string url, string tone)
    {
        html.Append("<img src=\"").Append(Encoder.Encode(url)).Append('"').Append(shown.Attributes);
        Room(html, shown);
        html.Append(tone).Append((shown.IsFirst, shown.IsSmall) switch { (false, _) => " loading=\"lazy\"", (true, false) => " fetchpriority=\"high\"", _ => "" }).Append(" decoding=\"async\">");
    }

    /// <summary>Width and height, by which a browser keeps the room before the picture is there.</summary>
    private static void Room(StringBuilder html, ShownPicture shown)
    {
        var (width, height) = shown.Picture is { Width: > 0 } picture
            ? shown is { IsSmall: true, Height: not null } ? (shown.Width, shown.Height) : (shown.Width ?? picture.Width, PictureVariants.HeightFor(picture, shown.Width ?? picture.Width))
            : (shown.Width, shown.Height);
        if (width is not null) html.Append(CultureInfo.InvariantCulture, $" width=\"{width}\"");
        if (height is not null) html.Append(CultureInfo.InvariantCulture, $" height=\"{height}\"");
    }

    private static string SizesOf(ShownPicture shown) => shown.Width is { } width ? string.Create(CultureInfo.InvariantCulture, $"min(100vw - 2rem, {width}px)") : shown.Sizes;
}
