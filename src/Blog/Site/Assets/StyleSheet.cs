using System.Security.Cryptography;
using System.Text;

namespace Blog.Site.Assets;

/// <summary>The site's style sheet and script: the files of <c>wwwroot</c> joined in the order of a list, under an address that changes with their content.</summary>
public sealed class StyleSheet
{
    /// <summary>Where built-in assets are served.</summary>
    public const string Prefix = "/assets/";

    // Later files win over earlier ones of the same layer; the layers are declared in tokens.css.
    private static readonly string[] Styles =
    [
        "tokens", "reset", "base", "layout", "prose", "code", "table", "figure",
        "header", "footer", "masthead", "card", "kicker", "article", "contents", "callout", "details", "tabs", "steps", "embed", "tweet", "button",
        "term", "profile", "lesson", "neighbours", "archive", "pager", "error", "helpers", "print",
    ];

    private static readonly string[] Scripts = ["embed", "contents"];

    /// <summary>Reads the files once.</summary>
    public StyleSheet(IWebHostEnvironment environment)
    {
        Css = Join(environment, "css", Styles);
        Js = Join(environment, "js", Scripts);
        CssUrl = Address("site", Css, "css");
        JsUrl = Address("site", Js, "js");
    }

    public byte[] Css { get; }

    public byte[] Js { get; }

    /// <summary>Address of <see cref="Css"/>, to be cached for ever.</summary>
    public string CssUrl { get; }

    /// <summary>Address of <see cref="Js"/>, to be cached for ever.</summary>
    public string JsUrl { get; }

    /// <summary>The files of a folder of <c>wwwroot</c>, joined in that order.</summary>
    internal static byte[] Join(IWebHostEnvironment environment, string folder, string[] names)
    {
        var text = new StringBuilder();
        foreach (var name in names)
        {
            var file = environment.WebRootFileProvider.GetFileInfo($"{folder}/{name}.{folder}");
            if (!file.Exists) continue;
            using var reader = new StreamReader(file.CreateReadStream());
            text.Append(reader.ReadToEnd()).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The address of joined files: another one for every content.</summary>
    internal static string Address(string name, byte[] bytes, string extension) => $"{Prefix}{name}.{Convert.ToHexStringLower(SHA256.HashData(bytes))[..10]}.{extension}";
}
