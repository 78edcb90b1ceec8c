using System.Globalization;
using System.Text.RegularExpressions;
using Blog.Catalogue;
using Blog.Content;
using Blog.Content.FrontMatter;

namespace Blog.Commands;

/// <summary>An article as the writer asks for it on the command line.</summary>
/// <param name="Title">On one line, without what a page can't show.</param>
internal sealed partial record NewArticle(string Title)
{
    /// <summary>The name of its section's folder.</summary>
    public string Section { get; init; } = "articles";

    /// <summary>A name for its address; null for one made from the title.</summary>
    public string? Slug { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>True for a folder with an <c>index.md</c>, for articles with pictures.</summary>
    public bool IsBundle { get; init; }

    /// <summary>True for one that readers see at once, and no draft.</summary>
    public bool IsPublished { get; init; }

    /// <summary>A title as a page can show it: on one line, without control characters and turns of direction. Empty when nothing is left.</summary>
    public static string Clean(string title) => Spaces().Replace(CleanText.Of(title), " ").Trim();

    /// <summary>The file's text: every key that a writer is likely to fill in, and nothing below.</summary>
    public string Text(ContentRules rules, DateTimeOffset now) => string.Join('\n',
        "---",
        $"{FrontMatterKeys.Title.Name}: {YamlScalar.Of(Title)}",
        $"{FrontMatterKeys.Description.Name}: # {FrontMatterKeys.Description.Description}",
        $"{FrontMatterKeys.PublishedDate.Name}: {now.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)}",
        List(FrontMatterKeys.Authors, Authors.Select(label => IdOf(rules, Taxonomy.Author, label))),
        List(FrontMatterKeys.Categories, Categories.Select(label => IdOf(rules, Taxonomy.Category, label))),
        List(FrontMatterKeys.Tags, Tags),
        IsPublished ? "---" : $"{FrontMatterKeys.Draft.Name}: true # Take this line out to publish.\n---",
        "",
        "");

    private static string List(FrontMatterKey key, IEnumerable<string> labels) => $"{key.Name}: [{string.Join(", ", labels.Select(YamlScalar.Of))}]";

    /// <summary>The id of who or what is described under that name or a spelling of it; else the name.</summary>
    private static string IdOf(ContentRules rules, Taxonomy taxonomy, string label) =>
        rules.Profiles.TryGetValue((taxonomy, Content.Slug.Fold(label)), out var profile) ? profile.Id : label;

    [GeneratedRegex(@"[\s\uFFFD\u202D\u202E]+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
