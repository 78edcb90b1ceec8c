using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Images;
using Blog.Site.PageCache;
using Blog.Site.Shared;
using Microsoft.Extensions.Options;

namespace Blog.Export;

/// <summary>Exports a site: asks the application for every address that the catalogue knows and that pages name, and writes what it answers.</summary>
public sealed class SiteExporter : IDisposable
{
    /// <summary>Where the error page is by itself.</summary>
    private const string ErrorPath = "/error";

    // Addresses that one processor takes at a time; of few addresses fewer, as a picture's sizes stand together and take long.
    private const int MostAtOnce = 16;

    // What is longer is left to the host to compress.
    private const int MostCompressed = 16 * 1024 * 1024;

    private static readonly string[] Compressible = ["text/", "application/json", "application/xml", "application/rss+xml", "application/atom+xml", "application/opensearchdescription+xml", "application/speculationrules+json", "image/svg+xml", "application/javascript"];

    private readonly ExportSite _site;
    private readonly OutputFolder _output;
    private readonly ExportOptions _options;
    private readonly IProgress<ExportStep> _progress;
    private readonly LinkResolver _resolver;
    private readonly ConcurrentDictionary<string, ExportTarget> _targets = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Problem> _problems = [];
    private ConcurrentQueue<ExportTarget> _next = new();
    private IReadOnlyDictionary<string, string> _files = new Dictionary<string, string>();
    private HashSet<string> _statics = [];
    private ExportMemory? _memory;
    private Task<IReadOnlyList<ReadOnlyMemory<byte>>> _described = Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>>([]);
    private string? _maker;
    private int _rendered;
    private int _total;
    private int _done;
    private int _pages;

    private SiteExporter(ExportSite site, OutputFolder output, ExportOptions options, IProgress<ExportStep> progress)
    {
        (_site, _output, _options, _progress) = (site, output, options, progress);
        _resolver = new LinkResolver(Address.Base);
    }

    private SiteAddress Address => _site.Services.GetRequiredService<SiteAddress>();

    /// <summary>Exports the site. When it is cancelled, what has been written stays, and the next export goes on from there.</summary>
    /// <exception cref="IOException">The content can't be read, or the output folder can't be written.</exception>
    /// <exception cref="OptionsValidationException">The options make no sense.</exception>
    public static async Task<ExportReport> Run(ExportOptions options, TimeProvider time, IProgress<ExportStep> progress, CancellationToken cancelled)
    {
        var started = time.GetTimestamp();
        // What the last export left is read while the catalogue is brought in step.
        var left = OutputManifest.StampOf(options.Output);
        var manifest = Task.Run(() => OutputManifest.Read(options.Output), CancellationToken.None);
        var lengths = Task.Run(() => OutputManifest.Lengths(options.Output), CancellationToken.None);
        var memory = Task.Run(() => ExportMemory.Read(MemoryOf(options)), CancellationToken.None);
        await using var site = await ExportSite.Start(options, time, cancelled);
        using var output = OutputFolder.Open(options, await manifest, await lengths, left);
        using var exporter = new SiteExporter(site, output, options, progress);
        var (isWhole, broken) = (false, Task.FromResult<IReadOnlyList<Problem>>([]));
        try
        {
            exporter.Remember(await memory);
            await exporter.ExportAll(cancelled);
            isWhole = exporter._problems.IsEmpty;
            broken = Task.Run(exporter.FindBroken, CancellationToken.None);
        }
        finally
        {
            output.Finish(isWhole);
        }

        await Task.WhenAll(exporter._described, broken);
        if (isWhole && output.InTheWay.IsEmpty) exporter.KeepMemory(await exporter._described);
        return exporter.Report(await broken) with { Elapsed = time.GetElapsedTime(started) };
    }

    public void Dispose() => _output.Dispose();

    private static string MemoryOf(ExportOptions options) => Path.Combine(options.OwnData, ExportMemory.Name);

    /// <summary>Recalls what the last export found, where that was of the catalogue that this one went on from. Should this export be killed, the next one asks for everything.</summary>
    private void Remember(ExportMemory? memory)
    {
        if (memory is not null) File.Delete(MemoryOf(_options));
        if (memory?.IsOf(MarkOf(_site.VersionBefore, _site.RedirectsBefore), _site.Changed) == true && !_options.IsFull && _output.State.Length > 0 && _site.VersionBefore is not null && !_site.Changed.Contains(SurrogateKeys.Site)) _memory = memory;
    }

    private void KeepMemory(IReadOnlyList<ReadOnlyMemory<byte>> described)
    {
        // Without it, the next export only takes longer.
        try { ExportMemory.Keep(MemoryOf(_options), MarkOf(_site.Version, _site.Redirects), described); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
    }

    private string MarkOf(string? version, string? redirects) => string.Join('\n', _maker ??= _site.Maker(), version, redirects, _options.Output, _output.State);

    private async Task ExportAll(CancellationToken cancelled)
    {
        var addresses = await _site.Addresses;
        _files = addresses.Files;
        _statics = [.. _files.Keys.Where(path => !path.StartsWith(Permalinks.AssetPrefix, StringComparison.Ordinal))];
        // First what has its own name: of two that want the same file, it is the one that the server sends.
        await Export(_files.Keys.Where(path => path != "/" + RedirectPages.List), cancelled);
        await Export(addresses.Pages, cancelled);
        foreach (var page in addresses.Pages.Distinct().Where(page => _targets[page].State is TargetState.Missing or TargetState.Gone)) Fail(page, "There should be a page, but the site has none.");
        await Export(addresses.Old, cancelled);
        await ExportNotFound(cancelled);
        var found = _targets.Values.ToList();
        _described = Task.Run(() => ExportMemory.Describe(found, _memory), CancellationToken.None);
        await ExportRedirects(cancelled);
    }

    /// <summary>Exports addresses, and then, for as long as there are any, those that they named and nobody had named before.</summary>
    private async Task Export(IEnumerable<string> paths, CancellationToken cancelled)
    {
        foreach (var path in paths) TargetAt(path);
        while (!_next.IsEmpty)
        {
            var wave = Interlocked.Exchange(ref _next, new ConcurrentQueue<ExportTarget>());
            // Some at a time: most may only have to be recalled, which takes less than to hand one out.
            var workers = Math.Max(2, Environment.ProcessorCount);
            await Parallel.ForEachAsync(wave.Chunk(Math.Clamp(wave.Count / (64 * workers), 1, MostAtOnce)), new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancelled }, async (targets, stop) =>
            {
                foreach (var target in targets)
                {
                    stop.ThrowIfCancellationRequested();
                    await Export(target, stop);
                    _progress.Report(new ExportStep(Interlocked.Increment(ref _done), Volatile.Read(ref _total)));
                }
            });
        }
    }

    private ExportTarget TargetAt(string path)
    {
        if (_targets.TryGetValue(path, out var known)) return known;
        var target = new ExportTarget(path);
        if (!_targets.TryAdd(path, target)) return _targets[path];
        Interlocked.Increment(ref _total);
        _next.Enqueue(target);
        return target;
    }

    private async Task Export(ExportTarget target, CancellationToken cancelled)
    {
        if (FileLayout.IsLive(target.Path)) target.State = TargetState.Live;
        else if (Recall(target)) Interlocked.Add(ref _pages, FileLayout.IsPage(target.ContentType) ? 1 : 0);
        else if (FileLayout.IsFile(target.Path, _statics)) await ExportFile(target, target.Path, cancelled);
        else await ExportPage(target, cancelled);
    }

    /// <summary>Leaves what is as the last export found it. False when it has to be asked for.</summary>
    private bool Recall(ExportTarget target)
    {
        if (_memory?.Recall(target, _files.GetValueOrDefault(target.Path), _output.Keep, TargetAt) != true) return false;
        if (target.File is { } file) Compress(file, target.ContentType, () => _output.Read(file));
        return true;
    }

    /// <summary>Exports what is rendered, and looks through it for further addresses.</summary>
    private async Task ExportPage(ExportTarget target, CancellationToken cancelled)
    {
        var body = PageBuffers.Rent();
        Interlocked.Increment(ref _rendered);
        var answer = await _site.Get(target.Path, null, body, cancelled);
        Take(target, answer, body);
        PageBuffers.Return(body);
    }

    /// <summary>Writes a page that was answered, and notes what it names.</summary>
    private void Take(ExportTarget target, LocalAnswer answer, MemoryStream body)
    {
        target.Keys = _files.TryGetValue(target.Path, out var tag) ? [tag] : answer switch
        {
            { Status: StatusCodes.Status200OK, IsForEver: true } => [],
            { Status: StatusCodes.Status200OK, Keys: { } keys } => keys.Split(' '),
            _ => ExportTarget.AnyKey,
        };
        if (!IsThere(target, answer)) return;
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        var file = FileLayout.FileOf(target.Path, answer.ContentType);
        if (!_output.Write(file, bytes.Span))
        {
            Clash(target, file);
            return;
        }

        if (FileLayout.IsPage(answer.ContentType)) Interlocked.Increment(ref _pages);
        (target.File, target.ContentType) = (file, answer.ContentType);
        Scan(target, answer.ContentType, bytes);
        Compress(file, answer.ContentType, bytes.ToArray);
    }

    /// <summary>Exports what is sent as it is, unless the server says that it is what the last export has of it.</summary>
    private async Task ExportFile(ExportTarget target, string from, CancellationToken cancelled)
    {
        var file = FileLayout.FileOf(target.Path, null);
        target.Keys = KeysOfFile(target.Path);
        var begun = _output.Begin();
        var answer = await _site.Get(from, _output.TagOf(file), begun, cancelled);
        if (answer.Status == StatusCodes.Status304NotModified)
        {
            _output.Keep(file);
            target.State = TargetState.Exported;
        }
        else if (answer.Status is >= 300 and < 400 && from == target.Path && _resolver.Resolve(answer.Location!, from) is { } whole)
        {
            // Of a picture that has no other sizes: in their places the picture itself.
            await begun.DisposeAsync();
            await ExportFile(target, whole.Path, cancelled);
            return;
        }
        else if (IsThere(target, answer))
        {
            if (!_output.Take(file, begun, answer.Tag)) Clash(target, file);
        }

        await begun.DisposeAsync();
        if (target.State != TargetState.Exported) return;
        (target.File, target.ContentType) = (file, answer.ContentType ?? TypeOf(file));
        Compress(file, target.ContentType, () => _output.Read(file));
    }

    /// <summary>A copy changes when its original does; a picture in another size has an address of its content, but goes when no picture has that any more.</summary>
    private IReadOnlyList<string>? KeysOfFile(string path) =>
        _files.TryGetValue(path, out var tag) ? [tag] : VariantRequest.Parse(path[(path.LastIndexOf('/') + 1)..]) is not null && path.LastIndexOf('/') == Permalinks.AssetPrefix.Length - 1 ? [ExportMemory.Pictures] : null;

    /// <summary>Notes what came of an address. True when there is something to write.</summary>
    private bool IsThere(ExportTarget target, LocalAnswer answer)
    {
        (target.State, target.Note) = answer.Status switch
        {
            StatusCodes.Status200OK => (TargetState.Exported, null),
            >= 300 and < 400 => (TargetState.Moved, answer.Location),
            StatusCodes.Status404NotFound => (TargetState.Missing, null),
            StatusCodes.Status410Gone => (TargetState.Gone, null),
            _ => (TargetState.Failed, answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        };
        if (target.State == TargetState.Failed) Fail(target.Path, $"The site answered with {target.Note} instead of a page.");
        return target.State == TargetState.Exported;
    }

    private void Fail(string path, string message) =>
        _problems.Add(new Problem(path, 1, 1, Severity.Error, "export-failed", message, "See what was logged, and export again; nothing of the last export has been deleted."));

    private void Clash(ExportTarget target, string file) =>
        _problems.Add(new Problem(target.Path, 1, 1, Severity.Error, "address-clash", $"Its file {file} is that of another address already.", "Give one of the two another name."));

    private void Scan(ExportTarget target, string? contentType, ReadOnlyMemory<byte> bytes)
    {
        var isCss = contentType?.StartsWith("text/css", StringComparison.Ordinal) == true;
        var isPage = FileLayout.IsPage(contentType);
        // The other form of a feed says the same.
        if (!isPage && !isCss && contentType?.StartsWith("application/rss+xml", StringComparison.Ordinal) != true) return;
        // Feeds are long: as strings, each would be a burden of its own to the garbage collector.
        var buffer = ArrayPool<char>.Shared.Rent(bytes.Length);
        var text = buffer.AsSpan(0, Encoding.UTF8.GetChars(bytes.Span, buffer));
        var scanned = isCss ? PageScanner.Css(text) : PageScanner.Html(text);
        ArrayPool<char>.Shared.Return(buffer);
        if (isPage) target.Anchors = [.. scanned.Anchors.Select(anchor => ExportTarget.HashOf(System.Net.WebUtility.HtmlDecode(anchor)))];
        var links = new List<(ExportTarget, string)>(scanned.Links.Count);
        foreach (var link in scanned.Links)
            if (_resolver.Resolve(link, target.Path) is { } to) links.Add((TargetAt(to.Path), to.Fragment));
        target.Links = [.. links];
    }

    private void Compress(string file, string? contentType, Func<byte[]> read)
    {
        // What is in the way of somebody else's file has none of its own.
        if (!_options.Compresses || !IsCompressible(contentType) || _output.LengthOf(file) is not < MostCompressed) return;
        byte[]? content = null;
        foreach (var (coding, extension) in new[] { (ContentCoding.Brotli, ".br"), (ContentCoding.Gzip, ".gz") })
        {
            if (_output.HasCopy(file + extension, file)) _output.Keep(file + extension);
            else _output.Write(file + extension, ContentCodings.EncodeWell(content ??= read(), coding), _output.HashOf(file));
        }
    }

    private static bool IsCompressible(string? contentType) => contentType is not null && Compressible.Any(type => contentType.StartsWith(type, StringComparison.OrdinalIgnoreCase));

    private static string? TypeOf(string file) => new Microsoft.AspNetCore.StaticFiles.FileExtensionContentTypeProvider().TryGetContentType(file, out var type) ? type : null;

    /// <summary>The page for what is not there; one of the author's own in <c>static/</c> stays.</summary>
    private async Task ExportNotFound(CancellationToken cancelled)
    {
        if (_statics.Contains("/" + FileLayout.NotFound)) return;
        var page = TargetAt("/" + FileLayout.NotFound);
        _next.Clear();
        if (!Recall(page))
        {
            using var body = new MemoryStream();
            Interlocked.Increment(ref _rendered);
            var answer = await _site.Get(ErrorPath, null, body, cancelled);
            var bytes = body.ToArray();
            (page.State, page.File, page.ContentType, page.Keys) = (TargetState.Exported, FileLayout.NotFound, answer.ContentType, ExportTarget.AnyKey);
            _output.Write(FileLayout.NotFound, bytes);
            Scan(page, answer.ContentType, bytes);
            Compress(FileLayout.NotFound, answer.ContentType, () => bytes);
        }

        await Export([], cancelled);
    }

    private async Task ExportRedirects(CancellationToken cancelled)
    {
        var learned = Learned();
        // What only a live site knows is not to be recalled.
        if (learned.Count > 0) await _described;
        foreach (var redirect in learned)
        {
            if (!_targets.TryGetValue(redirect.Address, out var old)) (old = TargetAt(redirect.Address)).State = TargetState.Missing;
            if (old.State != TargetState.Missing) continue;
            if (redirect.Target is null) old.State = TargetState.Gone;
            else if (_targets.TryGetValue(redirect.Target, out var now) && now.State == TargetState.Exported) (old.State, old.Note) = (TargetState.Moved, Permalinks.Escape(redirect.Target));
        }

        _next.Clear();
        var moved = _targets.Values.Where(target => target.State == TargetState.Moved).ToList();
        foreach (var target in moved)
        {
            var (file, page) = (FileLayout.FileOf(target.Path, "text/html"), RedirectPages.PageTo(target.Note!, Address));
            // Where there is a page, nobody is to be led away from it.
            if (_output.Write(file, page)) Compress(file, "text/html", () => page);
        }

        var all = moved.Concat(_targets.Values.Where(target => target.State == TargetState.Gone)).ToList();
        using var own = new MemoryStream();
        if (_statics.Contains("/" + RedirectPages.List) || _site.Catalogue.Folder.Resolve("static/" + RedirectPages.List) is not null) await _site.Get("/" + RedirectPages.List, null, own, cancelled);
        if (all.Count > 0 || own.Length > 0) _output.Write(RedirectPages.List, RedirectPages.ListOf(Encoding.UTF8.GetString(own.ToArray()), all));
    }

    /// <summary>What a live site with the same data folder has learned, which this one could not.</summary>
    private IReadOnlyCollection<Redirect> Learned()
    {
        try { return new RedirectFile(Path.Combine(_options.Data, RedirectFile.Name)).Read().Where(redirect => redirect.Address.StartsWith('/')).ToList(); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return []; }
    }

    private IReadOnlyList<Problem> FindBroken()
    {
        using var lease = _site.Services.GetRequiredService<CatalogueReaders>().Rent();
        return BrokenLinks.Find([.. _targets.Values], _resolver, lease.Reader);
    }

    private ExportReport Report(IReadOnlyList<Problem> broken)
    {
        using var lease = _site.Services.GetRequiredService<CatalogueReaders>().Rent();
        var problems = _problems.Concat(_output.InTheWay.Select(file => new Problem(file, 1, 1, Severity.Error, "file-in-the-way", "The file is not from an export, and stays as it is.", "Move it away, or add --force to replace it.")))
            .OrderBy(problem => problem.Path, StringComparer.Ordinal).Concat(broken).ToList();
        var options = _site.Services.GetRequiredService<IOptions<BlogOptions>>().Value;
        return new ExportReport(_pages, _targets.Values.Count(target => target.State == TargetState.Moved), _output.Count, _output.Written, _output.Removed, _output.Bytes, problems, lease.Reader.Problems(), TimeSpan.Zero)
        {
            Rendered = _rendered,
            GuessedBase = options.BaseUrl is { Length: > 0 } || _site.Catalogue.State.Settings.BaseUrl is not null ? null : Address.Base,
        };
    }
}
