using Blog.Site.Assets;

namespace Blog.Site.Desk;

/// <summary>The desk's own style sheet and script, so that readers' pages pay nothing for them; the tokens are the site's.</summary>
public sealed class DeskSheet
{
    private static readonly string[] Styles =
    [
        "tokens", "reset", "base", "helpers",
        "desk/frame", "desk/heading", "desk/button", "desk/badge", "desk/notice", "desk/stat", "desk/panel", "desk/filter", "desk/row", "desk/problem", "desk/pager", "desk/login", "desk/help",
    ];

    private static readonly string[] Scripts = ["transition", "desk/live", "desk/keys"];

    private readonly BuiltAsset _css;
    private readonly BuiltAsset _js;

    /// <summary>Reads the files once.</summary>
    public DeskSheet(IWebHostEnvironment environment)
    {
        _css = BuiltAsset.Join(environment, "desk", "css", Styles);
        _js = BuiltAsset.Join(environment, "desk", "js", Scripts);
    }

    internal BuiltAsset Css => _css;

    internal BuiltAsset Js => _js;

    /// <summary>Address of the style sheet, to be cached for ever.</summary>
    public string CssUrl => _css.Url;

    /// <summary>Address of the script, to be cached for ever.</summary>
    public string JsUrl => _js.Url;
}
