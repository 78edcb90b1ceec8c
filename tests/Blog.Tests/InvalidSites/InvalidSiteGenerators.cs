using System.Runtime.InteropServices;
using System.Text;

namespace Blog.Tests.InvalidSites;

/// <summary>Writes the files of the cases that are too big for a repository, or that none can hold.</summary>
internal static partial class InvalidSiteGenerators
{
    private const string Head = "---\ntitle: Hostile\n---\n";

    public static readonly IReadOnlyDictionary<string, Action<string>> All = new Dictionary<string, Action<string>>
    {
        // Files
        ["file-of-fifty-megabytes"] = folder => Write(folder, "articles/hostile.md", Head + new string('x', 50 * 1024 * 1024)),
        ["file-unreadable"] = folder => Forbid(Article(folder, "Text.")),
        ["folder-unreadable"] = folder => Forbid(Path.GetDirectoryName(Write(folder, "articles/locked/hostile.md", Head))!),
        ["file-is-a-pipe"] = folder => Assert.Equal(0, MakeFifo(Encoding.UTF8.GetBytes(InFolder(folder, "articles/hostile.md") + "\0"), 0x1FF)),
        ["file-name-with-odd-characters"] = folder =>
        {
            foreach (var name in new[] { "line\nbreak", "back\\slash", "100% sure", "it's \"quoted\"", "<script>alert(1)</script>" }) Write(folder, $"articles/{name.Replace("/", "", StringComparison.Ordinal)}.md", Head + "Text.");
        },
        ["file-name-not-utf8"] = folder => Assert.True(Create([.. Encoding.UTF8.GetBytes(InFolder(folder, "articles/caf")), 0xE9, .. ".md\0"u8], 0x1A4) >= 0),
        ["folder-three-hundred-deep"] = folder => Write(folder, $"articles/{Times("d/", 300)}hostile.md", Head),
        ["link-out-of-the-folder"] = folder =>
        {
            Directory.CreateSymbolicLink(InFolder(folder, "articles/etc"), "/etc");
            File.CreateSymbolicLink(InFolder(folder, "articles/passwd.md"), "/etc/passwd");
            File.CreateSymbolicLink(InFolder(folder, "articles/picture.png"), "/etc/passwd");
        },
        ["link-to-nowhere"] = folder =>
        {
            File.CreateSymbolicLink(InFolder(folder, "articles/nowhere.md"), "missing.md");
            File.CreateSymbolicLink(InFolder(folder, "articles/itself.md"), "itself.md");
        },
        ["link-loop"] = folder =>
        {
            Directory.CreateSymbolicLink(InFolder(folder, "articles/up"), "..");
            Directory.CreateSymbolicLink(InFolder(folder, "articles/a/b"), "../c");
            Directory.CreateSymbolicLink(InFolder(folder, "articles/c/d"), "../a");
        },
        ["link-web"] = folder =>
        {
            for (var from = 0; from < 12; from++)
                for (var to = 0; to < 12; to++)
                    if (from != to) Directory.CreateSymbolicLink(InFolder(folder, $"articles/f{from}/l{to}"), $"../f{to}");
        },

        // Front matter
        ["yaml-alias-bomb-of-empty-lists"] = folder => Article(folder, "Text.", "x0: &a0 []\n" + Each(30, i => $"x{i + 1}: &a{i + 1} [{Times($"*a{i}, ", 9)}*a{i}]\n") + "tags: *a30\n"),
        ["yaml-alias-product"] = folder => Article(folder, "Text.", $"m: &m {{lessons: [{Each(9000, i => $"a{i},")}]}}\nmodules: [{Times("*m,", 9000)}]\n"),
        ["yaml-ten-thousand-deep"] = folder => Article(folder, "Text.", $"extra: {Times("[", 10_000)}\nextra2: {Times("{a: ", 10_000)}\nparams:\n  {Times("- ", 10_000)}x\n"),
        ["tags-by-the-hundred-thousand"] = folder => Article(folder, "Text.", "tags: " + Each(300_000, i => $"t{i},") + "\n"),
        ["keys-by-the-thousand"] = folder => Article(folder, "Text.", Each(1500, i => $"descriptiom{i}: x\n")),
        ["title-of-ten-thousand-characters"] = folder => Write(folder, "articles/hostile.md", $"---\ntitle: {Times("Very long ", 1000)}\ndescription: {Times("word ", 100_000)}\n---\nText.\n"),
        ["front-matter-never-closed"] = folder => Write(folder, "articles/hostile.md", "---\n" + Times("key: value\n", 100_000)),
        ["settings-of-garbage"] = folder => Write(folder, "site.yml", Times("garbage %@\n", 100_000)),
        ["profile-nested-deep"] = folder => Write(folder, "authors/ann.md", $"---\nname: Ann\n---\n{Times(">", 10_000)} x\n{Each(2000, i => new string(' ', 2 * i) + "- x\n")}"),

        // Markdown
        ["quotes-ten-thousand-deep"] = folder => Article(folder, Times(">", 10_000) + " deep text"),
        ["lists-ten-thousand-deep"] = folder => Article(folder, Times("- ", 10_000) + "deep text"),
        ["list-of-two-thousand-levels"] = folder => Article(folder, Each(2000, i => new string(' ', 2 * i) + "- deep text\n")),
        ["list-of-six-hundred-levels"] = folder => Article(folder, Each(600, i => new string(' ', 2 * i) + "- deep text\n")),
        ["definition-lists-deep"] = folder => Article(folder, "term\n" + Times(":   ", 10_000) + "x"),
        ["brackets-ten-thousand-deep"] = folder => Article(folder, Times("[", 10_000) + "deep text"),
        ["brackets-in-lines"] = folder => Article(folder, Times("[a\n", 40_000)),
        ["images-within-images"] = folder => Article(folder, Times("![a](b", 30_000)),
        ["links-never-closed"] = folder => Article(folder, Times("[a](", 45_000)),
        ["link-definitions-never-closed"] = folder => Article(folder, Times("[a]: b \"\n", 40_000)),
        ["link-reference-bomb"] = folder => Article(folder, $"[a]: /{Times("x", 100_000)}\n\n{Times("[a] ", 40_000)}"),
        ["emphasis-bomb"] = folder => Article(folder, Times("*a **b _c ", 15_000) + "\n\n" + Times("a**b" + "c* ", 25_000)),
        ["emphasis-nested"] = folder => Article(folder, Times("*a **b ", 10_000) + Times("c** d* ", 10_000)),
        ["backtick-runs"] = folder => Article(folder, string.Join(' ', Enumerable.Range(1, 600).Select(i => new string('`', i)))),
        ["addresses-by-the-thousand"] = folder => Article(folder, Times(Times("http://a.b ", 15_000) + "\n", 5)),
        ["addresses-without-space"] = folder => Article(folder, Times("www.a.b(", 20_000)),
        ["processing-instructions-never-closed"] = folder => Article(folder, Times(Times("x<?", 60_000) + "\n", 5)),
        ["cdata-never-closed"] = folder => Article(folder, Times(Times("x<![CDATA[", 15_000) + "\n", 5)),
        ["attributes-in-braces-never-closed"] = folder => Article(folder, Times(Times("{a=b", 45_000) + "\n", 5)),
        ["table-of-ten-thousand-columns"] = folder => Article(folder, $"{Times("|a", 10_000)}|\n{Times("|-", 10_000)}|\n{Times("|b|\n", 5000)}"),
        ["footnotes-by-the-thousand"] = folder => Article(folder, Each(10_000, i => $"a[^{i}]\n") + "\n" + Each(10_000, i => $"[^{i}]: x\n\n")),
        ["headings-by-the-thousand"] = folder => Article(folder, Times("# The same\n", 10_000)),
        ["line-of-a-million-characters"] = folder => Article(folder, Times("0123456789", 100_000)),
        ["body-of-two-million-characters"] = folder => Article(folder, Times("Some plain words and no more.\n", 66_000)),
        ["links-by-the-ten-thousand"] = folder => Article(folder, Each(11_000, i => $"[a](b{i}.md)\n")),
        ["links-to-files-by-the-thousand"] = folder => Article(folder, Each(9_000, i => $"[a](b{i}.md)\n\n")),

        // Components
        ["components-ten-thousand-deep"] = folder => Article(folder, Times("<Callout>\n", 10_000) + "deep text\n" + Times("</Callout>\n", 10_000)),
        ["components-unknown-by-the-thousand"] = folder => Article(folder, Times("<Unknown />\n", 5_000)),
        ["components-on-one-line"] = folder => Article(folder, Times("<A/>", 49_000)),
        ["components-within-a-paragraph"] = folder => Article(folder, Times("a <Link href=\"x\">", 5000) + "deep text" + Times("</Link>", 5000)),
        ["component-braces-never-closed"] = folder => Article(folder, Times("<A b={", 10_000)),
        ["component-quotes-never-closed"] = folder => Article(folder, Times("<A b='\n", 10_000)),
        ["jsx-comments-in-lines"] = folder => Article(folder, Times("text {/*\n", 5_000)),
        ["jsx-comments-never-closed"] = folder => Article(folder, Times("{/*", 10_000)),
        ["jsx-comments-never-closed-but-by-an-end"] = folder => Article(folder, Times(Times("{/*", 50_000) + "\n", 5) + "*/ text"),
        ["imports-by-the-thousand"] = folder => Article(folder, Times("import 'a'\n", 49_000) + "\nText."),
        ["imports-that-never-end"] = folder => Article(folder, Times("\nimport a" + new string(' ', 1980) + "x\n", 100)),
        ["templates-used-by-the-thousand"] = folder => Article(folder, Times("<Loop />\n", 10_000)),

        // HTML
        ["html-ten-thousand-elements-deep"] = folder => Article(folder, Times("<div>", 10_000) + "deep text"),
        ["html-elements-never-closed"] = folder => Article(folder, Times("<b><i>\n", 20_000) + "deep text"),
        ["html-formatting-reopened"] = folder => Article(folder, Each(150, i => $"<font size={i}>\n") + Times("<p>\n", 20_000) + "deep text"),
        ["html-elements-side-by-side"] = folder => Article(folder, Times("<div>x</div>\n", 49_000)),
        ["html-block-of-many-lines"] = folder => Article(folder, "<div>\n" + Times("<b onclick=1>x</b>\n", 11_000) + "</div>"),
    };

    private static string Article(string folder, string body, string frontMatter = "") => Write(folder, "articles/hostile.md", $"---\ntitle: Hostile\n{frontMatter}---\n{body}\n");

    private static string Write(string folder, string path, string text)
    {
        var full = InFolder(folder, path);
        File.WriteAllText(full, text);
        return full;
    }

    private static void Forbid(string path) => Assert.Equal(0, ChangeMode(Encoding.UTF8.GetBytes(path + "\0"), 0));

    private static string InFolder(string folder, string path)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    private static string Times(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static string Each(int count, Func<int, string> write) => string.Concat(Enumerable.Range(0, count).Select(write));

    /// <summary>Removes what .NET can't name, and allows it to remove what is locked.</summary>
    public static void MakeRemovable(string folder)
    {
        Unlink([.. Encoding.UTF8.GetBytes(InFolder(folder, "articles/caf")), 0xE9, .. ".md\0"u8]);
        ChangeMode(Encoding.UTF8.GetBytes(Path.Combine(folder, "articles/locked") + "\0"), 0x1ED);
    }

    [LibraryImport("libc", EntryPoint = "unlink")]
    private static partial int Unlink(byte[] path);

    [LibraryImport("libc", EntryPoint = "mkfifo")]
    private static partial int MakeFifo(byte[] path, uint mode);

    [LibraryImport("libc", EntryPoint = "chmod")]
    private static partial int ChangeMode(byte[] path, uint mode);

    [LibraryImport("libc", EntryPoint = "creat")]
    private static partial int Create(byte[] path, uint mode);
}
