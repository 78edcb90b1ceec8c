namespace Blog.Content;

/// <summary>A way of grouping articles; its values are terms.</summary>
public enum Taxonomy
{
    Author,
    Category,
    Tag,
}

/// <summary>The names of the taxonomies in folders and addresses.</summary>
public static class Taxonomies
{
    /// <summary>All of them, in the order of the navigation.</summary>
    public static readonly IReadOnlyList<Taxonomy> All = [Taxonomy.Author, Taxonomy.Category, Taxonomy.Tag];

    /// <summary>The plural, as folders and addresses have it: <c>authors</c>, <c>categories</c>, <c>tags</c>.</summary>
    public static string Plural(this Taxonomy taxonomy) => taxonomy switch
    {
        Taxonomy.Author => "authors",
        Taxonomy.Category => "categories",
        _ => "tags",
    };

    /// <summary>The taxonomy of that plural, or null.</summary>
    public static Taxonomy? FromPlural(string plural) => plural switch
    {
        "authors" => Taxonomy.Author,
        "categories" => Taxonomy.Category,
        "tags" => Taxonomy.Tag,
        _ => null,
    };
}
