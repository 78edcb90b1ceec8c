using Microsoft.Extensions.Options;

namespace Blog.Site.Images;

/// <summary>The variants that have been made, as files in the data folder: as many as the operator has room for, those that were not asked for longest going first.</summary>
public sealed class VariantStore(IOptions<BlogOptions> options, TimeProvider clock, ILogger<VariantStore> log)
{
    private const string Folder = "images";

    // How exact it is known when a variant was last asked for: to write it at each request would wear out the disk.
    private static readonly TimeSpan Grain = TimeSpan.FromHours(12);

    // Those of pictures that are gone or changed stay for the readers who have an older page before them.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly string _root = Path.Combine(options.Value.DataPath, Folder);
    private readonly long _limit = options.Value.ImageCacheMegabytes * 1024L * 1024;
    private long _size = -1;

    /// <summary>Why variants can't be kept, so that each is made again whenever it is asked for; null when they are kept.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Where a variant lies; null when it has not been made.</summary>
    /// <param name="name">Of the file, as in its address.</param>
    public string? Find(string name)
    {
        var path = PathOf(name);
        var file = new FileInfo(path);
        if (!file.Exists) return null;
        if (clock.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc > Grain) Touch(path);
        return path;
    }

    /// <summary>The widths in which a picture has been made in a format.</summary>
    public IEnumerable<string> Made(string hash, string extension)
    {
        try { return Directory.EnumerateFiles(Path.GetDirectoryName(PathOf(hash))!, $"{hash}-*.{extension}").ToList(); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return []; }
    }

    /// <summary>Keeps a variant. A failure is told once, and goes no further: it has been made, and can be served.</summary>
    public void Save(string name, byte[] bytes)
    {
        if (bytes.Length > _limit) return;
        var path = PathOf(name);
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(temporary, bytes);
            // Whole or not at all, whoever looks.
            File.Move(temporary, path, true);
            Trouble = null;
            MakeRoom(bytes.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            try { File.Delete(temporary); }
            catch (Exception again) when (again is IOException or UnauthorizedAccessException) { log.LogDebug(again, "Left {Path} behind", temporary); }
            if (Trouble is null) log.LogError("Pictures can't be kept in {Folder} ({Reason}); they are made again each time. Make room, or set Blog__DataPath to a folder that may be written", _root, e.Message);
            Trouble = $"Pictures can't be kept in {_root}: {e.Message}";
        }
    }

    /// <summary>Removes the variants of pictures that the site has no more.</summary>
    /// <param name="isKnown">Tells by its hash whether a picture is there.</param>
    public void Sweep(Func<string, bool> isKnown)
    {
        lock (_lock)
        {
            var (size, now) = (0L, clock.GetUtcNow().UtcDateTime);
            foreach (var group in Files().GroupBy(file => file.Name.Split('-', '.')[0]))
            {
                var isThere = isKnown(group.Key);
                foreach (var file in group)
                    if ((isThere && file.Extension != ".tmp") || now - file.LastWriteTimeUtc < Grace) size += file.Length;
                    else Delete(file);
            }

            _size = size;
        }
    }

    private void MakeRoom(long added)
    {
        // While somebody else looks, nobody waits: what is too much is found the next time.
        if (!_lock.TryEnter()) return;
        try
        {
            if (_size >= 0 && (_size += added) <= _limit) return;
            var files = Files().Select(file => (file.FullName, file.Length, file.LastWriteTimeUtc)).ToList();
            _size = files.Sum(file => file.Length);
            if (_size <= _limit) return;
            // Some more than needed, so that the next one need not look again.
            foreach (var (path, length, _) in files.OrderBy(file => file.LastWriteTimeUtc).TakeWhile(_ => _size > _limit * 9 / 10))
            {
                Delete(new FileInfo(path));
                _size -= length;
            }
        }
        finally
        {
            _lock.Exit();
        }
    }

    private IEnumerable<FileInfo> Files() => Directory.Exists(_root) ? new DirectoryInfo(_root).EnumerateFiles("*", SearchOption.AllDirectories) : [];

    private void Delete(FileInfo file)
    {
        try { file.Delete(); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { log.LogDebug(e, "Left {Path} behind", file.FullName); }
    }

    private void Touch(string path)
    {
        try { File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { log.LogDebug(e, "{Path} can't be touched", path); }
    }

    /// <summary>In folders by the first two characters, so that none gets too full.</summary>
    private string PathOf(string name) => Path.Combine(_root, name[..2], name);
}
