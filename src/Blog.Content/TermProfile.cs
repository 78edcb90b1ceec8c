using Blog.Content.FrontMatter;

namespace Blog.Content;

/// <summary>What a data file or profile says about an author, category or tag.</summary>
/// <param name="Taxonomy">What it is.</param>
/// <param name="Id">Its name in addresses, in slug form.</param>
/// <param name="Name">Shown to readers.</param>
/// <param name="Description">An author's bio or a category's description, as plain text; null when missing.</param>
/// <param name="Avatar">Address or content path of a picture; null when missing.</param>
/// <param name="Role">An author's role; null when missing.</param>
/// <param name="Links">Where else to find them.</param>
/// <param name="Path">The file that says so.</param>
/// <param name="Line">1-based line there.</param>
public sealed record TermProfile(
    Taxonomy Taxonomy, string Id, string Name, string? Description, string? Avatar, string? Role, IReadOnlyList<SiteLink> Links, string Path, int Line)
{
    private static readonly string[] KnownKeys = ["id", "name", "title", "bio", "description", "avatar", "role", "links", "color"];

    /// <summary>What makes spellings of the term equal: <see cref="Slug.Fold"/> of the id.</summary>
    public string Key => Slug.Fold(Id);

    /// <summary>The terms in <c>authors.yml</c>, <c>authors/data.json</c> and their like: a map of id to fields, or a list with an id or name each.</summary>
    public static IReadOnlyList<TermProfile> ReadAll(SourceFile file, ProblemList problems)
    {
        if (TaxonomyOf(file.Path) is not { } taxonomy) return [];
        var text = file.Text.TrimStart();
        // JSON is YAML but for tabs between tokens, which JSON allows.
        if (file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) text = file.Text.Replace('\t', ' ');
        var profiles = new List<TermProfile>();
        if (text.StartsWith('[') || text.StartsWith("- ", StringComparison.Ordinal))
        {
            var wrapped = YamlText.Read(text.StartsWith('[') ? "list: " + text : "list:\n" + file.Text, new ProblemList(file.Path));
            foreach (var item in wrapped.SelectMany(entry => entry.Value.Items))
                Add((item["id"] ?? item["slug"] ?? item["name"])?.Text ?? item.Text, item, Math.Max(1, item.Line - (text.StartsWith('[') ? 0 : 1)));
            return profiles;
        }

        foreach (var entry in YamlText.Read(text.StartsWith('{') ? text : file.Text, problems)) Add(entry.Key, entry.Value, entry.Line);
        return profiles;

        void Add(string? id, FrontMatterValue value, int line)
        {
            if (Slug.From(id) is { Length: > 0 }) profiles.Add(From(taxonomy, id!, value, null, file.Path, line, problems));
            else problems.Warning(line, 1, "bad-term", $"An entry of {file.Path} has no usable id.", "Give each entry an id of letters, digits and hyphens.");
        }
    }

    /// <summary>The term in <c>authors/&lt;id&gt;.md</c> and its like: fields in the front matter, description in the body.</summary>
    public static TermProfile? ReadProfile(SourceFile file, ProblemList problems)
    {
        if (TaxonomyOf(file.Path) is not { } taxonomy) return null;
        var block = FrontMatterBlock.Read(file.Text, problems);
        var id = ContentLayout.NameOf(file.Path);
        if (Slug.From(id).Length == 0) return null;
        var body = Markdown.PlainText.OfMarkdown(file.Text[block.BodyStart..]);
        return From(taxonomy, id, new MapValue(block.Entries, 1, 1), body.Length == 0 ? null : body, file.Path, 1, problems);
    }

    private static Taxonomy? TaxonomyOf(string path) =>
        Taxonomies.FromPlural(path.Contains('/', StringComparison.Ordinal) ? path[..path.IndexOf('/', StringComparison.Ordinal)] : System.IO.Path.GetFileNameWithoutExtension(path));

    private static TermProfile From(Taxonomy taxonomy, string id, FrontMatterValue value, string? body, string path, int line, ProblemList problems)
    {
        foreach (var entry in (value as MapValue)?.Entries ?? [])
            if (!KnownKeys.Contains(FrontMatterKey.Fold(entry.Key)) && NearestName.Of(entry.Key, KnownKeys) is { } near)
                problems.Warning(entry.Line, entry.Column, "unknown-key", $"“{entry.Key}” is not a key of {taxonomy.Plural()}.", $"Did you mean “{near}”?");
        var name = (value["name"] ?? value["title"])?.Text ?? (value is ScalarValue ? value.Text : null);
        var avatar = (value["avatar"] ?? value["image"] ?? value["image_url"] ?? value["picture"])?.Text;
        var links = (value["links"] ?? value["social"]) is { } list ? SiteSettingsReader.ReadLinks(list, problems).ToList() : [];
        if ((value["url"] ?? value["website"])?.Text is { } website && Uri.TryCreate(website, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            links.Add(new SiteLink(url.Host, website));
        if (avatar is not null && !LinkTarget.IsSafe(avatar))
        {
            problems.Warning(line, 1, "bad-url", $"The avatar of “{id}” has an address that is not safe; it is left out.", "Use a file beside this one or an https address.");
            avatar = null;
        }

        return new TermProfile(
            taxonomy, Slug.From(id), name ?? Slug.Humanise(id), (value["bio"] ?? value["description"])?.Text ?? body,
            avatar is null ? null : LinkTarget.ResolveAsset(avatar, path),
            (value["role"] ?? value["designation"] ?? (value["name"] is null ? null : value["title"]))?.Text, links, path, line);
    }
}
