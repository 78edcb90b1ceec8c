namespace Blog.Content.Components;

/// <summary>The components that articles may use: the built-in ones and those of the content folder.</summary>
/// <param name="own">The publication's own, which replace built-in ones of the same name.</param>
public sealed class ComponentList(IEnumerable<Component> own)
{
    /// <summary>The table of contents of this room.</summary>
    public static readonly IReadOnlyList<Component> BuiltIn =
    [
        new Lead(), new Callout(), new Details(), new Steps(), new Step(), new Tabs(), new Tab(),
        new Figure(), new Embed(), new Youtube(), new Tweet(), new Button(), new Link(),
    ];

    private readonly Dictionary<string, Component> _byName = Index(own);

    /// <summary>Only the built-in ones.</summary>
    public static ComponentList Default { get; } = new([]);

    /// <summary>All names, for suggestions and documentation.</summary>
    public IEnumerable<string> Names => _byName.Values.Select(component => component.Name).Distinct();

    /// <summary>The component of that name, or null. Case matters little: <c>YouTube</c> finds <c>Youtube</c>.</summary>
    public Component? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>True when a component is called exactly so.</summary>
    public bool HasName(string name) => Find(name) is { } component && (component.Name == name || component.Synonyms.Contains(name));

    private static Dictionary<string, Component> Index(IEnumerable<Component> own)
    {
        var byName = new Dictionary<string, Component>(StringComparer.OrdinalIgnoreCase);
        foreach (var component in BuiltIn.Concat(own))
            foreach (var name in component.Synonyms.Prepend(component.Name)) byName[name] = component;
        return byName;
    }
}
