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

    private static readonly string[] Scripts = ["desk/live", "desk/keys"];

    /// <summary>Reads the files once.</summary>
    public DeskSheet(IWebHostEnvironment environment)
    {
        Css = StyleSheet.Join(environment, "css", Styles);
        Js = StyleSheet.Join(environment, "js", Scripts);
        CssUrl = StyleSheet.Address("desk", Css, "css");
        JsUrl = StyleSheet.Address("desk", Js, "js");
    }

    public byte[] Css { get; }

    public byte[] Js { get; }

    /// <summary>Address of <see cref="Css"/>, to be cached for ever.</summary>
    public string CssUrl { get; }

    /// <summary>Address of <see cref="Js"/>, to be cached for ever.</summary>
    public string JsUrl { get; }
}
