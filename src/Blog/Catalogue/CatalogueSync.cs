using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Blog.Content;

namespace Blog.Catalogue;

/// <summary>Brings the catalogue in step with the content folder, in one transaction: a reader sees the old site or the new one, never half.</summary>
internal sealed class CatalogueSync(ContentFolder folder, CatalogueFile file, ILogger log)
{
    private const int Chunk = 128;

    /// <summary>Reads what changed since the last sync and commits it. On failure the catalogue stays as it was.</summary>
    /// <param name="isFirst">True when there is no catalogue that a reader could have open.</param>
    /// <param name="cancelled">Leaves the catalogue as it was.</param>
    /// <param name="served">The version that readers have now; nothing is done when the folder is still that one.</param>
    /// <returns>What was done, or null for nothing.</returns>
    /// <exception cref="DirectoryNotFoundException">The content folder is not there: more likely unmounted than meant to be empty, so that the site keeps what it has.</exception>
    public SyncReport? Run(bool isFirst, CancellationToken cancelled, string? served = null)
    {
        var clock = Stopwatch.StartNew();
        if (!folder.Exists) throw new DirectoryNotFoundException($"The content folder {folder.Root} is not there.");
        var (found, folderProblems) = folder.Find();
        var rules = ContentRules.Read(folder, found);
        var version = Version(found, rules);
        if (!isFirst && version == served) return null;
        using var connection = isFirst ? file.BeginBuild() : file.OpenForWriting();
        using var writer = new CatalogueWriter(connection);
        var work = Plan(writer, found, rules);

        foreach (var path in work.Removed)
        {
            work.Terms.UnionWith(writer.TermsOf(path));
            work.Addresses.UnionWith(writer.AddressesOf(path));
            writer.Remove(path);
        }

        WriteChanged(writer, work, rules, cancelled);
        new PermalinkAssignment(writer, new Permalinks(rules.Settings), work).Run();
        new TermWriter(writer, rules).Write(work.IsWhole || writer.Fact("terms") != rules.TermsFingerprint ? null : work.Terms);
        if (work.IsWhole || writer.Fact("terms") != rules.TermsFingerprint) writer.TouchAll();
        else writer.TouchLinking([.. work.Removed, .. work.Changed.Select(changed => changed.Path), .. work.Addresses]);
        writer.ClearFolderProblems();
        foreach (var problem in folderProblems.Concat(rules.Problems)) writer.AddProblem(problem, false);
        new CrossFileCheck(writer, folder, new Permalinks(rules.Settings), rules).Run();

        var state = new SiteState(rules.Settings, SectionsOf(writer, rules), version);
        writer.SetFact("rendering", rules.RenderingFingerprint);
        writer.SetFact("terms", rules.TermsFingerprint);
        writer.SetFact("site", state.ToJson());
        var (errors, warnings, articles) = writer.Totals();
        writer.Commit();
        if (isFirst)
        {
            writer.Dispose();
            connection.Dispose();
            file.FinishBuild();
        }

        var report = new SyncReport(articles, work.Changed.Count, work.Removed.Count, errors, warnings, clock.Elapsed, state);
        log.LogInformation("Synced {Articles} articles in {Elapsed} ms: {Changed} read, {Removed} removed, {Errors} errors, {Warnings} warnings", articles, (long)clock.Elapsed.TotalMilliseconds, report.Changed, report.Removed, errors, warnings);
        return report;
    }

    private static SyncWork Plan(CatalogueWriter writer, IReadOnlyList<FoundFile> found, ContentRules rules)
    {
        var known = writer.KnownSources();
        var isWhole = writer.Fact("rendering") != rules.RenderingFingerprint;
        var work = new SyncWork { IsWhole = isWhole || known.Count == 0 };
        var bundlesChanged = new HashSet<string>(StringComparer.Ordinal);
        var articles = found.Where(file => file.Kind is ContentKind.Article or ContentKind.Page or ContentKind.SectionIndex).ToList();
        work.Paths = articles.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var article in articles)
        {
            var source = known.GetValueOrDefault(article.Path);
            if (!isWhole && source is not null && source.Size == article.Size && source.ModifiedAt == article.ModifiedAt) continue;
            work.Changed.Add(article);
            if (source is not null) work.Hashes[article.Path] = source.Hash;
            else if (ContentLayout.IsBundle(article.Path)) bundlesChanged.Add(article.Path);
        }

        work.Removed.AddRange(known.Keys.Where(path => !work.Paths.Contains(path)).Order(StringComparer.Ordinal));
        bundlesChanged.UnionWith(work.Removed.Where(ContentLayout.IsBundle));
        if (bundlesChanged.Count > 0 && !isWhole && known.Count > 0)
        {
            // A file becomes a part of its folder's bundle, or ceases to be one, without having changed.
            var changed = work.Changed.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
            foreach (var part in articles.Where(file => !changed.Contains(file.Path) && ContentLayout.ParentsOf(file.Path).Any(bundlesChanged.Contains))) work.Changed.Add(part);
        }

        return work;
    }

    /// <summary>Reads and renders in parallel, a chunk ahead of what is being written, so that memory stays bounded and the order stays that of the paths.</summary>
    private void WriteChanged(CatalogueWriter writer, SyncWork work, ContentRules rules, CancellationToken cancelled)
    {
        var permalinks = new Permalinks(rules.Settings);
        var next = ReadChunk(0);
        for (var start = 0; start < work.Changed.Count; start += Chunk)
        {
            var documents = next.GetAwaiter().GetResult();
            next = ReadChunk(start + Chunk);
            cancelled.ThrowIfCancellationRequested();
            foreach (var (found, hash, document) in documents)
            {
                writer.SetSource(found.Path, found.Size, found.ModifiedAt, hash);
                if (document is null) continue;
                if (!work.IsWhole)
                {
                    work.Terms.UnionWith(writer.TermsOf(found.Path));
                    work.Addresses.UnionWith(writer.AddressesOf(found.Path));
                }

                var place = Place(document, permalinks, work, rules);
                writer.Put(document, place);
                if (work.IsWhole) continue;
                work.Terms.UnionWith(writer.TermsOf(found.Path));
                work.Addresses.Add(place.Wanted);
            }
        }

        next.GetAwaiter().GetResult();

        Task<(FoundFile, string, ArticleDocument?)[]> ReadChunk(int start) => Task.Run(() =>
        {
            var chunk = new (FoundFile, string, ArticleDocument?)[Math.Clamp(work.Changed.Count - start, 0, Chunk)];
            Parallel.For(0, chunk.Length, i =>
            {
                var found = work.Changed[start + i];
                var source = folder.Read(found);
                var isSame = !work.IsWhole && source.Hash.Length > 0 && work.Hashes.GetValueOrDefault(found.Path) == source.Hash;
                chunk[i] = (found, source.Hash, isSame ? null : Read(source, found.Kind, rules));
            });
            return chunk;
        }, cancelled);
    }

    /// <summary>A fault of ours in one article must not keep all others from readers.</summary>
    private ArticleDocument Read(SourceFile source, ContentKind kind, ContentRules rules)
    {
        try
        {
            return ArticleReader.Read(source, kind, rules.Rendering);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogError(e, "Reading {Path} failed", source.Path);
            var problem = new Problem(source.Path, 1, 1, Severity.Error, "internal-error", $"The article could not be read, which is a fault of the site: {e.Message}", "Please report it with the article.");
            return ArticleReader.Read(source with { Text = "", IsReadable = false, Problems = [.. source.Problems, problem] }, kind, rules.Rendering);
        }
    }

    private static ArticlePlace Place(ArticleDocument document, Permalinks permalinks, SyncWork work, ContentRules rules)
    {
        var published = document.Metadata.PublishedAt;
        var year = published is { } date ? TimeZoneInfo.ConvertTime(date, rules.Rendering.Zone).Year : (int?)null;
        if (document.Kind == ContentKind.SectionIndex) return new ArticlePlace(ArticleKind.SectionIndex, Permalinks.ForSection(document.Section), year, null);
        var parent = document.Kind == ContentKind.Article ? ContentLayout.ParentsOf(document.Path).FirstOrDefault(work.Paths.Contains) : null;
        var kind = document.Kind == ContentKind.Page ? ArticleKind.Page : document.Metadata.Lessons.Count > 0 ? ArticleKind.Course : ArticleKind.Article;
        var wanted = document.Metadata.Permalink ?? (kind == ArticleKind.Page ? permalinks.ForPage(document.Slug) : permalinks.ForArticle(document.Section, document.Slug, published));
        return new ArticlePlace(kind, wanted, year, parent);
    }

    private static List<Section> SectionsOf(CatalogueWriter writer, ContentRules rules)
    {
        var found = writer.Sections().Select(section => section.Section).ToList();
        var order = rules.Settings.Sections.Select(section => section.Name).ToList();
        return found.OrderBy(name => order.IndexOf(name) is >= 0 and var index ? index : int.MaxValue).ThenBy(name => name, StringComparer.Ordinal).Select(name =>
        {
            var named = rules.Settings.Sections.FirstOrDefault(section => section.Name == name);
            var fromFile = rules.SectionFiles.FirstOrDefault(section => section.Name == name);
            var index = writer.SectionIndex(name);
            return new Section(name, named?.Title ?? index?.Title ?? fromFile?.Title ?? Slug.Humanise(name), named?.Description ?? index?.Description ?? fromFile?.Description);
        }).ToList();
    }

    /// <summary>The same for the same content and program, on every replica.</summary>
    private static string Version(IReadOnlyList<FoundFile> found, ContentRules rules)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(rules.RenderingFingerprint + rules.TermsFingerprint));
        foreach (var foundFile in found) hash.AppendData(Encoding.UTF8.GetBytes($"{foundFile.Path}\n{foundFile.Size}\n{foundFile.ModifiedAt}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}

/// <summary>What one sync has to do, and what it touched.</summary>
internal sealed class SyncWork
{
    /// <summary>True when every article is read again: a first start, or changed rules.</summary>
    public bool IsWhole { get; init; }

    /// <summary>All article files that are there.</summary>
    public HashSet<string> Paths { get; set; } = [];

    public List<FoundFile> Changed { get; } = [];

    public List<string> Removed { get; } = [];

    /// <summary>Hashes that changed files had before.</summary>
    public Dictionary<string, string> Hashes { get; } = new(StringComparer.Ordinal);

    /// <summary>Terms that gained or lost an article.</summary>
    public HashSet<(Taxonomy, string)> Terms { get; } = [];

    /// <summary>Addresses that an article gained or lost.</summary>
    public HashSet<string> Addresses { get; } = new(StringComparer.Ordinal);
}
