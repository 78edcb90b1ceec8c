using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Blog.Content;
using Blog.Content.Search;
using Blog.Images;

namespace Blog.Catalogue;

/// <summary>
/// Brings the catalogue in step with the content folder, in one transaction: a reader sees the old site or the new one, never half.
/// It remembers the rules and the last look, so that a change of one article costs that article and what refers to it, whatever the size of the site.
/// </summary>
internal sealed class CatalogueSync(ContentFolder folder, CatalogueFile file, TimeSpan hold, TimeProvider clock, ILogger log, bool isSearched = true)
{
    /// <summary>The usual <see cref="MaxIndexedAtOnce"/>.</summary>
    public const int IndexedAtOnce = 2000;

    private const int Chunk = 128;

    // With one alone, processors wait for each other whenever it ends.
    private const int ChunksAhead = 2;

    /// <summary>In place of the stamp of the redirects' file, when the catalogue knows more than could be kept there.</summary>
    private const string Unsaved = "unsaved";

    // Fewer than these are deleted as a matter of course; of more, half the site at once may be an accident.
    private const int FewDeletions = 10;

    // How exact the times of files are, at worst: what was written so shortly before a look may be written once more without showing a later time.
    private static readonly TimeSpan TimeGrain = TimeSpan.FromSeconds(2);

    private readonly RedirectFile _redirects = new(file.RedirectsPath);
    private readonly ChangedKeys _changed = new();

    // New files that are still being written, with their sizes.
    private readonly Dictionary<string, long> _awaited = new(StringComparer.Ordinal);
    private ContentRules? _rules;
    private IReadOnlyList<FoundFile> _ruleFiles = [];
    private IReadOnlyList<Problem> _folderProblems = [];
    private bool _hasLinks;
    private string? _lastLook;
    private long _lookedAt;

    /// <summary>True for a catalogue of the folder as it is now, whatever was there before, that only problems are read from: no last good versions, no redirects, no search index.</summary>
    public bool IsMirror { get; init; }

    /// <summary>With more articles to read at once than these, readers have them before they can be searched for: <see cref="Index"/>.</summary>
    public int MaxIndexedAtOnce { get; init; } = IndexedAtOnce;

    /// <summary>What completes the search index after a sync that left that for later.</summary>
    public SearchIndexing Index { get; } = new(file, clock) { IsSearched = isSearched };

    /// <summary>Files that the last run found to be still being written.</summary>
    public IReadOnlyList<string> Deferred { get; private set; } = [];

    /// <summary>Deletions that the last run held back; null for none.</summary>
    public HeldDeletions? Held { get; private set; }

    /// <summary>Why redirects could not be kept in the data folder; null when they are.</summary>
    public string? RedirectTrouble { get; private set; }

    /// <summary>Reads what changed since the last sync and commits it. On failure the catalogue stays as it was.</summary>
    /// <param name="scope">Where to look.</param>
    /// <param name="isFirst">True when there is no catalogue that a reader could have open.</param>
    /// <param name="cancelled">Leaves the catalogue as it was.</param>
    /// <returns>What was done, or null for nothing.</returns>
    /// <exception cref="DirectoryNotFoundException">The content folder is not there: more likely unmounted than meant to be empty, so that the site keeps what it has.</exception>
    public SyncReport? Run(SyncScope scope, bool isFirst, CancellationToken cancelled)
    {
        try
        {
            return RunOnce(scope, isFirst, cancelled);
        }
        finally
        {
            Index.Outdate(IsMirror ? null : _rules);
        }
    }

    private SyncReport? RunOnce(SyncScope scope, bool isFirst, CancellationToken cancelled)
    {
        var (started, now, awaited) = (clock.GetTimestamp(), clock.GetUtcNow(), Deferred);
        Deferred = [];
        if (!folder.Exists) throw new DirectoryNotFoundException($"The content folder {folder.Root} is not there.");
        if (isFirst || _rules is null || _hasLinks) scope = scope.Widened();
        var isStart = _rules is null;
        var found = Look(ref scope);
        var look = scope.Paths is null ? Fingerprint(found) : null;
        if (!isFirst && look is not null && look == _lastLook && Held is null && RedirectTrouble is null) return null;

        using var connection = isFirst ? file.BeginBuild() : file.OpenForWriting();
        using var writer = new CatalogueWriter(connection, now, isFirst) { IsSearched = isSearched };
        if (scope.Paths?.Any(writer.HasFolderProblems) == true)
        {
            scope = scope.Widened();
            found = Look(ref scope);
            look = Fingerprint(found);
        }

        var known = scope.Paths is null ? writer.KnownSources() : scope.Paths.SelectMany(writer.SourcesAt).DistinctBy(source => source.Path).ToDictionary(source => source.Path, StringComparer.Ordinal);
        if (scope.Paths is null && IsMissingSome(found, known))
        {
            // What was moved while the folder was being looked through may have been met in neither place, and would be taken for deleted.
            found = folder.Find();
            look = Fingerprint(found);
        }

        var work = Plan(scope, found, known, isFirst);
        var wasHeld = Held is not null;
        if (HoldsDeletions(writer, work, found, scope, now) && !KeepDeletions(work, known))
        {
            writer.Commit();
            return null;
        }

        var ruleFiles = RuleFiles(scope, found, work, known);
        var isTold = scope.Paths is not null && found.Files.Any(rule => ContentRules.IsRule(rule.Kind));
        var rules = _rules is not null && (ruleFiles.SequenceEqual(_ruleFiles) && !isTold || work.Deferred.Any(path => ContentRules.IsRule(ContentLayout.KindOf(path)))) ? _rules : ContentRules.Read(folder, ruleFiles, _rules?.Settings ?? SiteState.FromJson(writer.Fact("site"))?.Settings);
        if (isFirst || writer.Fact("rendering") != rules.RenderingFingerprint)
        {
            if (scope.Paths is not null)
            {
                writer.Dispose();
                connection.Dispose();
                return RunOnce(scope.Widened(), isFirst, cancelled);
            }

            work.IsWhole = true;
            work.Changed.Clear();
            work.Changed.AddRange(found.Files.Where(article => IsArticle(article.Kind) && !work.Deferred.Contains(article.Path)));
        }
        else AddPartsOfBundles(writer, scope, found, work, known, awaited);
        // Read by another version of the program, or without what it needs.
        if (scope.Paths is null && !isFirst && writer.Fact("pictures") != PictureReader.Version) work.Others.AddRange(found.Files.Where(IsPicture).Except(work.Others).Where(picture => !work.Deferred.Contains(picture.Path)));

        var areProblemsKnown = scope.Paths is not null || found.Problems.SequenceEqual(_folderProblems);
        var isSaved = !isFirst && SaveRedirects(writer);
        if (!isFirst && work is { Changed.Count: 0, Others.Count: 0, Removed.Count: 0 } && ReferenceEquals(rules, _rules) && areProblemsKnown)
        {
            Remember(scope, found, look, rules, ruleFiles, now, work);
            if (isSaved || wasHeld || Held is not null) writer.Commit();
            return null;
        }

        var sections = isFirst ? [] : writer.Sections();
        RestoreRedirects(writer, work, isFirst);
        writer.IndexRules = IsMirror ? null : _rules ?? rules;
        if (work.IsWhole && !isFirst) writer.ClearSearch();
        var isIndexedLater = work.IsWhole && work.Changed.Count > MaxIndexedAtOnce;
        if (isIndexedLater) Index.Begin();
        WriteOthers(writer, work, rules, isFirst);
        WriteChanged(writer, work, rules, !IsMirror && !isIndexedLater, cancelled);
        Remove(writer, work);
        var permalinks = new Permalinks(rules.Settings);
        new PermalinkAssignment(writer, permalinks, work).Run();
        var learning = Learn(writer, isFirst, now);
        WriteTerms(writer, work, rules, permalinks);
        if (work.IsWhole && !isFirst && !isIndexedLater) IndexMissing(writer, rules);
        work.Addresses.UnionWith(sections.Except(writer.Sections()).Union(writer.Sections().Except(sections)).Select(Permalinks.ForSection));
        if (work.IsWhole) writer.TouchAll();
        else foreach (var address in work.Addresses.Union(learning.Touched)) writer.TouchLinking(address);
        if (scope.Paths is null || !ReferenceEquals(rules, _rules))
        {
            writer.ClearFolderProblems();
            foreach (var problem in (scope.Paths is null ? found.Problems : _folderProblems).Concat(rules.Problems)) writer.AddProblem(problem, false);
        }

        new CrossFileCheck(writer, folder, permalinks, rules).Run();
        var state = StateOf(writer, rules);
        var served = SiteState.FromJson(writer.Fact("site"));
        writer.SetFact("rendering", rules.RenderingFingerprint);
        writer.SetFact("terms", rules.TermsFingerprint);
        writer.SetFact("site", state.ToJson());
        if (scope.Paths is null) writer.SetFact("pictures", PictureReader.Version);
        var files = Report(writer, work, learning);
        NoteKeys(writer, served, state, isFirst || work.IsWhole);
        var (errors, warnings, articles) = writer.Counts;
        writer.Commit();
        if (isFirst)
        {
            writer.Dispose();
            connection.Dispose();
            file.FinishBuild();
        }

        Remember(scope, found, look, rules, ruleFiles, now, work);
        // A file that was only touched has another time, which its page says.
        if (!isStart && areProblemsKnown && served?.Version == state.Version && work is { Written.Count: 0, Kept.Count: 0, Removed.Count: 0 } && _changed.IsEmpty) return null;
        var report = new SyncReport(articles, work.Written.Count + work.Kept.Count, work.Removed.Count(source => IsArticle(source.Kind)), errors, warnings, clock.GetElapsedTime(started), state) { At = now, Reason = scope.Reason, Files = files, Keys = _changed.Take() };
        log.LogInformation("Synced {Articles} articles in {Elapsed} ms: {Changed} read, {Removed} removed, {Errors} errors, {Warnings} warnings", articles, (long)report.Elapsed.TotalMilliseconds, report.Changed, report.Removed, errors, warnings);
        foreach (var path in work.Kept) log.LogWarning("{Path} can't be read as an article; its last good version stays online", path);
        return report;
    }

    /// <summary>Lets the clock do its part: the articles whose hour has come since the last sync appear or leave. Null when there is none.</summary>
    /// <param name="served">The site as readers have it.</param>
    public SyncReport? Tick(SiteState served)
    {
        var (started, now) = (clock.GetTimestamp(), clock.GetUtcNow());
        using var connection = file.OpenForWriting();
        using var writer = new CatalogueWriter(connection, now);
        if (_rules is not { } rules || StateOf(writer, rules) is not { } state || state.Version == served.Version) return null;
        var files = writer.MovedByClock(writer.AdvanceMoment() ?? 0);
        writer.SetFact("site", state.ToJson());
        NoteKeys(writer, served, state, false);
        var (errors, warnings, articles) = writer.Counts;
        writer.Commit();
        foreach (var moved in files) log.LogInformation("{Path} was {Change} by the clock", moved.Path, moved.Change == FileChange.Published ? "published" : "taken offline");
        return new SyncReport(articles, 0, 0, errors, warnings, clock.GetElapsedTime(started), state) { At = now, Reason = SyncReason.Clock, Files = files, Keys = _changed.Take() };
    }

    /// <summary>When the next article comes or goes by its dates; null for never.</summary>
    public DateTimeOffset? NextMoment()
    {
        using var connection = file.OpenForWriting();
        using var writer = new CatalogueWriter(connection, clock.GetUtcNow());
        return writer.NextMoment() is { } next ? DateTimeOffset.FromUnixTimeMilliseconds(next) : null;
    }

    /// <summary>Dates articles by their last commits. Null when that changes nothing that readers see.</summary>
    public SyncReport? Date(CommitHistory history)
    {
        var (started, now) = (clock.GetTimestamp(), clock.GetUtcNow());
        using var connection = file.OpenForWriting();
        using var writer = new CatalogueWriter(connection, now);
        writer.SetCommitDates(history);
        writer.SetFact("history", history.Head);
        if (_rules is not { } rules) return null;
        var (served, state) = (SiteState.FromJson(writer.Fact("site")), StateOf(writer, rules));
        writer.SetFact("site", state.ToJson());
        NoteKeys(writer, served, state, false);
        var (errors, warnings, articles) = writer.Counts;
        writer.Commit();
        log.LogInformation("Dated {Files} files by git in {Elapsed} ms", history.Dates.Count, (long)clock.GetElapsedTime(started).TotalMilliseconds);
        return history.Dates.Count == 0 && _changed.IsEmpty ? null : new SyncReport(articles, 0, 0, errors, warnings, clock.GetElapsedTime(started), state) { At = now, Reason = SyncReason.History, Keys = _changed.Take() };
    }

    /// <summary>The commit by which articles are dated; empty when there was none to be found, null before git was asked.</summary>
    public string? DatedUpTo()
    {
        using var connection = file.OpenForWriting();
        using var writer = new CatalogueWriter(connection, clock.GetUtcNow());
        return writer.Fact("history");
    }

    private static bool IsPicture(FoundFile file) => file.Kind is ContentKind.Asset or ContentKind.Static && PictureFormats.OfName(file.Path) is not null;

    private static bool IsArticle(ContentKind kind) => kind is ContentKind.Article or ContentKind.Page or ContentKind.SectionIndex;

    /// <summary>Looks where the scope says; at everything when a link or a misnamed folder is found there, which may show the same files elsewhere.</summary>
    private FoundFolder Look(ref SyncScope scope)
    {
        if (scope.Paths is not null)
        {
            var part = folder.Find(scope.Paths);
            if (part is { Problems.Count: 0, Links.Count: 0 }) return part;
            scope = scope.Widened();
        }

        return folder.Find();
    }

    private static bool IsMissingSome(FoundFolder found, Dictionary<string, Source> known)
    {
        var paths = found.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        return known.Keys.Any(path => !paths.Contains(path));
    }

    private SyncWork Plan(SyncScope scope, FoundFolder found, Dictionary<string, Source> known, bool isFirst)
    {
        var work = new SyncWork();
        foreach (var article in found.Files)
        {
            var source = known.GetValueOrDefault(article.Path);
            if (source is null) work.Added.Add(article.Path);
            // What the system told of is read whatever its size and time say.
            else if (scope.Paths is null && source.Size == article.Size && source.ModifiedAt == article.ModifiedAt && (_lookedAt == 0 || article.ModifiedAt < _lookedAt - TimeGrain.Ticks)) continue;
            if (!isFirst && scope.Settling?.IsSettled(article) == false)
            {
                work.Deferred.Add(article.Path);
                continue;
            }

            if (source is not null) work.Hashes[article.Path] = source.Hash;
            if (IsArticle(article.Kind)) work.Changed.Add(article);
            else if (source is null || source.Size != article.Size || source.ModifiedAt != article.ModifiedAt || ContentRules.IsRule(article.Kind) || IsPicture(article)) work.Others.Add(article);
        }

        var paths = found.Files.Select(article => article.Path).ToHashSet(StringComparer.Ordinal);
        work.Removed.AddRange(known.Values
            .Where(source => !paths.Contains(source.Path) && !found.Unreadable.Any(unread => source.Path.StartsWith(unread, StringComparison.Ordinal)))
            .OrderBy(source => source.Path, StringComparer.Ordinal));
        Await(scope, work, found);
        LeaveWhatMayHaveMoved(work, known);
        return work;
    }

    /// <summary>Notes which new files are waited for: by this sync, and by those before that looked elsewhere.</summary>
    private void Await(SyncScope scope, SyncWork work, FoundFolder found)
    {
        if (scope.Paths is null) _awaited.Clear();
        foreach (var file in found.Files) _awaited.Remove(file.Path);
        if (work.Deferred.Count > 0)
        {
            var deferred = work.Deferred.Where(work.Added.Contains).ToHashSet(StringComparer.Ordinal);
            foreach (var file in found.Files.Where(file => deferred.Contains(file.Path))) _awaited[file.Path] = file.Size;
        }

        foreach (var gone in _awaited.Keys.Where(path => folder.Resolve(path) is null).ToList()) _awaited.Remove(gone);
    }

    /// <summary>While a new file is waited for, one that went may be the same under its old name: it stays until that is known, and with it the last good version.</summary>
    private void LeaveWhatMayHaveMoved(SyncWork work, Dictionary<string, Source> known)
    {
        if (_awaited.Count == 0) return;
        var sizes = _awaited.Values.ToHashSet();
        foreach (var source in work.Removed.Where(source => IsArticle(source.Kind) && sizes.Contains(source.Size)).ToList())
        {
            work.Removed.Remove(source);
            work.Deferred.Add(source.Path);
            known.Remove(source.Path);
        }
    }

    /// <summary>True when so much is gone at once that it may be an accident, such as a volume that is not mounted, and is neither confirmed nor has been gone for long.</summary>
    private bool HoldsDeletions(CatalogueWriter writer, SyncWork work, FoundFolder found, SyncScope scope, DateTimeOffset now)
    {
        var articles = writer.Counts.Articles;
        var lost = work.Removed.Count(source => IsArticle(source.Kind));
        var net = lost - work.Added.Count(path => IsArticle(ContentLayout.KindOf(path)));
        var isSudden = articles > 0 && (scope.Paths is null && found.Files.Count == 0 || net >= FewDeletions && net * 2 > articles || net > 1 && net >= articles);
        if (!isSudden || hold == TimeSpan.Zero || scope.ConfirmsDeletions)
        {
            // A look at a part of the folder says nothing of what is missing elsewhere.
            if (scope.Paths is null || isSudden)
            {
                writer.SetFact("heldSince", null);
                Held = null;
            }

            return false;
        }

        var since = Held?.Since ?? (writer.Fact("heldSince") is { } stored ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(stored, CultureInfo.InvariantCulture)) : now);
        if (now >= since + hold)
        {
            log.LogWarning("{Lost} articles have been gone for {Hold}; they leave the site", lost, hold);
            writer.SetFact("heldSince", null);
            Held = null;
            return false;
        }

        if (Held is null) log.LogError("{Lost} of {Articles} articles are gone from {Folder} all at once. They stay online until {Until:u} in case that is an accident; to let them go now, confirm it on the desk or restart with Blog__HoldDeletionsSeconds=0", lost, articles, folder.Root, since + hold);
        writer.SetFact("heldSince", since.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        Held = new HeldDeletions(lost, since, since + hold);
        return true;
    }

    /// <summary>Leaves what is gone in the catalogue. False when nothing else can be done either, because it isn't known by which rules.</summary>
    private bool KeepDeletions(SyncWork work, Dictionary<string, Source> known)
    {
        var isWithoutRules = _rules is null && work.Removed.Any(source => ContentRules.IsRule(source.Kind));
        foreach (var source in work.Removed) known.Remove(source.Path);
        work.Removed.Clear();
        return !isWithoutRules;
    }

    private IReadOnlyList<FoundFile> RuleFiles(SyncScope scope, FoundFolder found, SyncWork work, Dictionary<string, Source> known)
    {
        var seen = found.Files.Where(rule => ContentRules.IsRule(rule.Kind)).ToList();
        if (scope.Paths is null && Held is null) return seen;
        // Files out of sight, and those that are held, stay as they were.
        var gone = work.Removed.Select(source => source.Path).ToHashSet(StringComparer.Ordinal);
        var here = seen.Select(rule => rule.Path).ToHashSet(StringComparer.Ordinal);
        return [.. _ruleFiles.Where(rule => !gone.Contains(rule.Path) && !here.Contains(rule.Path)).Concat(seen).OrderBy(rule => rule.Path, StringComparer.Ordinal)];
    }

    /// <summary>A file becomes a part of its folder's bundle, or ceases to be one, without having changed.</summary>
    private static void AddPartsOfBundles(CatalogueWriter writer, SyncScope scope, FoundFolder found, SyncWork work, Dictionary<string, Source> known, IReadOnlyList<string> awaited)
    {
        // One that was awaited may have gone before it was read, and one that is missing may have been awaited by a program that was stopped.
        var bundles = work.Added.Concat(work.Removed.Select(source => source.Path)).Concat(awaited).Concat(scope.Paths is null ? writer.MissingParents() : [])
            .Where(path => ContentLayout.IsMarkdown(path) && ContentLayout.IsBundle(path)).ToHashSet(StringComparer.Ordinal);
        if (bundles.Count == 0 || known.Count == 0 && scope.Paths is null) return;
        var changed = work.Changed.Select(article => article.Path).Concat(work.Deferred).Concat(work.Removed.Select(source => source.Path)).ToHashSet(StringComparer.Ordinal);
        var files = scope.Paths is null ? found.Files : bundles.Select(bundle => bundle[..bundle.LastIndexOf('/')]).Distinct().SelectMany(writer.SourcesAt).Select(source => new FoundFile(source.Path, source.Kind, source.Size, source.ModifiedAt));
        foreach (var part in files.Where(part => IsArticle(part.Kind) && !changed.Contains(part.Path) && ContentLayout.ParentsOf(part.Path).Any(bundles.Contains)).ToList()) work.Changed.Add(part);
    }

    /// <summary>Keeps all redirects in the data folder, where some could not be kept before. True when it did.</summary>
    private bool SaveRedirects(CatalogueWriter writer)
    {
        if (writer.Fact("redirects") != Unsaved) return false;
        try
        {
            _redirects.Replace(writer.AllRedirects());
            writer.SetFact("redirects", _redirects.Stamp);
            RedirectTrouble = null;
            log.LogInformation("The redirects are kept in {Path} again", file.RedirectsPath);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Trouble(e);
            return false;
        }
    }

    private void Trouble(Exception exception)
    {
        if (RedirectTrouble is null) log.LogError("New redirects can't be kept in {Path}: {Reason}. They hold until the catalogue is made anew. Once the file can be written, they are kept by themselves", file.RedirectsPath, exception.Message);
        RedirectTrouble = $"New redirects can't be kept in {file.RedirectsPath}: {exception.Message}";
    }

    /// <summary>The redirects of the data folder, where the catalogue has not those: after a kill that came between keeping them there and here, too. Links that led by others are looked at again.</summary>
    private void RestoreRedirects(CatalogueWriter writer, SyncWork work, bool isFirst)
    {
        if (isFirst) RedirectTrouble = null;
        else if (writer.Fact("redirects") is var kept && (kept == Unsaved || kept == _redirects.Stamp)) return;
        try
        {
            var learned = _redirects.Read();
            // An empty data folder forgets them, but not a catalogue that still knows.
            if (learned.Count == 0 && !isFirst && writer.AllRedirects() is { Count: > 0 } own) _redirects.Append(own.Select(redirect => (redirect.Address, (Redirect?)redirect)));
            else
            {
                var (before, now) = (writer.AllRedirects().Select(redirect => (redirect.Address, redirect.Target)), learned.Select(redirect => (redirect.Address, redirect.Target)));
                work.Addresses.UnionWith(before.Except(now).Union(now.Except(before)).SelectMany(redirect => RedirectLearning.LinksBy(redirect.Address)));
                writer.ClearRedirects();
                foreach (var redirect in learned) writer.PutRedirect(redirect);
            }

            writer.SetFact("redirects", _redirects.Stamp);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogError("The redirects in {Path} can't be read: {Reason}", file.RedirectsPath, e.Message);
        }
    }

    private RedirectLearning Learn(CatalogueWriter writer, bool isFirst, DateTimeOffset now)
    {
        var learning = new RedirectLearning(writer, now);
        if (isFirst) return learning;
        learning.Run();
        if (IsMirror) writer.ClearRedirects();
        if (IsMirror || !learning.Changes.Any()) return learning;
        try
        {
            _redirects.Append(learning.Changes);
            if (writer.Fact("redirects") != Unsaved) writer.SetFact("redirects", _redirects.Stamp);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            writer.SetFact("redirects", Unsaved);
            Trouble(e);
        }

        return learning;
    }

    /// <summary>Settings and data files, which have been read as rules; pictures, of which what pages need is read now; and what is not read at all.</summary>
    private void WriteOthers(CatalogueWriter writer, SyncWork work, ContentRules rules, bool isFirst)
    {
        var isReadAnew = writer.Fact("pictures") != PictureReader.Version;
        for (var start = 0; start < work.Others.Count; start += Chunk)
        {
            var pictures = new PictureFile?[Math.Min(Chunk, work.Others.Count - start)];
            Parallel.For(0, pictures.Length, i =>
            {
                var other = work.Others[start + i];
                if (IsPicture(other)) pictures[i] = PictureReader.Read(other.Path, folder.Resolve(other.Path));
            });
            for (var i = 0; i < pictures.Length; i++)
            {
                var other = work.Others[start + i];
                writer.SetSource(other, pictures[i]?.Hash ?? rules.Hashes.GetValueOrDefault(other.Path, ""));
                if (pictures[i] is { } picture && (isFirst || isReadAnew || picture.Hash.Length == 0 || work.Hashes.GetValueOrDefault(other.Path) != picture.Hash)) writer.PutPicture(other.Path, picture);
                if (work.Added.Contains(other.Path)) work.Addresses.UnionWith(AddressesOfAsset(other.Path));
            }
        }
    }

    private static IEnumerable<string> AddressesOfAsset(string path)
    {
        yield return path;
        yield return Permalinks.Canonical(Permalinks.AssetPrefix + path);
        if (path.StartsWith("static/", StringComparison.Ordinal)) yield return Permalinks.Canonical(path[6..]);
    }

    /// <summary>Reads and renders in parallel, some chunks ahead of what is being written, so that memory stays bounded and the order stays that of the paths.</summary>
    private void WriteChanged(CatalogueWriter writer, SyncWork work, ContentRules rules, bool indexes, CancellationToken cancelled)
    {
        var permalinks = new Permalinks(rules.Settings);
        var paths = work.IsWhole ? work.Changed.Select(article => article.Path).Concat(work.Deferred).ToHashSet(StringComparer.Ordinal) : null;
        var removed = work.Removed.Select(source => source.Path).ToHashSet(StringComparer.Ordinal);
        // While names of terms change, the index waits for these.
        var isIndexed = indexes && (work.IsWhole || writer.Fact("terms") == rules.TermsFingerprint);
        var asksGit = CommitDates.IsWorkTree(folder.Root) && writer.Fact("history") is null;
        work.Changed.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        // The same text is another article once it has another place.
        foreach (var article in work.Changed.Where(article => article.Kind == ContentKind.Article && work.Hashes.ContainsKey(article.Path)))
        {
            if (writer.ParentOf(article.Path) != ContentLayout.ParentsOf(article.Path).FirstOrDefault(IsThere)) work.Hashes.Remove(article.Path);
        }

        var (ahead, begun) = (new Queue<Task<(FoundFile, string, ArticleDocument?, SearchEntry?)[]>>(), 0);
        ReadAhead();
        while (ahead.TryDequeue(out var next))
        {
            var documents = next.GetAwaiter().GetResult();
            ReadAhead();
            cancelled.ThrowIfCancellationRequested();
            foreach (var (found, hash, document, entry) in documents)
            {
                var committed = writer.CommittedAt(found.Path);
                writer.SetSource(found, hash);
                var modified = committed is { } at ? (at, ModifiedSource.Commit) : asksGit ? ((long?)null, ModifiedSource.Unknown) : (ToUnixMilliseconds(found.ModifiedAt), ModifiedSource.File);
                if (document is null) writer.SetFileTime(found.Path, modified);
                else Write(document, hash, modified, entry);
            }
        }

        void ReadAhead()
        {
            for (; ahead.Count < ChunksAhead && begun < work.Changed.Count; begun += Chunk) ahead.Enqueue(ReadChunk(begun));
        }

        void Write(ArticleDocument document, string hash, (long?, ModifiedSource) modified, SearchEntry? entry)
        {
            if (document.IsBroken && !IsMirror && (writer.HasArticle(document.Path) || writer.MoveLastGood(hash, document, IsGone)))
            {
                Note(writer, work, document.Path);
                var last = writer.PlaceOf(document.Path);
                writer.KeepLastGood(document, last.Permalink ?? Wanted(last.Kind, last.Section, last.Slug, last.Published, permalinks), document.Kind == ContentKind.Article ? ContentLayout.ParentsOf(document.Path).FirstOrDefault(IsThere) : null);
                Note(writer, work, document.Path);
                work.Kept.Add(document.Path);
                work.Addresses.UnionWith(FileLinks.TargetsOf(document.Path));
                return;
            }

            Note(writer, work, document.Path);
            var place = Place(document, permalinks, IsThere, rules, modified);
            writer.Put(document, place, hash, entry);
            Note(writer, work, document.Path);
            if (!work.IsWhole) work.Addresses.UnionWith(FileLinks.TargetsOf(document.Path));
            work.Written.Add(document.Path);
        }

        // Of a move, this sync may have been told of the new name only.
        bool IsGone(string path) => removed.Contains(path) || folder.Resolve(path) is null;

        bool IsThere(string path) => paths?.Contains(path) ?? (work.Added.Contains(path) || (!removed.Contains(path) && writer.HasSource(path)));

        Task<(FoundFile, string, ArticleDocument?, SearchEntry?)[]> ReadChunk(int start) => Task.Run(() =>
        {
            var chunk = new (FoundFile, string, ArticleDocument?, SearchEntry?)[Math.Min(work.Changed.Count - start, Chunk)];
            Parallel.For(0, chunk.Length, i =>
            {
                var found = work.Changed[start + i];
                var source = folder.Read(found);
                var isSame = !work.IsWhole && source.Hash.Length > 0 && work.Hashes.GetValueOrDefault(found.Path) == source.Hash;
                var document = isSame ? null : Read(source, found.Kind, rules);
                chunk[i] = (found, source.Hash, document, document is not null && isIndexed && rules.SourceOf(document) is { } text ? writer.EntryOf(text) : null);
            });
            return chunk;
        }, cancelled);
    }

    /// <summary>Notes what pages and links elsewhere may show of an article: before it changes, and after.</summary>
    private static void Note(CatalogueWriter writer, SyncWork work, string path)
    {
        if (work.IsWhole) return;
        work.Terms.UnionWith(writer.TermsOf(path));
        work.Addresses.UnionWith(writer.AddressesOf(path));
        if (writer.YearOf(path) is { } year) work.Addresses.Add(Permalinks.ForYear(year));
    }

    private static void Remove(CatalogueWriter writer, SyncWork work)
    {
        foreach (var source in work.Removed)
        {
            Note(writer, work, source.Path);
            work.Addresses.UnionWith(IsArticle(source.Kind) ? FileLinks.TargetsOf(source.Path) : AddressesOfAsset(source.Path));
            writer.Remove(source.Path);
        }
    }

    private void WriteTerms(CatalogueWriter writer, SyncWork work, ContentRules rules, Permalinks permalinks)
    {
        var terms = new TermWriter(writer, rules, permalinks);
        var stored = writer.Fact("terms");
        if (work.IsWhole || stored != rules.TermsFingerprint && _rules?.TermsFingerprint != stored)
        {
            terms.Write(null);
            if (work.IsWhole) return;
            writer.TouchAll();
            writer.ClearSearch();
            IndexMissing(writer, rules);
            return;
        }

        if (stored != rules.TermsFingerprint)
        {
            var changed = rules.ProfilesOtherThan(_rules!);
            work.Terms.UnionWith(changed);
            foreach (var (taxonomy, key) in changed) writer.TouchNaming(taxonomy, key);
            // Which described name is nearest to an unknown one may be another now.
            foreach (var code in new[] { "unknown-author", "unknown-category" }) writer.TouchWithProblem(code);
            foreach (var id in writer.ArticlesNaming(changed)) writer.RemoveFromIndex(id);
            if (!IsMirror) writer.IndexRules = rules;
            foreach (var id in writer.ArticlesNaming(changed).Union(work.Written.Select(writer.IdOf))) writer.IndexStored(id);
        }

        work.Addresses.UnionWith(terms.Write(work.Terms));
    }

    /// <summary>Puts all that is not in the search index there.</summary>
    private void IndexMissing(CatalogueWriter writer, ContentRules rules)
    {
        if (IsMirror) return;
        writer.IndexRules = rules;
        foreach (var (id, source) in writer.MissingInIndex(0, int.MaxValue)) writer.Index(id, writer.EntryOf(source));
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

    private static ArticlePlace Place(ArticleDocument document, Permalinks permalinks, Func<string, bool> isThere, ContentRules rules, (long? At, ModifiedSource From) modified)
    {
        var published = document.Metadata.PublishedAt;
        if (document.Metadata.ModifiedAt is { } stated) modified = (stated.ToUnixTimeMilliseconds(), ModifiedSource.FrontMatter);
        var year = published is { } date ? TimeZoneInfo.ConvertTime(date, rules.Rendering.Zone).Year : (int?)null;
        if (document.Kind == ContentKind.SectionIndex) return new ArticlePlace(ArticleKind.SectionIndex, Wanted(ArticleKind.SectionIndex, document.Section, document.Slug, published, permalinks), year, null, modified);
        var parent = document.Kind == ContentKind.Article ? ContentLayout.ParentsOf(document.Path).FirstOrDefault(isThere) : null;
        var kind = document.Kind == ContentKind.Page ? ArticleKind.Page : document.Metadata.Lessons.Count > 0 ? ArticleKind.Course : ArticleKind.Article;
        return new ArticlePlace(kind, document.Metadata.Permalink ?? Wanted(kind, document.Section, document.Slug, published, permalinks), year, parent, modified);
    }

    /// <summary>The address that follows from the site's patterns.</summary>
    private static string Wanted(ArticleKind kind, string section, string slug, DateTimeOffset? published, Permalinks permalinks) => kind switch
    {
        ArticleKind.SectionIndex => Permalinks.ForSection(section),
        ArticleKind.Page => permalinks.ForPage(slug),
        _ => permalinks.ForArticle(section, slug, published),
    };

    private static SiteState StateOf(CatalogueWriter writer, ContentRules rules)
    {
        var order = rules.Settings.Sections.Select(section => section.Name).ToList();
        var sections = writer.Sections().Where(writer.IsSectionPublished).OrderBy(name => order.IndexOf(name) is >= 0 and var index ? index : int.MaxValue).ThenBy(name => name, StringComparer.Ordinal).Select(name =>
        {
            var named = rules.Settings.Sections.FirstOrDefault(section => section.Name == name);
            var fromFile = rules.SectionFiles.FirstOrDefault(section => section.Name == name);
            var index = writer.SectionIndex(name);
            return new Section(name, named?.Title ?? index?.Title ?? fromFile?.Title ?? Slug.Humanise(name), named?.Description ?? index?.Description ?? fromFile?.Description);
        }).ToList();
        // The same for the same content, program and hour, on every replica.
        var version = $"{writer.Content} {rules.RenderingFingerprint} {rules.TermsFingerprint} {writer.LastMoment()} {writer.Fact("history")}";
        return new SiteState(rules.Settings, sections, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version)))[..16]) { Css = rules.Css };
    }

    /// <summary>Notes what pages show otherwise from this transaction on; it stays noted until a report tells of it.</summary>
    private void NoteKeys(CatalogueWriter writer, SiteState? served, SiteState state, bool isWhole)
    {
        if (isWhole || served?.LooksLike(state) != true || writer.FindChangedKeys() is not { IsAll: false } changed) _changed.AddAll();
        else _changed.Add(changed.Take());
    }

    private static List<SyncedFile> Report(CatalogueWriter writer, SyncWork work, RedirectLearning learning)
    {
        var byClock = writer.AdvanceMoment() is { } since && since != writer.LastMoment() ? writer.MovedByClock(since) : [];
        var renamed = learning.Renamed.Values.ToHashSet(StringComparer.Ordinal);
        return work.Written.Concat(work.Kept).Select(path => (path, isGone: false))
            .Concat(work.Removed.Where(source => !renamed.Contains(source.Path)).Select(source => (path: source.Path, isGone: true)))
            .Concat(work.Others.Select(other => (path: other.Path, isGone: false)))
            .OrderBy(file => file.path, StringComparer.Ordinal).Take(SyncReport.MaxFiles)
            .Select(file => Describe(file.path, file.isGone))
            .Concat(byClock.Where(moved => !work.Written.Contains(moved.Path))).Take(SyncReport.MaxFiles).ToList();

        SyncedFile Describe(string path, bool isGone)
        {
            if (isGone) return new SyncedFile(path, FileChange.Removed);
            var article = writer.ArticleAt(path);
            var from = learning.Renamed.GetValueOrDefault(path);
            var (errors, warnings) = writer.ProblemsOf(path);
            var change = work.Kept.Contains(path) ? FileChange.KeptLastGood : from is not null ? FileChange.Renamed : work.Added.Contains(path) ? FileChange.Added : FileChange.Changed;
            return new SyncedFile(path, change, article?.Title, article is { } at ? Permalinks.Escape(at.Permalink) : null, from, errors, warnings);
        }
    }

    private static long ToUnixMilliseconds(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    private void Remember(SyncScope scope, FoundFolder found, string? look, ContentRules rules, IReadOnlyList<FoundFile> ruleFiles, DateTimeOffset now, SyncWork work)
    {
        (_rules, Deferred) = (rules, work.Deferred);
        if (!work.Deferred.Any(path => ContentRules.IsRule(ContentLayout.KindOf(path)))) _ruleFiles = ruleFiles;
        // Until the next look it isn't known that nothing but what was told of has changed.
        _lastLook = scope.Paths is null && work.Deferred.Count == 0 && (found.Files.Count == 0 || found.Files.Max(seen => seen.ModifiedAt) < now.UtcTicks - TimeGrain.Ticks) ? look : null;
        if (scope.Paths is not null) return;
        (_hasLinks, _folderProblems, _lookedAt) = (found.Links.Count > 0, found.Problems, now.UtcTicks);
    }

    private static string Fingerprint(FoundFolder found)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var seen in found.Files) hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seen.Path}\n{seen.Size}\n{seen.ModifiedAt}\n")));
        foreach (var problem in found.Problems) hash.AppendData(Encoding.UTF8.GetBytes(problem.ToString()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
