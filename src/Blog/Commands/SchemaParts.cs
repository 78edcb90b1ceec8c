using System.Text.Json.Nodes;

namespace Blog.Commands;

/// <summary>What schemas for editors are put together from: JSON Schema draft-07, the newest that the YAML extension of VS Code knows whole.</summary>
internal static class SchemaParts
{
    /// <summary>A whole schema: properties with descriptions, whose types are defined once each. Other keys are allowed, for the site bears with them, too.</summary>
    public static JsonObject Document(string title, JsonObject properties, JsonObject definitions) => new()
    {
        ["$schema"] = "http://json-schema.org/draft-07/schema#",
        ["title"] = title,
        ["type"] = "object",
        ["properties"] = properties,
        ["additionalProperties"] = true,
        ["definitions"] = definitions,
    };

    /// <summary>A key of the document, of one of its definitions.</summary>
    public static JsonObject Property(string description, string definition) => new() { ["description"] = description, ["allOf"] = new JsonArray(Reference(definition)) };

    public static JsonObject Reference(string definition) => new() { ["$ref"] = $"#/definitions/{definition}" };

    public static JsonObject AnyOf(params JsonObject[] choices) => new() { ["anyOf"] = new JsonArray([.. choices]) };

    public static JsonObject Type(params string[] types) => new() { ["type"] = types is [var only] ? only : new JsonArray([.. types.Select(type => JsonValue.Create(type))]) };

    /// <summary>One of the values, which an editor proposes.</summary>
    public static JsonObject Value(params JsonNode[] values) => new() { ["enum"] = new JsonArray(values) };

    public static JsonObject ListOf(JsonObject item) => new() { ["type"] = "array", ["items"] = item };

    /// <summary>A map that has the given keys or some of them, each with the type beside it.</summary>
    public static JsonObject Map(params (string Name, JsonObject Type)[] properties)
    {
        var map = Type("object");
        map["properties"] = new JsonObject(properties.Select(property => KeyValuePair.Create(property.Name, (JsonNode?)property.Type)));
        return map;
    }

    /// <summary>The type, with at least one of the keys asked for.</summary>
    public static JsonObject WithOneOf(this JsonObject map, params string[] names)
    {
        map["anyOf"] = new JsonArray([.. names.Select(name => new JsonObject { ["required"] = new JsonArray(name) })]);
        return map;
    }

    /// <summary>The type; if the value is a text, of this pattern. The message is what editors say otherwise.</summary>
    public static JsonObject WithPattern(this JsonObject type, string pattern, string message)
    {
        type["pattern"] = pattern;
        type["patternErrorMessage"] = message;
        return type;
    }

    /// <summary>The type; if the value is a number, within these bounds.</summary>
    public static JsonObject Within(this JsonObject type, int least, int most)
    {
        type["minimum"] = least;
        type["maximum"] = most;
        return type;
    }

    /// <summary>The type, with values that an editor may show.</summary>
    public static JsonObject WithExamples(this JsonObject type, params string[] examples)
    {
        type["examples"] = new JsonArray([.. examples.Select(example => JsonValue.Create(example))]);
        return type;
    }

    /// <summary>A pattern for any of the words, in any case. Patterns of JSON Schema know no flag for that.</summary>
    public static string AnyCase(IEnumerable<string> words) =>
        $"^\\s*({string.Join('|', words.Select(word => string.Concat(word.Select(c => char.IsLetter(c) ? $"[{char.ToLowerInvariant(c)}{char.ToUpperInvariant(c)}]" : $"{c}"))))})?\\s*$";
}
