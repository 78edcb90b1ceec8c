using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace Blog.Content;

/// <summary>The folder that the publication is made from; the only place that reads content from disk.</summary>
public sealed class ContentFolder
{
    /// <summary>The largest text file that is read, in bytes; a larger one is reported and left alone.</summary>
    public const long MaxTextBytes = 4 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(false, true);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private volatile string _realRoot;

    /// <summary>Opens the folder at <paramref name="path"/>; it need not exist yet.</summary>
    public ContentFolder(string path)
    {
        Root = System.IO.Path.GetFullPath(path);
        _realRoot = RealPath(Root);
    }

    /// <summary>The folder's absolute path.</summary>
    public string Root { get; }

    /// <summary>True when the folder is there now.</summary>
    public bool Exists => Directory.Exists(Root);

    /// <summary>The folder itself, with the links on the way to it resolved: what it is may change, where a link is switched to a new version of the content.</summary>
    public string RealRoot => _realRoot;

    /// <summary>What tells the folder from another that takes its place, such as a volume mounted over it; empty while there is none.</summary>
    public string Identity
    {
        get
        {
            _realRoot = RealPath(Root);
            var info = new DirectoryInfo(_realRoot);
            return info.Exists ? $"{_realRoot} {info.CreationTimeUtc.Ticks}" : "";
        }
    }

    /// <summary>Every content file, in ordinal order of path, with the problems of the folder itself: links that lead out of it, folders named like articles.</summary>
    public FoundFolder Find()
    {
        _realRoot = RealPath(Root);
        var search = new Search();
        if (Exists) Find(Root, "", search, 0, false);
        return search.Result();
    }

    /// <summary>The content files at the given paths and below them; what is not there is not among them.</summary>
    public FoundFolder Find(IEnumerable<string> paths)
    {
        var search = new Search();
        foreach (var path in paths)
        {
            var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0 || parts.Any(part => ContentLayout.IsIgnored(part) || part is "." or "..")) continue;
            var parent = System.IO.Path.Combine(Root, System.IO.Path.Combine(parts[..^1]));
            var full = System.IO.Path.Combine(parent, parts[^1]);
            if (!IsInside(RealPath(parent), _realRoot)) continue;
            FileSystemInfo info = Directory.Exists(full) ? new DirectoryInfo(full) : new FileInfo(full);
            var prefix = string.Concat(parts[..^1].Select(part => part + "/"));
            if (info is DirectoryInfo || info.Exists || info.LinkTarget is not null)
                Add(parent, prefix, parts[^1], info is DirectoryInfo, info.LinkTarget is not null, (info as FileInfo)?.Exists == true ? ((FileInfo)info).Length : 0, info.LastWriteTimeUtc.Ticks, search, parts.Length - 1, false);
        }

        return search.Result();
    }

    /// <summary>The absolute path of a content file, or null when it does not exist or lies, perhaps through a link, outside the folder.</summary>
    public string? Resolve(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) return null;
        var full = System.IO.Path.GetFullPath(System.IO.Path.Combine(Root, path));
        return IsInside(full, Root) && File.Exists(full) && IsInside(RealPath(full), RealRoot) ? full : null;
    }

    /// <summary>True while somebody has the file open for writing, false while nobody has; null where the system does not say.</summary>
    public bool? IsHeldForWriting(string path) => FileLease.IsHeldForWriting(System.IO.Path.Combine(Root, path));

    /// <summary>Reads a file as text. Never throws for what an editor may have left there: the problems say what was wrong.</summary>
    public SourceFile Read(FoundFile found)
    {
        var problems = new ProblemList(found.Path);
        SourceFile Unreadable(string code, string message, string suggestion)
        {
            problems.Error(1, 1, code, message, suggestion);
            return new SourceFile(found.Path, "", "", problems.Sorted()) { IsReadable = false };
        }

        if (found.Size > MaxTextBytes)
            return Unreadable("file-too-large", $"The file has {found.Size / 1024 / 1024} MB; at most {MaxTextBytes / 1024 / 1024} MB are read.", "Split the article, or move pasted images into files beside it.");

        byte[] bytes;
        try
        {
            // A file of no length is never opened: it may be a pipe that would block for ever.
            bytes = found.Size == 0 ? [] : File.ReadAllBytes(System.IO.Path.Combine(Root, found.Path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unreadable("unreadable-file", $"The file can't be read: {e.Message}", "Check that it exists and that the site may read it.");
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (Decode(bytes, problems) is not { } text)
            return Unreadable("binary-file", "The file is not text.", "Save it as UTF-8 text, or give it the extension of what it is.") with { Hash = hash };
        return new SourceFile(found.Path, text, hash, problems.Sorted());
    }

    private void Find(string folder, string prefix, Search search, int depth, bool isLinked)
    {
        if (depth > 32)
        {
            search.Problems.Add(new Problem(prefix.TrimEnd('/'), 1, 1, Severity.Error, "folder-too-deep", "Folders nest more than 32 deep; what lies below is not read.", "Move it up."));
            return;
        }

        IEnumerable<(string Name, bool IsFolder, bool IsLink, long Size, long Modified)> entries;
        try
        {
            entries = new FileSystemEnumerable<(string, bool, bool, long, long)>(
                folder,
                (ref FileSystemEntry e) => (e.FileName.ToString(), e.IsDirectory, (e.Attributes & FileAttributes.ReparsePoint) != 0, e.IsDirectory ? 0 : e.Length, e.LastWriteTimeUtc.UtcTicks),
                new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }).ToList();
        }
        catch (DirectoryNotFoundException) when (prefix.Length > 0)
        {
            // It went while its parent was being read; so did what was in it.
            return;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            search.Unreadable.Add(prefix);
            search.Problems.Add(new Problem(prefix.TrimEnd('/'), 1, 1, Severity.Error, "unreadable-folder", $"The folder can't be read: {e.Message}", "Check that the site may read it."));
            return;
        }

        foreach (var (name, isFolder, isLink, size, modified) in entries)
            if (!ContentLayout.IsIgnored(name)) Add(folder, prefix, name, isFolder, isLink, size, modified, search, depth, isLinked);
    }

    /// <summary>Takes up a file, or all that is in a folder.</summary>
    private void Add(string folder, string prefix, string name, bool isFolder, bool isLink, long size, long modified, Search search, int depth, bool isLinked)
    {
        var (path, problems) = (prefix + name, search.Problems);
        if (!IsCleanName(name))
        {
            problems.Add(new Problem(path, 1, 1, Severity.Error, "bad-file-name", "The name has characters that no address can carry.", "Rename it with letters, digits and hyphens."));
            return;
        }

        if (isLink)
        {
            var real = RealPath(System.IO.Path.Combine(folder, name));
            if (!IsInside(real, _realRoot))
            {
                problems.Add(new Problem(path, 1, 1, Severity.Error, "link-outside-folder", "The symbolic link leads out of the content folder; it is not followed.", "Copy what it points to into the content folder."));
                return;
            }

            if (isFolder && isLinked)
            {
                // Folders full of links to each other would be walked in every order.
                problems.Add(new Problem(path, 1, 1, Severity.Warning, "link-in-link", "This link to a folder was reached through another one; it is not followed.", "Link to the folder itself."));
                return;
            }

            if (isFolder && IsInside(System.IO.Path.GetFullPath(folder) + "/", real))
            {
                problems.Add(new Problem(path, 1, 1, Severity.Error, "link-loop", "The symbolic link leads back to a folder that holds it; it is not followed.", "Remove the link."));
                return;
            }

            var target = new FileInfo(real);
            if (!isFolder && !target.Exists)
            {
                problems.Add(new Problem(path, 1, 1, Severity.Error, "unreadable-file", "The symbolic link leads nowhere.", "Remove it or mend its target."));
                return;
            }

            if (!isFolder) (size, modified) = (target.Length, target.LastWriteTimeUtc.Ticks);
            search.Links.Add(path);
        }

        if (isFolder)
        {
            if (ContentLayout.IsMarkdown(name))
                problems.Add(new Problem(path, 1, 1, Severity.Warning, "folder-named-as-file", "This is a folder, but is named like an article.", "Rename the folder without the extension, or make it a file."));
            Find(System.IO.Path.Combine(folder, name), path + "/", search, depth + 1, isLinked || isLink);
        }
        else if (ContentLayout.KindOf(path) is var kind and not ContentKind.Other)
            search.Files.Add(new FoundFile(path, kind, size, modified));
    }

    private static List<Problem> Bounded(List<Problem> problems)
    {
        if (problems.Count <= ProblemList.Limit) return problems;
        var bounded = problems.OrderBy(problem => problem.Path, StringComparer.Ordinal).Take(ProblemList.Limit).ToList();
        bounded.Add(new Problem("", 1, 1, Severity.Info, "more-problems", $"{problems.Count - ProblemList.Limit} more problems of files and folders are not listed.", "Mend these first."));
        return bounded;
    }

    private static string? Decode(byte[] bytes, ProblemList problems)
    {
        var (encoding, skip, name) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => ((Encoding)StrictUtf8, 3, "UTF-8"),
            [0xFF, 0xFE, 0, 0, ..] => (new UTF32Encoding(false, false), 4, "UTF-32"),
            [0xFF, 0xFE, ..] => (new UnicodeEncoding(false, false), 2, "UTF-16"),
            [0xFE, 0xFF, ..] => (new UnicodeEncoding(true, false), 2, "UTF-16"),
            _ => (StrictUtf8, 0, "UTF-8"),
        };
        if (name != "UTF-8")
            problems.Warning(1, 1, "not-utf8", $"The file is saved as {name}; it was read as such.", "Save it as UTF-8, which every tool reads.");
        else if (bytes.AsSpan().Contains((byte)0))
            return null;

        try
        {
            return encoding.GetString(bytes, skip, bytes.Length - skip);
        }
        catch (DecoderFallbackException e)
        {
            var before = bytes.AsSpan(0, Math.Clamp(skip + e.Index, 0, bytes.Length));
            var line = before.Count((byte)'\n') + 1;
            problems.Warning(line, before.Length - before.LastIndexOf((byte)'\n'), "invalid-utf8", "The file is not valid UTF-8 from here on; it was read as Windows-1252.", "Save it as UTF-8.");
            return Windows1252.GetString(bytes, skip, bytes.Length - skip);
        }
    }

    private static bool IsCleanName(string name) => !name.Any(c => char.IsControl(c) || c is '\\' or '\uFFFD');

    private static bool IsInside(string path, string root) =>
        path.Length > root.Length && path.StartsWith(root, StringComparison.Ordinal) && (root.EndsWith('/') || path[root.Length] == System.IO.Path.DirectorySeparatorChar)
        || path == root;

    /// <summary>The path with every link on the way resolved.</summary>
    private static string RealPath(string path)
    {
        var real = System.IO.Path.GetPathRoot(path) ?? "/";
        var links = 0;
        var left = new Stack<string>(path[real.Length..].Split(System.IO.Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());
        while (left.TryPop(out var name))
        {
            real = System.IO.Path.GetFullPath(System.IO.Path.Combine(real, name));
            string? target;
            try { target = new FileInfo(real).LinkTarget; }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException) { target = null; }
            if (target is null) continue;
            if (++links > 40) return real;
            var parent = System.IO.Path.GetDirectoryName(real) ?? "/";
            real = System.IO.Path.IsPathRooted(target) ? System.IO.Path.GetPathRoot(target)! : parent;
            foreach (var part in target.Split(System.IO.Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse()) left.Push(part);
        }

        return real;
    }

    /// <summary>What has been found so far.</summary>
    private sealed class Search
    {
        public List<FoundFile> Files { get; } = [];

        public List<Problem> Problems { get; } = [];

        public List<string> Unreadable { get; } = [];

        public List<string> Links { get; } = [];

        public FoundFolder Result()
        {
            Files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
            return new FoundFolder(Files, Bounded(Problems), Unreadable, Links);
        }
    }
}
