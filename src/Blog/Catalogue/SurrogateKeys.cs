using System.Buffers.Binary;
using Blog.Content;

namespace Blog.Catalogue;

/// <summary>
/// The keys by which pages say what they show, and syncs what has changed: a page none of whose keys a sync names comes out as it was.
/// They are the same for the same content on every machine, short, and of letters that stand in a header as they are.
/// </summary>
public static class SurrogateKeys
{
    /// <summary>Of every page: changes with the settings, the sections, the style sheets, the components.</summary>
    public const string Site = "site";

    /// <summary>Of what tells of the whole site, such as the home page and the archive: changes when an article comes, goes or takes another place, and when a term is called otherwise.</summary>
    public const string Lists = "lists";

    /// <summary>Of what has too many keys to be named, and of what shows everything: changes with every change.</summary>
    public const string Any = "any";

    private const string PictureKind = "f-";

    // That two share a key now and then costs a page that is made anew for nothing.
    private const int Bits = 40;

    /// <summary>Of a page that shows the article, or a part of it such as its title.</summary>
    /// <param name="path">Its content path.</param>
    public static string Article(string path) => Key("a-", path);

    /// <summary>Of a page that shows the article whole: changes also with what surrounds it there, such as its neighbours, and with where its links lead.</summary>
    /// <param name="path">Its content path.</param>
    public static string Page(string path) => Key("p-", path);

    /// <summary>Of a page that names the author, category or tag.</summary>
    public static string Term(Taxonomy taxonomy, string key) => Key(taxonomy == Taxonomy.Author ? "u-" : "t-", $"{taxonomy}\n{key}");

    /// <summary>Of a page that lists the articles of an author, category or tag: changes when one comes, goes or takes another place.</summary>
    public static string ListOf(Taxonomy taxonomy, string key) => Key("l-", $"{taxonomy}\n{key}");

    /// <summary>Of a page that lists the articles of a section.</summary>
    public static string ListOf(string section) => Key("l-", section);

    /// <summary>Of a page that lists the articles of a series.</summary>
    /// <param name="key">Its folded name.</param>
    public static string Series(string key) => Key("s-", key);

    /// <summary>Of a page that shows which articles are like its own: by the words that tell, each of which another may come to share.</summary>
    /// <param name="facet">The word as the search index has it.</param>
    public static string Word(ReadOnlySpan<char> facet) => Key("w-", facet);

    /// <summary>Of a page that shows the picture, whether or not it is there.</summary>
    /// <param name="path">Its content path.</param>
    public static string Picture(string path) => Key(PictureKind, path);

    /// <summary>True for what <see cref="Picture"/> makes.</summary>
    public static bool IsOfPicture(string key) => key.StartsWith(PictureKind, StringComparison.Ordinal);

    private static string Key(string kind, ReadOnlySpan<char> name)
    {
        var hash = Fnv.Hash64(name);
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, hash ^ (hash >> Bits));
        return kind + Convert.ToHexStringLower(bytes[^(Bits / 8)..]);
    }
}
