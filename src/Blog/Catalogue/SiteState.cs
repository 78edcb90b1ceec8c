using System.Text.Json;
using Blog.Content;

namespace Blog.Catalogue;

/// <summary>What every page needs to know of the site, as of one sync; small, immutable, replaced whole.</summary>
/// <param name="Settings">From <c>site.yml</c>.</param>
/// <param name="Sections">Those that have articles, in the order of the settings, then by name.</param>
/// <param name="Version">Changes with every sync that changed something; the same for the same content.</param>
public sealed record SiteState(SiteSettings Settings, IReadOnlyList<Section> Sections, string Version)
{
    /// <summary>The site before anything was read.</summary>
    public static SiteState Empty { get; } = new(new SiteSettings(), [], "");

    /// <summary>Style sheets of the site's own, joined; empty for none.</summary>
    public string Css { get; init; } = "";

    /// <summary>The addresses by these settings.</summary>
    public Permalinks Permalinks { get; } = new(Settings);

    /// <summary>True when pages take the same from the other, whatever their articles say.</summary>
    public bool LooksLike(SiteState other) => (this with { Version = "" }).ToJson() == (other with { Version = "" }).ToJson();

    /// <summary>The state as the catalogue keeps it.</summary>
    public string ToJson() => JsonSerializer.Serialize(new Stored(Settings, Sections, Version, Css), StoredJson.Default.StoredState);

    /// <summary>The state in a catalogue; null when it holds none that can be read.</summary>
    public static SiteState? FromJson(string? json)
    {
        try { return json is not null && JsonSerializer.Deserialize(json, StoredJson.Default.StoredState) is { } stored ? new SiteState(stored.Settings, stored.Sections, stored.Version) { Css = stored.Css ?? "" } : null; }
        catch (JsonException) { return null; }
    }

    internal sealed record Stored(SiteSettings Settings, IReadOnlyList<Section> Sections, string Version, string? Css);
}

/// <summary>A top folder of articles and its index page.</summary>
/// <param name="Name">Its slug; its index is at <c>/name</c>.</param>
/// <param name="Title">Shown to readers.</param>
/// <param name="Description">Null without one.</param>
public sealed record Section(string Name, string Title, string? Description);
