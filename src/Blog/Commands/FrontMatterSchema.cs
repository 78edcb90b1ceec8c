using System.Text.Json.Nodes;
using Blog.Content.FrontMatter;
using static Blog.Commands.SchemaParts;

namespace Blog.Commands;

/// <summary>The schema of front matter, made from <see cref="FrontMatterKeys"/>. It accepts whatever the site reads without a warning.</summary>
internal static class FrontMatterSchema
{
    public static JsonObject Create()
    {
        var properties = new JsonObject();
        foreach (var key in FrontMatterKeys.All)
        {
            properties[key.Name] = Property(key.Description, NameOf(key.Kind));
            foreach (var synonym in key.Synonyms) properties[synonym] = Synonym(key, synonym);
        }

        var definitions = new JsonObject(Enum.GetValues<ValueKind>().Select(kind => KeyValuePair.Create(NameOf(kind), (JsonNode?)TypeOf(kind))));
        return Document("Front matter of an article", properties, definitions);
    }

    /// <summary>Checked like the key itself, but not proposed. A “deprecationMessage” would have editors warn of what the site does not mind.</summary>
    private static JsonObject Synonym(FrontMatterKey key, string synonym)
    {
        var property = Property($"Same as {key.Name}. {key.Description}", NameOf(key.Kind));
        if (synonym == FrontMatterKeys.PublishedFlag) property["allOf"] = new JsonArray(AnyOf(Type("boolean"), Reference(NameOf(key.Kind))));
        property["doNotSuggest"] = true;
        return property;
    }

    private static string NameOf(ValueKind kind) => kind.ToString().ToLowerInvariant();

    private static JsonObject TypeOf(ValueKind kind) => kind switch
    {
        ValueKind.Text => AnyOf(Scalar(), Map(("title", Scalar()), ("name", Scalar()), ("text", Scalar())).WithOneOf("title", "name", "text")),
        ValueKind.Image => AnyOf(Scalar(), Picture(), ListOf(AnyOf(Scalar(), Picture()))),
        ValueKind.Date => AnyOf(Type("string", "number", "null").WithExamples("2026-05-31", "2026-05-31T09:30:00+02:00"), Map(("date", Scalar()), ("on", Scalar()))),
        ValueKind.Flag => Type("boolean", "integer", "string", "null").Within(0, 1).WithPattern(AnyCase(FrontMatterKeys.True.Concat(FrontMatterKeys.False)), "Write true or false."),
        ValueKind.Number => Type("integer", "string", "null").WithPattern(@"^\s*([+-]?[0-9]+)?\s*$", "Write a whole number."),
        ValueKind.Terms => AnyOf(ListOf(AnyOf(Scalar(), Term())), Scalar(), Term()),
        ValueKind.Texts => AnyOf(ListOf(Scalar()), Scalar()),
        ValueKind.Lessons => AnyOf(ListOf(AnyOf(Scalar(), Lesson())), Scalar(), Lesson()),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no type for this kind of value."),
    };

    /// <summary>A single value. YAML takes 2024 for a number and true for a flag, which the site reads as the texts that they are.</summary>
    private static JsonObject Scalar() => Type("string", "number", "boolean", "null");

    private static JsonObject Picture() => Map(("src", Scalar()), ("url", Scalar()), ("path", Scalar()), ("image", Scalar()), ("alt", Scalar()));

    private static JsonObject Term() => Map(("id", Scalar()), ("slug", Scalar()), ("name", Scalar()), ("title", Scalar())).WithOneOf("id", "slug", "name", "title");

    private static JsonObject Lesson() => Map(("source", Scalar()), ("title", Scalar()), ("lessons", Type("array")));
}
