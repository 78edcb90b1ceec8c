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
        SettingKind.WebAddress => AnyOf(Type("null"), Pattern(@"^\s*([hH][tT][tT][pP][sS]?://.*)?$").WithExamples("https://blog.example")),
        SettingKind.Path => Type("string", "null").WithExamples("/logo.svg"),
        SettingKind.Links => AnyOf(ListOf(AnyOf(Scalar(), Link())), Type("string", "null"), AnyLinks()),
        SettingKind.Sections => AnyOf(ListOf(AnyOf(Type("string", "number"), Section())), Type("string"), Section()),
        SettingKind.Permalinks => Patterns(),
        SettingKind.PageSize => AnyOf(Whole(1, SiteSettings.MaxArticlesPerPage), Pattern(@"^\s*[0-9]+\s*$")),
        SettingKind.HtmlPolicy => AnyOf(Value("sanitised", "trusted"), Pattern("^sanitized$")),
        SettingKind.Flag => AnyOf(Type("boolean"), Pattern(AnyCase([bool.TrueString, bool.FalseString]))),
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
        patterns["additionalProperties"] = Pattern(@"^\s*(/[a-z0-9:-]+)*/[a-z0-9:-]*:slug[a-z0-9:-]*/*\s*$").WithExamples("/:section/:slug", "/:year/:month/:slug");
        return patterns;
    }
}
