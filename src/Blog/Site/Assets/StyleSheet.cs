using System.Diagnostics.CodeAnalysis;

namespace Blog.Site.Assets;

/// <summary>The site's style sheet and script: the files of <c>wwwroot</c> joined in the order of a list, under an address that changes with their content.</summary>
public sealed class StyleSheet
{
    /// <summary>Where built-in assets are served.</summary>
    public const string Prefix = "/assets/";

    // Later files win over earlier ones of the same layer; the layers are declared in tokens.css.
    private static readonly string[] Styles =
    [
        "tokens", "reset", "base", "layout", "prose", "code", "table", "figure", "picture",
        "header", "footer", "masthead", "card", "kicker", "article", "contents", "callout", "details", "tabs", "steps", "embed", "tweet", "button",
        "term", "profile", "lesson", "neighbours", "archive", "pager", "error", "preview", "helpers", "print",
    ];

    private static readonly string[] Scripts = ["embed", "contents", "zoom"];

    private readonly IWebHostEnvironment _environment;
    private volatile BuiltAsset _css;
    private volatile BuiltAsset _js;

    /// <summary>Reads the files once.</summary>
    public StyleSheet(IWebHostEnvironment environment)
    {
        _environment = environment;
        Read();
    }

    public byte[] Css => _css.Bytes;

    public byte[] Js => _js.Bytes;

    /// <summary>Address of <see cref="Css"/>, to be cached for ever.</summary>
    public string CssUrl => _css.Url;

    /// <summary>Address of <see cref="Js"/>, to be cached for ever.</summary>
    public string JsUrl => _js.Url;

    /// <summary>Reads the files again.</summary>
    [MemberNotNull(nameof(_css), nameof(_js))]
    internal void Read()
    {
        _css = BuiltAsset.Join(_environment, "site", "css", Styles);
        _js = BuiltAsset.Join(_environment, "site", "js", Scripts);
    }
}
