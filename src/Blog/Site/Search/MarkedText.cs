using System.Text.Encodings.Web;
using Blog.Content.Search;
using Microsoft.AspNetCore.Html;

namespace Blog.Site.Search;

/// <summary>Text with the words that were searched for in <c>mark</c> elements.</summary>
/// <param name="parts">Of the text, in their order.</param>
public sealed class MarkedText(IReadOnlyList<SnippetPart> parts) : IHtmlContent
{
    /// <inheritdoc />
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        foreach (var part in parts)
        {
            if (part.IsMatch) writer.Write("<mark>");
            encoder.Encode(writer, part.Text);
            if (part.IsMatch) writer.Write("</mark>");
        }
    }
}
