using Blog.Content;

namespace Blog.Catalogue;

/// <summary>Finds the problems that only show among several files: broken links and anchors, missing pictures, unknown authors.</summary>
internal sealed class CrossFileCheck(CatalogueWriter writer, ContentFolder folder, Permalinks permalinks, ContentRules rules)
{
    private readonly Dictionary<string, HashSet<string>?> _anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _reported = new(StringComparer.Ordinal);
    private HashSet<string>? _sections;

    /// <summary>Checks the articles that the sync touched.</summary>
    public void Run()
    {
        writer.ClearCrossProblemsOfTouched("broken-link", "broken-anchor", "missing-file", "unknown-author", "unknown-category", "moved-link", "alias-taken", "more-problems");
        foreach (var (path, line, column, taxonomy, label) in writer.UndeclaredTermsOfTouched()) ReportUndeclared(path, line, column, taxonomy, label);
        foreach (var (path, link) in writer.LinksToCheckOfTouched())
        {
            if (_reported.GetValueOrDefault(path) > ProblemList.Limit)
            {
                _reported[path]++;
                continue;
            }

            switch (link.Kind)
            {
                case LinkKind.Asset:
                    if (folder.Resolve(link.Target) is null) Report(path, link, "missing-file", $"There is no file {link.Target}.", "Check the name, or copy the file there.", target: link.Target);
                    break;
                case LinkKind.File:
                    CheckFile(path, link);
                    break;
                default:
                    CheckPage(path, link);
                    break;
            }
        }

        foreach (var (path, count) in _reported.Where(article => article.Value > ProblemList.Limit))
            writer.AddProblem(new Problem(path, 1, 1, Severity.Info, "more-problems", $"{count - ProblemList.Limit} more broken links in this file are not listed.", "Mend these first."), true);
        foreach (var (address, path) in writer.AliasesOfTouched())
        {
            if (permalinks.IsReserved(address) || IsSection(address))
                writer.AddProblem(new Problem(path, 1, 1, Severity.Warning, "alias-taken", $"The alias {address} belongs to the site itself.", "Remove the alias."), true);
            else if (writer.IsAliasTaken(address, path))
                writer.AddProblem(new Problem(path, 1, 1, Severity.Warning, "alias-taken", $"The alias {address} is the address of another article, which keeps it.", "Remove the alias."), true);
        }
    }

    private void ReportUndeclared(string path, int line, int column, Taxonomy taxonomy, string label)
    {
        var what = taxonomy == Taxonomy.Author ? "author" : "category";
        var near = NearestName.Of(Slug.From(label), rules.Profiles.Where(profile => profile.Key.Item1 == taxonomy).Select(profile => profile.Value.Id));
        writer.AddProblem(new Problem(path, line, column, Severity.Warning, $"unknown-{what}", $"Nothing describes the {what} “{label}”; the page has only the name.",
            near is null ? $"Describe it in {taxonomy.Plural()}.yml." : $"Did you mean “{near}”?"), true);
    }

    private void CheckFile(string path, ArticleLink link)
    {
        if (FileLinks.Candidates(link.Target).FirstOrDefault(writer.HasArticle) is { } target)
        {
            CheckAnchor(path, link, "file " + target, () => writer.AnchorsAt(target));
            return;
        }

        if (link.Target == path)
        {
            CheckAnchor(path, link, "file " + path, () => writer.AnchorsAt(path));
            return;
        }

        if (folder.Resolve(link.Target) is not null && !ContentLayout.IsMarkdown(link.Target)) return;
        if (FileLinks.Candidates(link.Target).Select(path => writer.RedirectFrom(LinkTarget.ContentScheme + path)?.Target).FirstOrDefault(address => address is not null) is { } moved)
        {
            Report(path, link, "moved-link", $"The article that was {link.Target} has moved to {moved}, where readers are led.", "Link to its new file.", Severity.Warning);
            return;
        }

        // Which article was meant is found when somebody asks: it may be one that does not exist yet.
        Report(path, link, "broken-link", $"The link leads to {link.Target}, which is not an article.", null, target: link.Target);
    }

    private void CheckPage(string path, ArticleLink link)
    {
        var address = Permalinks.Canonical(link.Target);
        if (writer.AnchorsAtAddress(address) is not null)
        {
            CheckAnchor(path, link, "address " + address, () => writer.AnchorsAtAddress(address));
            return;
        }

        if (Exists(address, link.Target)) return;
        if (writer.RedirectFrom(address) is { Target: { } target })
        {
            Report(path, link, "moved-link", $"What was at {link.Target} has moved to {target}, where readers are led.", $"Link to {target}.", Severity.Warning);
            return;
        }

        Report(path, link, "broken-link", $"There is nothing at {link.Target} on this site.", "Check the address, or link to the article's file.", target: address);
    }

    private bool Exists(string address, string asWritten)
    {
        if (address is Permalinks.Sitemap or Permalinks.Robots || asWritten.StartsWith("/health/", StringComparison.Ordinal)) return true;
        if (folder.Resolve("static" + asWritten) is not null) return true;
        if (asWritten.StartsWith(Permalinks.AssetPrefix, StringComparison.Ordinal)) return folder.Resolve(asWritten[Permalinks.AssetPrefix.Length..]) is not null;
        var match = permalinks.Match(address);
        return match.Kind switch
        {
            AddressKind.Content => writer.HasAlias(address) || IsSection(match.Name) || (match.Page > 1 && writer.AnchorsAtAddress(match.Name) is not null),
            AddressKind.Term => writer.HasTerm(match.Taxonomy, match.Name),
            AddressKind.Archive => match.Year is not { } year || writer.HasYear(year),
            _ => true,
        };
    }

    private void CheckAnchor(string path, ArticleLink link, string target, Func<string?> load)
    {
        if (link.Fragment.Length == 0 || link.Fragment == "top") return;
        if (!_anchors.TryGetValue(target, out var anchors)) _anchors[target] = anchors = load()?.Split('\n').ToHashSet(StringComparer.Ordinal);
        if (anchors is null || anchors.Contains(link.Fragment)) return;
        Report(path, link, "broken-anchor", $"There is no section “#{link.Fragment}” where the link leads.", NearestName.DidYouMean(link.Fragment, anchors, anchors.All(anchor => anchor.Length == 0) ? "The article has no sections." : "The sections are " + string.Join(", ", anchors.Where(anchor => anchor.Length > 0).Take(8).Select(anchor => "#" + anchor)) + (anchors.Count > 8 ? "…" : ".")), Severity.Warning);
    }

    private bool IsSection(string address) => (_sections ??= writer.Sections().Select(Permalinks.ForSection).ToHashSet(StringComparer.Ordinal)).Contains(address);

    private void Report(string path, ArticleLink link, string code, string message, string? suggestion, Severity severity = Severity.Error, string? target = null)
    {
        var reported = _reported[path] = _reported.GetValueOrDefault(path) + 1;
        if (reported <= ProblemList.Limit) writer.AddProblem(new Problem(path, link.Line, link.Column, severity, code, message, suggestion), true, target);
    }
}
