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
    // A part's address follows its parent's, which may give way to another part's: rare, and never for long.
    private const int MaxRounds = 5;

    public void Run()
    {
        var asked = work.Addresses.ToHashSet(StringComparer.Ordinal);
        if (work.IsWhole) asked.UnionWith(writer.ContestedAddresses().Concat(writer.WantedAddresses().Where(permalinks.IsReserved)).Concat(writer.Displaced().Select(claim => claim.Wanted)));
        Assign(asked, false);
        var placed = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var round = 0; round < MaxRounds; round++)
        {
            var parents = (work.IsWhole ? writer.Parents() : writer.ParentsChanged())
                .Select(path => (path, writer.ParentAt(path)?.Permalink)).Where(parent => parent.Permalink is not null && placed.GetValueOrDefault(parent.path) != parent.Permalink).ToList();
            if (parents.Count == 0 && round > 0) break;
            foreach (var (path, permalink) in parents)
            {
                asked.UnionWith(PlaceParts(path));
                placed[path] = permalink!;
            }

            Assign(asked, true);
        }

        Displace();
        work.Addresses.UnionWith(asked);
    }

    /// <summary>Gives each address to the first of those who ask for it; the others are left for <see cref="Displace"/>.</summary>
    private void Assign(IEnumerable<string> addresses, bool withParts)
    {
        foreach (var address in addresses.Order(StringComparer.Ordinal))
        {
            var claims = writer.WithAddress(address).Where(article => article.Wanted == address && (withParts || !article.IsPart)).Order(First.Instance).ToList();
            var winner = permalinks.IsReserved(address) ? null : claims.FirstOrDefault();
            foreach (var claim in claims)
            {
                writer.ClearProblemsOf(claim.Path, "reserved-address");
                writer.ClearProblemsOf(claim.Path, "duplicate-slug");
                if (claim == winner) writer.SetPermalink(claim.Id, address);
                else if (claim.Permalink == address) writer.SetPermalink(claim.Id, WithMark(claim.Path, address));
            }
        }
    }

    /// <summary>
    /// Gives those who lost an address another. It depends on who else asks for that one, so it is found for all of them: they are few, being mistakes.
    /// </summary>
    private void Displace()
    {
        var displaced = writer.Displaced();
        var candidates = displaced.ToDictionary(claim => claim, WithFolders);
        var firsts = displaced.GroupBy(claim => candidates[claim], StringComparer.Ordinal).Select(group => group.Order(First.Instance).First()).ToHashSet();
        foreach (var claim in displaced)
        {
            var (candidate, isReserved) = (candidates[claim], permalinks.IsReserved(claim.Wanted));
            var isFree = candidate != claim.Wanted && firsts.Contains(claim) && !permalinks.IsReserved(candidate) && !writer.IsWanted(candidate);
            var address = isFree ? candidate : WithMark(claim.Path, isReserved ? candidate : claim.Wanted);
            if (address != claim.Permalink)
            {
                work.Addresses.Add(claim.Permalink);
                work.Addresses.Add(address);
                writer.SetPermalink(claim.Id, address);
            }

            writer.ClearProblemsOf(claim.Path, "reserved-address");
            writer.ClearProblemsOf(claim.Path, "duplicate-slug");
            if (isReserved)
                writer.AddProblem(new Problem(claim.Path, 1, 1, Severity.Error, "reserved-address", $"The address {claim.Wanted} belongs to the site itself; the article is at {address}.", "Give it another slug."), true);
            else
            {
                var winner = writer.WithAddress(claim.Wanted).Where(article => article.Wanted == claim.Wanted).Order(First.Instance).First();
                writer.AddProblem(new Problem(claim.Path, 1, 1, Severity.Error, "duplicate-slug", $"The address {claim.Wanted} is already that of {winner.Path}; this article is at {address}.", "Give one of the two another slug."), true);
            }
        }
    }

    /// <summary>The address with the file's folders in it.</summary>
    private static string WithFolders(Claim claim)
    {
        var slug = claim.Wanted.Split('/', StringSplitOptions.RemoveEmptyEntries) is [.., var last] ? last : "";
        var section = claim.Path.StartsWith("pages/", StringComparison.Ordinal) ? "pages" : ContentLayout.SectionOf(claim.Path);
        return "/" + string.Join('/', ContentLayout.FoldersOf(claim.Path).Prepend(section).Append(slug));
    }

    /// <summary>The address with a mark made from the file's path, which no other file has.</summary>
    private static string WithMark(string path, string address) => $"{address}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..6]}";

    /// <summary>Orders the parts of a bundle: listed lessons first, the others by name. Returns the addresses that they ask for now or did before.</summary>
    private List<string> PlaceParts(string parentPath)
    {
        if (writer.ParentAt(parentPath) is not { } parent) return [];
        var lessons = parent.Lessons is { } json ? JsonSerializer.Deserialize<List<LessonReference>>(json)! : [];
        var parts = writer.PartsOf(parentPath);
        var places = parts
            .Select(part => (part, index: lessons.FindIndex(lesson => Names(part.Path, part.Slug, lesson.Source))))
            .OrderBy(found => found.index < 0 ? int.MaxValue : found.index).ThenBy(found => found.part.Path, StringComparer.Ordinal).ToList();
        var addresses = places.SelectMany(place => writer.AddressesOf(place.part.Path)).ToList();
        for (var i = 0; i < places.Count; i++)
            writer.PlacePart(places[i].part.Id, $"{parent.Permalink}/{places[i].part.Slug}", i, places[i].index < 0 ? null : lessons[places[i].index].Module, lessons.Count > 0 ? ArticleKind.Lesson : ArticleKind.Article);

        writer.ClearProblemsOf(parentPath, "missing-lesson");
        foreach (var lesson in lessons.Where(lesson => !parts.Any(part => Names(part.Path, part.Slug, lesson.Source))))
            writer.AddProblem(new Problem(parentPath, lesson.Line, 1, Severity.Error, "missing-lesson", $"The course lists “{lesson.Source}”, but there is no such file beside it.",
                NearestName.DidYouMean(lesson.Source, parts.Select(part => Path.GetFileNameWithoutExtension(part.Path)), "Write it, or take it from the list.")), true);
        return [.. addresses, .. places.Select(place => $"{parent.Permalink}/{place.part.Slug}")];
    }

    private static bool Names(string path, string slug, string source) =>
        string.Equals(Path.GetFileNameWithoutExtension(path), source, StringComparison.OrdinalIgnoreCase) || slug == Slug.From(source);

    /// <summary>Who comes first keeps an address: the less nested file, then by path.</summary>
    private sealed class First : IComparer<Claim>
    {
        public static First Instance { get; } = new();

        public int Compare(Claim? one, Claim? other) =>
            ContentLayout.FoldersOf(one!.Path).Count.CompareTo(ContentLayout.FoldersOf(other!.Path).Count) is not 0 and var byDepth ? byDepth : string.CompareOrdinal(one.Path, other.Path);
    }
}
