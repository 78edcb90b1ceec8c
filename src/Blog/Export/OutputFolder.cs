using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace Blog.Export;

/// <summary>
/// The folder that receives a site. It writes what has changed, each file whole or not at all, deletes what an earlier export wrote and this one does not,
/// and touches nothing else. May be used by many at once.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    // There while an export runs, or when one was killed: its unfinished files, and the names of those that no manifest knows yet.
    private const string WorkName = ".blog-export.tmp";

    private readonly string _root;
    private readonly string _work;
    private readonly bool _looks;
    private readonly bool _replaces;
    private readonly Dictionary<string, OutputFile> _before;
    private readonly HashSet<string> _begun;
    private readonly IReadOnlyDictionary<string, long> _lengths;
    private readonly ConcurrentDictionary<string, OutputFile> _now = new(StringComparer.Ordinal);
    private readonly StreamWriter _journal;
    private readonly ConcurrentDictionary<string, bool> _folders = new(StringComparer.Ordinal);
    private long _begins;
    private long _written;
    private long _bytes;

    private OutputFolder(string root, (Dictionary<string, OutputFile> Files, string State)? manifest, bool looks, bool replaces, IReadOnlyDictionary<string, long> lengths)
    {
        _lengths = lengths;
        (_root, _work, _looks, _replaces) = (root, Path.Combine(root, WorkName), looks, replaces);
        (_before, State) = manifest ?? (new Dictionary<string, OutputFile>(StringComparer.Ordinal), "");
        var journal = Path.Combine(_work, "begun");
        // What a killed export left is known to nobody.
        if (File.Exists(journal)) State = "";
        _begun = File.Exists(journal) ? [.. File.ReadAllLines(journal)] : [];
        Directory.CreateDirectory(_work);
        foreach (var unfinished in Directory.EnumerateFiles(_work).Where(file => file != journal)) File.Delete(unfinished);
        _journal = new StreamWriter(new FileStream(journal, FileMode.Append, FileAccess.Write, FileShare.Read, 0)) { AutoFlush = true };
    }

    /// <summary>Files that were written, or written anew.</summary>
    public long Written => _written;

    /// <summary>Bytes of those.</summary>
    public long Bytes => _bytes;

    /// <summary>Files that were deleted.</summary>
    public int Removed { get; private set; }

    /// <summary>Identifies the files of the last export, and once this one is finished, its own; empty when they are not known.</summary>
    public string State { get; private set; }

    /// <summary>Files of the site.</summary>
    public int Count => _now.Count;

    /// <summary>Files that are there, are not the export's, and are where one of its own should be.</summary>
    public ConcurrentBag<string> InTheWay { get; } = [];

    /// <summary>Why a folder can't receive a site, and what to do; null for one that can.</summary>
    public static string? Refusal(ExportOptions options)
    {
        var (output, content) = (Whole(options.Output), Whole(options.Content));
        if (output.StartsWith(content, StringComparison.Ordinal)) return $"{options.Output} is in the content folder, which would then hold the site that is made from it. Give another folder as --out DIR.";
        if (content.StartsWith(output, StringComparison.Ordinal)) return $"{options.Output} holds the content folder, which an export must not write to. Give another folder as --out DIR.";
        if (File.Exists(options.Output)) return $"{options.Output} is a file. Give a folder as --out DIR.";
        if (options.IsForced || !Directory.Exists(options.Output) || !Directory.EnumerateFileSystemEntries(options.Output).Any()) return null;
        if (OutputManifest.IsIn(options.Output) || Directory.Exists(Path.Combine(options.Output, WorkName))) return null;
        return $"{options.Output} is not empty, and not from an export. Give an empty folder as --out DIR, or add --force to export into this one: its files stay, but for those that are in the way.";

        // With the links on the way to it resolved, so that no other name of a folder deceives.
        static string Whole(string path)
        {
            var there = new DirectoryInfo(path);
            while (!there.Exists && there.Parent is { } parent) there = parent;
            return Path.TrimEndingDirectorySeparator(new Content.ContentFolder(there.FullName).RealRoot) + path[Path.TrimEndingDirectorySeparator(there.FullName).Length..].TrimEnd('/', Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        }
    }

    /// <summary>Opens the folder, making it where it is missing.</summary>
    /// <param name="options">Of the export.</param>
    /// <param name="manifest">What <see cref="OutputManifest.Read"/> found there.</param>
    /// <param name="lengths">What <see cref="OutputManifest.Lengths"/> found there.</param>
    /// <param name="stamp">What <see cref="OutputManifest.StampOf"/> said before both were read: where another export has come between, they are read again.</param>
    /// <exception cref="IOException">It can't be written, or another export is writing to it.</exception>
    public static OutputFolder Open(ExportOptions options, (Dictionary<string, OutputFile> Files, string State)? manifest, IReadOnlyDictionary<string, long> lengths, string? stamp)
    {
        Directory.CreateDirectory(options.Output);
        var folder = new OutputFolder(options.Output, manifest, options.IsFull, options.IsForced, lengths);
        if (OutputManifest.StampOf(options.Output) is var now && now == stamp) return folder;
        folder.Dispose();
        return Open(options, OutputManifest.Read(options.Output), OutputManifest.Lengths(options.Output), now);
    }

    /// <summary>What the server calls a file that the last export wrote and that is as it left it; null for any other.</summary>
    public string? TagOf(string path) => !_looks && _before.TryGetValue(path, out var file) && IsAsLeft(path, file) ? file.Tag : null;

    /// <summary>True for a compressed copy, by the last export, of what is in a file now.</summary>
    public bool HasCopy(string path, string original) => TagOf(path) is { } tag && _now.TryGetValue(original, out var file) && file.Hash == tag;

    /// <summary>Leaves a file of the last export as it is. False when it is not as that left it, or already another one's of this export.</summary>
    public bool Keep(string path) => !_looks && _before.TryGetValue(path, out var file) && IsAsLeft(path, file) && (_now.TryAdd(path, file) || _now[path].Hash == file.Hash);

    /// <summary>Writes a file, unless it holds those bytes. False when it is already another one's of this export.</summary>
    public bool Write(string path, ReadOnlySpan<byte> content, string? tag = null)
    {
        var file = new OutputFile(Convert.ToHexStringLower(SHA256.HashData(content)), content.Length, tag);
        if (!_now.TryAdd(path, file)) return _now[path].Hash == file.Hash;
        if (IsThere(path, file)) return true;
        var unfinished = NewName();
        // New: of a file that may have to be emptied, some file systems write out all as soon as it is closed.
        using (var handle = File.OpenHandle(unfinished, FileMode.CreateNew, FileAccess.Write)) RandomAccess.Write(handle, content, 0);
        Place(unfinished, path, file);
        return true;
    }

    /// <summary>A file for bytes that are too many for memory, to be given to <see cref="Take"/>.</summary>
    public FileStream Begin() => new(NewName(), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, 64 * 1024);

    /// <summary>Puts what was begun in its place, unless that holds the same. False when it is already another one's of this export.</summary>
    public bool Take(string path, FileStream begun, string? tag)
    {
        begun.Position = 0;
        var file = new OutputFile(Convert.ToHexStringLower(SHA256.HashData(begun)), begun.Length, tag);
        begun.Dispose();
        if (!_now.TryAdd(path, file)) return _now[path].Hash == file.Hash;
        if (!IsThere(path, file)) Place(begun.Name, path, file);
        return true;
    }

    /// <summary>The bytes of a file of this export.</summary>
    public byte[] Read(string path) => File.ReadAllBytes(FullPath(path));

    /// <summary>The bytes that a file of this export has; null for what is none.</summary>
    public long? LengthOf(string path) => _now.GetValueOrDefault(path)?.Length;

    /// <summary>The hash of a file of this export.</summary>
    public string HashOf(string path) => _now[path].Hash;

    /// <summary>Writes the manifest, and deletes what is of an earlier export alone.</summary>
    /// <param name="isWhole">False when the site did not come to its end: then nothing is deleted.</param>
    public void Finish(bool isWhole)
    {
        var known = _before.Keys.Concat(_begun).Where(path => !_now.ContainsKey(path)).Distinct().ToList();
        if (isWhole) foreach (var path in known) Delete(path);
        var files = isWhole ? _now : _now.Concat(known.Where(_before.ContainsKey).Select(path => KeyValuePair.Create(path, _before[path])));
        var (manifest, bytes) = (Path.Combine(_root, OutputManifest.Name), OutputManifest.Write(files));
        State = OutputManifest.StateOf(bytes);
        if (!File.Exists(manifest) || !File.ReadAllBytes(manifest).AsSpan().SequenceEqual(bytes))
        {
            var unfinished = NewName();
            File.WriteAllBytes(unfinished, bytes);
            File.Move(unfinished, manifest, true);
        }

        _journal.Dispose();
        Directory.Delete(_work, true);
    }

    public void Dispose() => _journal.Dispose();

    private bool IsThere(string path, OutputFile file)
    {
        var isKnown = _before.TryGetValue(path, out var before);
        if (isKnown && !_looks) return before!.Hash == file.Hash && IsAsLeft(path, file);
        var info = new FileInfo(FullPath(path));
        if (!info.Exists || info.Length != file.Length) return false;
        using var stream = info.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == file.Hash;
    }

    private bool IsAsLeft(string path, OutputFile file) => _lengths.TryGetValue(path, out var length) ? length == file.Length : new FileInfo(FullPath(path)) is { Exists: true } info && info.Length == file.Length;

    private void Place(string unfinished, string path, OutputFile file)
    {
        var full = FullPath(path);
        var isOurs = _before.ContainsKey(path) || _begun.Contains(path);
        if (!isOurs && !_replaces && Path.Exists(full))
        {
            InTheWay.Add(path);
            _now.TryRemove(path, out var _);
            File.Delete(unfinished);
            return;
        }

        // A killed export must know its own files again.
        if (!isOurs) lock (_journal) _journal.Write(path + "\n");
        var folder = Path.GetDirectoryName(full)!;
        if (!_folders.ContainsKey(folder))
        {
            Directory.CreateDirectory(folder);
            // Only now: another may be about to put something there.
            _folders[folder] = true;
        }

        File.Move(unfinished, full, true);
        Interlocked.Increment(ref _written);
        Interlocked.Add(ref _bytes, file.Length);
    }

    private void Delete(string path)
    {
        var full = FullPath(path);
        if (File.Exists(full))
        {
            File.Delete(full);
            Removed++;
        }

        for (var folder = Path.GetDirectoryName(full)!; folder.Length > _root.Length && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!) Directory.Delete(folder);
    }

    private string NewName() => Path.Combine(_work, Interlocked.Increment(ref _begins).ToString("x", CultureInfo.InvariantCulture));

    /// <exception cref="IOException">The path leads out of the folder.</exception>
    private string FullPath(string path)
    {
        var full = Path.GetFullPath(Path.Combine(_root, path));
        return full.StartsWith(Path.TrimEndingDirectorySeparator(_root) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? full : throw new IOException($"{path} leads out of {_root}.");
    }
}
