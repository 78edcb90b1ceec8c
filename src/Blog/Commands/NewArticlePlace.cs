using System.Globalization;
using System.Text;
using Blog.Content;

namespace Blog.Commands;

/// <summary>Where a new article goes.</summary>
/// <param name="Folder">Its section's folder.</param>
/// <param name="Slug">Its name in the address.</param>
/// <param name="IsBundle">True for a folder with an <c>index.md</c>.</param>
internal sealed record NewArticlePlace(string Folder, string Slug, bool IsBundle)
{
    // File systems take 255 bytes, and a letter may have four of them.
    private const int MaxNameBytes = 200;

    /// <summary>The file, relative to the content folder.</summary>
    public string Path => IsBundle ? $"{Folder}/{Slug}/index.md" : $"{Folder}/{Slug}.md";

    /// <summary>The section that the file will be in.</summary>
    public string Section => Folder == "pages" ? Folder : ContentLayout.SectionOf(Path);

    /// <summary>The place for the article, which may be taken; null when its section can be no folder of articles or pages.</summary>
    public static NewArticlePlace? Of(NewArticle article, IReadOnlyList<FoundFile> found, DateTimeOffset now)
    {
        var folder = Content.Slug.From(article.Section);
        if (folder.Length == 0 || article.Section.AsSpan().IndexOfAny('/', '\\') >= 0 || Permalinks.IsReservedName(folder)) return null;
        if (ContentLayout.KindOf(folder + "/a.md") is not (ContentKind.Article or ContentKind.Page)) return null;

        var name = Shortened(Content.Slug.From(article.Slug ?? article.Title));
        if (!name.EnumerateRunes().Any(Rune.IsLetterOrDigit)) name = now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var place = new NewArticlePlace(ExistingFolder(folder, found) ?? folder, name, article.IsBundle);
        return place.IsReadAsNamed ? place : place with { Slug = "article-" + name };
    }

    /// <summary>The content file that has the name or the address already, or that would become a part of the new bundle; null when there is none.</summary>
    public string? TakenBy(ContentFolder folder, IReadOnlyList<FoundFile> found, Permalinks permalinks, TimeZoneInfo zone, DateTimeOffset now)
    {
        var articles = found.Where(file => file.Kind is ContentKind.Article or ContentKind.Page).ToList();
        var paths = articles.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var address = Address(permalinks, now);
        return articles.Find(IsTaking)?.Path;

        bool IsTaking(FoundFile file)
        {
            if (IsBundle && file.Path.StartsWith($"{Folder}/{Slug}/", StringComparison.Ordinal)) return true;
            var section = file.Kind == ContentKind.Page ? "pages" : ContentLayout.SectionOf(file.Path);
            var isRival = section == Section && !ContentLayout.ParentsOf(file.Path).Any(paths.Contains);
            if (isRival && Content.Slug.From(ContentLayout.NameOf(file.Path)) == Slug) return true;
            var metadata = ArticleReader.ReadMetadata(folder.Read(file), zone);
            return (isRival && metadata.Slug == Slug) || metadata.Permalink == address || metadata.Aliases.Any(alias => alias.Value == address);
        }
    }

    /// <summary>The address that the article will have.</summary>
    public string Address(Permalinks permalinks, DateTimeOffset now) => Section == "pages" ? permalinks.ForPage(Slug) : permalinks.ForArticle(Section, Slug, now);

    /// <summary>False for a name that means something else in a file's name, such as “index” and “2024-05-31-fog”.</summary>
    private bool IsReadAsNamed => ContentLayout.KindOf(Path) is ContentKind.Article or ContentKind.Page && Content.Slug.From(ContentLayout.NameOf(Path)) == Slug && ContentLayout.DateOf(Path) is null;

    /// <summary>The folder that the section has: the one of that name, or another whose articles are in the same section, such as <c>posts</c>.</summary>
    private static string? ExistingFolder(string folder, IReadOnlyList<FoundFile> found)
    {
        var section = ContentLayout.SectionOf(folder + "/");
        return found.Where(file => file.Kind is ContentKind.Article or ContentKind.SectionIndex && file.Path.Contains('/', StringComparison.Ordinal))
            .Select(file => file.Path[..file.Path.IndexOf('/', StringComparison.Ordinal)]).Distinct()
            .Where(top => ContentLayout.SectionOf(top + "/") == section && !ContentLayout.IsInReservedFolder(top + "/") && !ContentLayout.IsDraft(top + "/"))
            .OrderByDescending(top => top == folder).ThenByDescending(top => top == section).FirstOrDefault();
    }

    private static string Shortened(string slug)
    {
        var (bytes, end) = (0, 0);
        foreach (var rune in slug.EnumerateRunes())
        {
            if ((bytes += rune.Utf8SequenceLength) > MaxNameBytes) break;
            end += rune.Utf16SequenceLength;
        }

        if (end == slug.Length) return slug;
        var word = slug.LastIndexOf('-', end);
        return slug[..(word > end / 2 ? word : end)];
    }
}
