using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;

namespace Blog.Site.Shared;

/// <summary>What a page says of itself to machines: JSON-LD 1.1 in the vocabulary of schema.org, as a script element that nothing executes.</summary>
/// <param name="graph">Writes the things that it describes, one after the other.</param>
public sealed class StructuredData(Action<Utf8JsonWriter> graph) : IHtmlContent
{
    // Bytes that most take.
    private const int UsualLength = 2048;

    // It escapes angle brackets and ampersands, so that no title can end the element.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <inheritdoc />
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var bytes = new ArrayBufferWriter<byte>(UsualLength);
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("@context", "https://schema.org");
            json.WriteStartArray("@graph");
            graph(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        writer.Write("<script type=\"application/ld+json\">");
        writer.Write(Encoding.UTF8.GetString(bytes.WrittenSpan));
        writer.Write("</script>");
    }
}

/// <summary>Writes the things of <see cref="StructuredData"/>.</summary>
internal static class StructuredDataWriting
{
    /// <summary>Begins a thing of a type, as a property or, without a name, by itself.</summary>
    public static void StartThing(this Utf8JsonWriter json, string type, string? property = null)
    {
        if (property is null) json.WriteStartObject();
        else json.WriteStartObject(property);
        json.WriteString("@type", type);
    }

    /// <summary>Writes a property; none for a value that is not there.</summary>
    public static void WriteIfKnown(this Utf8JsonWriter json, string property, string? value)
    {
        if (value is not null) json.WriteString(property, value);
    }
}
