using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;

namespace Blog.Site.Shared;

/// <summary>What a page says of itself to machines: JSON-LD 1.1 in the vocabulary of schema.org, as a script element that nothing executes.</summary>
/// <param name="graph">The things that it describes.</param>
public sealed class StructuredData(params JsonObject[] graph) : IHtmlContent
{
    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>A thing of a type, without the properties that are null.</summary>
    public static JsonObject Thing(string type, params (string Name, JsonNode? Value)[] properties)
    {
        var thing = new JsonObject { ["@type"] = type };
        foreach (var (name, value) in properties)
            if (value is not null) thing[name] = value;
        return thing;
    }

    /// <summary>A list of things; null when it is empty.</summary>
    public static JsonArray? List(IEnumerable<JsonNode> things) => new JsonArray([.. things]) is { Count: > 0 } list ? list : null;

    /// <inheritdoc />
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        // The serializer escapes angle brackets and ampersands, so that no title can end the element.
        writer.Write("<script type=\"application/ld+json\">");
        writer.Write(new JsonObject { ["@context"] = "https://schema.org", ["@graph"] = new JsonArray([.. graph]) }.ToJsonString(Options));
        writer.Write("</script>");
    }
}
