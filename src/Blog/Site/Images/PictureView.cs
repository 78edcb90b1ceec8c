using System.Text;
using System.Text.Encodings.Web;
using Blog.Images;
using Microsoft.AspNetCore.Html;

namespace Blog.Site.Images;

/// <summary>A picture that a view shows.</summary>
/// <param name="Html">Its element.</param>
public sealed record PictureView(string Html) : IHtmlContent
{
    /// <inheritdoc />
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(Html);

    /// <summary>The cover of an article, above it.</summary>
    internal static PictureView Cover(string url, Picture? picture, string alt) => Of(new ShownPicture(url, picture) { Sizes = ShownPicture.Cover, IsFirst = true }, alt, null);

    /// <summary>The cover on the article's card, whose title says what is there.</summary>
    internal static PictureView Card(string url, Picture? picture, bool isLead) => Of(new ShownPicture(url, picture) { Sizes = isLead ? ShownPicture.Lead : ShownPicture.Card, IsFirst = isLead }, "", null);

    /// <summary>An avatar or logo, beside the name of whom or what it shows: a square of that many CSS pixels.</summary>
    internal static PictureView Small(string url, Picture? picture, int side, string className, bool isFirst) => Of(new ShownPicture(url, picture) { IsSmall = true, Width = side, Height = side, IsFirst = isFirst }, "", className);

    private static PictureView Of(ShownPicture shown, string alt, string? className)
    {
        var html = new StringBuilder();
        PictureMarkup.Write(html, shown with { Attributes = $" alt=\"{PictureMarkup.Encoder.Encode(alt)}\"{(className is null ? "" : $" class=\"{className}\"")}" });
        return new PictureView(html.ToString());
    }
}
