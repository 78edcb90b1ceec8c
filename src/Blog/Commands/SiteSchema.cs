using System.Text.Json.Nodes;
using Blog.Content;
using static Blog.Commands.SchemaParts;

namespace Blog.Commands;

/// <summary>The schema of <c>site.yml</c>, made from <see cref="SiteSettingKeys"/>. It accepts whatever the site reads without a warning.</summary>
internal static class SiteSchema
{
    public static JsonObject Create()
    {
        var properties = new JsonObject(SiteSettingKeys.All.Select(key => KeyValuePair.Create(key.Name, (JsonNode?)Property(key.Description, NameOf(key.Kind)))));
        var definitions = new JsonObject(Enum.GetValues<SettingKind>().Select(kind => KeyValuePair.Create(NameOf(kind), (JsonNode?)TypeOf(kind))));
        return Document("Settings of a publication: site.yml", properties, definitions);
    }

    private static string NameOf(SettingKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];

    private static JsonObject TypeOf(SettingKind kind) => kind switch
    {
        SettingKind.Text => Scalar(),
        SettingKind.Language => Type("string").WithExamples("en", "de-AT", "ar"),
        SettingKind.TimeZone => Type("string").WithExamples("UTC", "Europe/Berlin", "America/New_York"),
        SettingKind.WebAddress => Type("string", "null").WithPattern(@"^\s*([hH][tT][tT][pP][sS]?://.*)?$", "Write a whole address such as https://blog.example.").WithExamples("https://blog.example"),
        SettingKind.Path => Type("string", "null").WithExamples("/logo.svg"),
        SettingKind.Links => AnyOf(ListOf(AnyOf(Scalar(), Link())), Type("string", "null"), AnyLinks()),
        SettingKind.Colour => Type("string", "null").WithExamples("#b8361e", "teal"),
        SettingKind.Files => AnyOf(ListOf(Type("string", "null")), Type("string", "null").WithExamples("site.css")),
        SettingKind.Names => AnyOf(ListOf(Type("string", "null")), Type("string", "boolean", "null")),
        SettingKind.Sections => AnyOf(ListOf(AnyOf(Type("string", "number"), Section())), Type("string"), Section()),
        SettingKind.Permalinks => Patterns(),
        SettingKind.PageSize => Type("integer", "string").Within(1, SiteSettings.MaxArticlesPerPage).WithPattern(@"^\s*[0-9]+\s*$", $"Write a number from 1 to {SiteSettings.MaxArticlesPerPage}."),
        SettingKind.HtmlPolicy => AnyOf(Value("sanitised", "trusted"), Type("string").WithPattern("^sanitized$", "Write trusted or sanitised.")),
        SettingKind.Flag => Type("boolean", "string").WithPattern(AnyCase([bool.TrueString, bool.FalseString]), "Write true or false."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no type for this kind of setting."),
    };

    private static JsonObject Scalar() => Type("string", "number", "boolean", "null");

    private static JsonObject Link() => Map(("title", Scalar()), ("url", Scalar()));

    /// <summary>Links as titles with their addresses.</summary>
    private static JsonObject AnyLinks()
    {
        var links = Type("object");
        links["additionalProperties"] = Scalar();
        return links;
    }

    private static JsonObject Section() => Map(("name", Scalar()), ("title", Scalar()), ("description", Scalar())).WithOneOf("name", "section");

    private static JsonObject Patterns()
    {
        var patterns = Type("object");
        patterns["additionalProperties"] = Type("string").WithPattern(@"^\s*(/[a-z0-9:-]+)*/[a-z0-9:-]*:slug[a-z0-9:-]*/*\s*$", "Write a pattern whose last part has :slug, such as /:section/:slug.").WithExamples("/:section/:slug", "/:year/:month/:slug");
        return patterns;
    }
}
