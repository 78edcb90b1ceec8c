using System.Text.RegularExpressions;

namespace Blog.Content.Components;

/// <summary>A site whose pages can be shown within an article once the reader asks for it.</summary>
/// <param name="Id">As <c>&lt;Embed type="…"&gt;</c> names it.</param>
/// <param name="Name">As readers know it.</param>
/// <param name="Page">Matches the address that people copy; its group <c>id</c> is what the player needs.</param>
/// <param name="Player">The player's address, with <c>{id}</c>.</param>
/// <param name="Watch">The page to open without a player, with <c>{id}</c>; used where only an id is given.</param>
public sealed partial record EmbedProvider(string Id, string Name, Regex Page, string Player, string Watch)
{
    private const string Host = @"^(?:https?:)?//(?:[\w-]+\.)?";

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    /// <summary>All providers that the site knows.</summary>
    public static readonly IReadOnlyList<EmbedProvider> All =
    [
        new("youtube", "YouTube", YouTubePage(), "https://www.youtube-nocookie.com/embed/{id}", "https://www.youtube.com/watch?v={id}"),
        new("vimeo", "Vimeo", VimeoPage(), "https://player.vimeo.com/video/{id}?dnt=1", "https://vimeo.com/{id}"),
        new("codepen", "CodePen", CodePenPage(), "https://codepen.io/{id}", "https://codepen.io/{id}"),
        new("codesandbox", "CodeSandbox", CodeSandboxPage(), "https://codesandbox.io/embed/{id}", "https://codesandbox.io/s/{id}"),
        new("stackblitz", "StackBlitz", StackBlitzPage(), "https://stackblitz.com/edit/{id}?embed=1", "https://stackblitz.com/edit/{id}"),
        new("spotify", "Spotify", SpotifyPage(), "https://open.spotify.com/embed/{id}", "https://open.spotify.com/{id}"),
        new("loom", "Loom", LoomPage(), "https://www.loom.com/embed/{id}", "https://www.loom.com/share/{id}"),
        new("figma", "Figma", FigmaPage(), "https://www.figma.com/embed?embed_host=share&url=https://www.figma.com/{id}", "https://www.figma.com/{id}"),
    ];

    /// <summary>The provider's player for an address, or null when the address is none of its pages.</summary>
    public string? PlayerFor(string url) => Page.Match(url) is { Success: true } match
        ? Player.Replace("{id}", Id == "codepen" ? match.Groups["id"].Value.Replace("/pen/", "/embed/", StringComparison.Ordinal).Replace("/full/", "/embed/", StringComparison.Ordinal).Replace("/details/", "/embed/", StringComparison.Ordinal) : match.Groups["id"].Value, StringComparison.Ordinal)
        : null;

    // Made at the build: to put them together takes a fifth of a start. Each is anchored and repeats nothing within what it repeats, so that no address takes long.
    [GeneratedRegex(Host + @"(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|embed/|shorts/|live/|v/)|youtu\.be/)(?<id>[\w-]{6,20})", Options)]
    private static partial Regex YouTubePage();

    [GeneratedRegex(Host + @"vimeo\.com/(?:video/|channels/\w+/)?(?<id>\d+)", Options)]
    private static partial Regex VimeoPage();

    [GeneratedRegex(Host + @"codepen\.io/(?<id>[\w-]+/(?:pen|embed|full|details)/\w+)", Options)]
    private static partial Regex CodePenPage();

    [GeneratedRegex(Host + @"codesandbox\.io/(?:s|embed|p/sandbox)/(?<id>[\w-]+)", Options)]
    private static partial Regex CodeSandboxPage();

    [GeneratedRegex(Host + @"stackblitz\.com/edit/(?<id>[\w-]+)", Options)]
    private static partial Regex StackBlitzPage();

    [GeneratedRegex(Host + @"open\.spotify\.com/(?:embed/)?(?<id>(?:track|album|playlist|episode|show)/\w+)", Options)]
    private static partial Regex SpotifyPage();

    [GeneratedRegex(Host + @"loom\.com/(?:share|embed)/(?<id>\w+)", Options)]
    private static partial Regex LoomPage();

    [GeneratedRegex(Host + @"figma\.com/(?<id>(?:file|design|proto)/[\w/-]+)", Options)]
    private static partial Regex FigmaPage();
}
