using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Blog.Content;

namespace Blog.Catalogue;

/// <summary>
/// Gives every article an address of its own. Who asks for one that another has, or that the site needs, gets one that says where its file lies:
/// the same for the same files, whatever the order in which they appeared.
/// </summary>
internal sealed class PermalinkAssignment(CatalogueWriter writer, Permalinks permalinks, SyncWork work)
{
    public void Run()
    {
        Assign(work.IsWhole ? null : work.Addresses);
        // Parts stand below their parent, whose address must be known first.
        var placed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parent in writer.Parents()) placed.UnionWith(PlaceParts(parent));
        if (placed.Count > 0) Assign(placed);
    }

    private void Assign(IReadOnlySet<string>? addresses)
    {
        var asked = addresses ?? writer.ContestedAddresses().Concat(writer.WantedAddresses().Where(permalinks.IsReserved));
        foreach (var address in asked.Order(StringComparer.Ordinal).Distinct().ToList()) AssignOne(address);
    }

    private void AssignOne(string address)
    {
        var claims = writer.WithAddress(address).Where(article => article.Wanted == address)
            .OrderBy(article => ContentLayout.FoldersOf(article.Path).Count).ThenBy(article => article.Path, StringComparer.Ordinal).ToList();
        var isReserved = permalinks.IsReserved(address);
        var isFirst = !isReserved;
        foreach (var (id, path, wanted, _) in claims)
        {
            writer.ClearProblemsOf(path, "reserved-address");
            writer.ClearProblemsOf(path, "duplicate-slug");
            if (isFirst)
            {
                writer.SetPermalink(id, wanted);
                isFirst = false;
                continue;
            }

            var other = Alternative(path, wanted);
            writer.SetPermalink(id, other);
            if (isReserved)
                writer.AddProblem(new Problem(path, 1, 1, Severity.Error, "reserved-address", $"The address {wanted} belongs to the site itself; the article is at {other}.", "Give it another slug."), true);
            else
                writer.AddProblem(new Problem(path, 1, 1, Severity.Error, "duplicate-slug", $"The address {wanted} is already that of {claims[0].Path}; this article is at {other}.", "Give one of the two another slug."), true);
            writer.Touch(id);
        }
    }

    /// <summary>The address with the file's folders in it; where that is no different or is taken too, with a mark made from the file's path.</summary>
    private string Alternative(string path, string wanted)
    {
        var parts = wanted.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var slug = parts[^1];
        var section = path.StartsWith("pages/", StringComparison.Ordinal) ? "pages" : ContentLayout.SectionOf(path);
        var folders = ContentLayout.FoldersOf(path);
        var candidate = "/" + string.Join('/', folders.Prepend(section).Append(slug));
        if (candidate != wanted && !permalinks.IsReserved(candidate) && writer.WithAddress(candidate).All(article => article.Path == path)) return candidate;
        return $"{(permalinks.IsReserved(wanted) ? candidate : wanted)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..6]}";
    }

    /// <summary>Orders the parts of a bundle: listed lessons first, the others by name. Returns the addresses that they ask for.</summary>
    private List<string> PlaceParts(string parentPath)
    {
        if (writer.ParentAt(parentPath) is not { } parent) return [];
        var lessons = parent.Lessons is { } json ? JsonSerializer.Deserialize<List<LessonReference>>(json)! : [];
        var parts = writer.PartsOf(parentPath);
        var places = parts
            .Select(part => (part, index: lessons.FindIndex(lesson => Names(part.Path, part.Slug, lesson.Source))))
            .OrderBy(found => found.index < 0 ? int.MaxValue : found.index).ThenBy(found => found.part.Path, StringComparer.Ordinal).ToList();
        for (var i = 0; i < places.Count; i++)
            writer.PlacePart(places[i].part.Id, $"{parent.Permalink}/{places[i].part.Slug}", i, places[i].index < 0 ? null : lessons[places[i].index].Module, lessons.Count > 0 ? ArticleKind.Lesson : ArticleKind.Article);

        writer.ClearProblemsOf(parentPath, "missing-lesson");
        foreach (var lesson in lessons.Where(lesson => !parts.Any(part => Names(part.Path, part.Slug, lesson.Source))))
            writer.AddProblem(new Problem(parentPath, lesson.Line, 1, Severity.Error, "missing-lesson", $"The course lists “{lesson.Source}”, but there is no such file beside it.",
                NearestName.DidYouMean(lesson.Source, parts.Select(part => Path.GetFileNameWithoutExtension(part.Path)), "Write it, or take it from the list.")), true);
        return places.Select(place => $"{parent.Permalink}/{place.part.Slug}").ToList();
    }

    private static bool Names(string path, string slug, string source) =>
        string.Equals(Path.GetFileNameWithoutExtension(path), source, StringComparison.OrdinalIgnoreCase) || slug == Slug.From(source);
}
