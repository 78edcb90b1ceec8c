using Blog.Catalogue;
using Blog.Content;

namespace Blog.Export;

/// <summary>Finds the links of an exported site that lead nowhere, and where their authors wrote them.</summary>
internal static class BrokenLinks
{
    private const int MostRedirects = 10;
    private const int MostSuggestedFrom = 3000;

    /// <summary>A problem for each place in an article where such a link stands, and one for each such link of other pages, however many they are.</summary>
    public static IReadOnlyList<Problem> Find(IReadOnlyCollection<ExportTarget> targets, LinkResolver links, CatalogueReader reader)
    {
        var byPath = targets.ToDictionary(target => target.Path, StringComparer.Ordinal);
        var broken = (
            from page in targets
            from link in page.Links
            where IsBroken(link.Target, link.Fragment)
            group page by (link.Target, link.Fragment) into places
            orderby places.Key.Target.Path, places.Key.Fragment
            select places).ToList();
        if (broken.Count == 0) return [];

        var names = byPath.Values.Where(target => target.State == TargetState.Exported).Select(target => target.Path).Order(StringComparer.Ordinal).Take(MostSuggestedFrom).ToList();
        var problems = new List<Problem>();
        foreach (var (target, fragment) in broken.Select(places => places.Key))
        {
            var places = broken.First(other => other.Key == (target, fragment));
            var pages = places.Select(page => page.Path).ToHashSet(StringComparer.Ordinal);
            var address = Permalinks.Canonical(target.Path);
            var written = reader.LinksTo(address, target.Path, fragment);
            var whole = Permalinks.Escape(target.Path) + (fragment.Length > 0 ? "#" + fragment : "");
            var (code, message) = target.State switch
            {
                TargetState.Exported or TargetState.Moved => ("broken-anchor", $"The link {whole} leads to a page that has no id “{fragment}”."),
                TargetState.Live => ("needs-server", $"The link {whole} leads to what only a server answers."),
                TargetState.Gone => ("broken-link", $"The link {whole} leads to an article that has been removed."),
                _ => ("broken-link", $"The link {whole} leads to nothing that is exported."),
            };
            var severity = target.State == TargetState.Live ? Severity.Warning : Severity.Error;
            var suggestion = code == "needs-server" ? "On a host of plain files its readers find the page for what is not there." : code == "broken-anchor" ? "Link to the page alone, or to the id of a heading on it." : NearestName.DidYouMean(target.Path, names, "Correct or remove the link, or bring back what it led to.");
            foreach (var place in written.Where(place => pages.Remove(place.Permalink) || places.Any(page => page.Path == place.Permalink)))
                problems.Add(new Problem(place.Path, place.Line, place.Column, severity, code, message, suggestion));
            if (pages.Count == 0 || problems.Exists(problem => problem.Message == message && problem.Code == code)) continue;
            var first = pages.Min(StringComparer.Ordinal)!;
            problems.Add(new Problem(first, 1, 1, severity, code, pages.Count == 1 ? message : $"{message} So it does on {pages.Count - 1} more page{(pages.Count == 2 ? "" : "s")}.", suggestion));
        }

        return [.. problems.OrderBy(problem => problem.Path, StringComparer.Ordinal).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column)];

        bool IsBroken(ExportTarget target, string fragment)
        {
            for (var steps = 0; target.State == TargetState.Moved && steps < MostRedirects; steps++)
            {
                // A redirect to elsewhere is not ours to follow.
                if (links.Resolve(target.Note!, target.Path) is not { } on || !byPath.TryGetValue(on.Path, out var next)) return false;
                target = next;
            }

            return target.State != TargetState.Exported || !target.HasAnchor(fragment);
        }
    }
}
