using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Blog.Catalogue;
using Blog.Content;
using NUglify;

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
        "header", "footer", "card", "kicker", "article", "contents", "callout", "details", "button", "tags", "author", "neighbours", "find", "related", "theme", "share", "helpers", "print",
    ];

    // What a plain article does not have, so that its readers don't wait for it: Page.HasParts says who does.
    private static readonly string[] PartStyles =
    [
        "math", "zoom", "masthead", "tabs", "steps", "embed", "tweet",
        "term", "profile", "lesson", "archive", "pager", "search", "error", "home", "preview",
    ];

    private static readonly string[] Scripts = ["embed", "contents", "theme-menu", "footnotes", "anchors", "copy", "search", "zoom"];

    // Runs before the page is painted.
    private static readonly string[] EarlyScripts = ["theme", "transition"];

    private static readonly string ScriptShortener = typeof(Uglify).Assembly.FullName!;

    private readonly IWebHostEnvironment _environment;
    private readonly SiteCatalogue _catalogue;
    private volatile Built _built;

    /// <summary>Reads the files once.</summary>
    public StyleSheet(IWebHostEnvironment environment, SiteCatalogue catalogue)
    {
        _environment = environment;
        _catalogue = catalogue;
        Read();
    }

    /// <summary>Address of the style sheet, to be cached for ever.</summary>
    public string CssUrl => Css.Url;

    /// <summary>Address of the style sheet of what only some pages have, to be cached for ever.</summary>
    public string PartsUrl => Parts.Url;

    /// <summary>Address of the script, to be cached for ever.</summary>
    public string JsUrl => Js.Url;

    /// <summary>Address of the script that runs before the page is painted, to be cached for ever.</summary>
    public string EarlyJsUrl => EarlyJs.Url;

    /// <summary>Address of the icon of a site without a logo, to be cached for ever.</summary>
    public string IconUrl => Icon.Url;

    internal BuiltAsset Icon => Current().Icon;

    internal BuiltAsset Css => Current().Css;

    internal BuiltAsset Parts => _built.Parts;

    internal BuiltAsset Js => _built.Js;

    internal BuiltAsset EarlyJs => _built.EarlyJs;

    /// <summary>Reads the files again.</summary>
    [MemberNotNull(nameof(_built))]
    internal void Read()
    {
        _built = new Built(Css(Styles), BuiltAsset.From(Css(PartStyles), "parts", "css"), Js(Scripts, "site"), Js(EarlyScripts, "theme"), _catalogue.State);

        string Css(string[] files) => IsWorkedOn ? BuiltAsset.Text(_environment, "css", files) : CssShortener.Shorten(BuiltAsset.Text(_environment, "css", files));
        BuiltAsset Js(string[] files, string name) => IsWorkedOn ? BuiltAsset.Join(_environment, name, "js", files) : BuiltAsset.From(BuiltAsset.Text(_environment, "js", files), ShortScript, ScriptShortener, name, "js");
    }

    /// <summary>The sheet with the colours and styles of the site as it is now.</summary>
    private Built Current()
    {
        var (built, site) = (_built, _catalogue.State);
        return ReferenceEquals(built.Site, site) ? built : _built = built.Of(site);
    }

    /// <summary>True where files are sent as they were written, for whoever works on them; else without comments and white space.</summary>
    private bool IsWorkedOn => _environment.IsDevelopment();

    private static string ShortScript(string text) => Uglify.Js(text) is { HasErrors: false } result ? result.Code : text;

    private sealed class Built
    {
        private readonly string _common;
        private readonly AccentColour? _accent;
        private readonly string _own;

        public Built(string css, BuiltAsset parts, BuiltAsset js, BuiltAsset earlyJs, SiteState site, Built? last = null)
        {
            (_common, Parts, Js, EarlyJs, Site, _accent, _own) = (css, parts, js, earlyJs, site, site.Settings.Accent, site.Css);
            Icon = SiteIcon.Of(site.Settings);
            Css = last is not null && last._accent == _accent && last._own == _own ? last.Css : BuiltAsset.From(css + Accent(_accent) + _own, "site", "css");
        }

        public BuiltAsset Icon { get; }

        public BuiltAsset Css { get; }

        public BuiltAsset Parts { get; }

        public BuiltAsset Js { get; }

        public BuiltAsset EarlyJs { get; }

        public SiteState Site { get; }

        public Built Of(SiteState site) => new(_common, Parts, Js, EarlyJs, site, this);

        private static string Accent(AccentColour? accent) => accent is null ? "" : string.Create(CultureInfo.InvariantCulture, $":root{{--accent-hue:{accent.Hue};--accent-chroma:{accent.Chroma}}}\n");
    }
}
