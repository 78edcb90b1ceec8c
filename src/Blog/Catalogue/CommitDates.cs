using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Blog.Catalogue;

/// <summary>Reads from git when each content file was last committed. Without git, a work tree or a commit there is no history, which is no error.</summary>
internal sealed class CommitDates(string contentRoot, ILogger log)
{
    private const int MostPaths = 1_000_000;
    private const int LongestPath = 64 * 1024;
    private static readonly long LatestSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>The program; null where it is missing.</summary>
    public string? Git { get; init; } = GitCommand.Find();

    /// <summary>How long one reading may take before it is given up.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether the folder lies in a work tree, without asking git. A <c>.git</c> file counts: submodules and further work trees have one.</summary>
    public static bool IsWorkTree(string contentRoot)
    {
        // By the real path, as git goes: the content is often a link into a work tree.
        for (var folder = Real(new DirectoryInfo(contentRoot)); folder is not null; folder = folder.Parent is { } parent ? Real(parent) : null)
            if (Path.Exists(Path.Combine(folder.FullName, ".git"))) return true;
        return false;
    }

    /// <summary>The id of the current commit; null when there is no history.</summary>
    public async Task<string?> Head(CancellationToken cancelled) =>
        await WithinLimit(async (git, limited) => (await Place(git, limited))?.Head, cancelled);

    /// <summary>The dates of all files, or only of those that were committed since an earlier reading.</summary>
    /// <param name="since">The earlier reading's <see cref="CommitHistory.Head"/>; null for everything. One that the current commit does not descend from, as after a rebase, counts as null.</param>
    /// <param name="cancelled">Ends git too.</param>
    /// <returns>Null when there is no history, or when it could not be read, which is logged.</returns>
    public async Task<CommitHistory?> Read(string? since, CancellationToken cancelled) => await WithinLimit(async (git, limited) =>
    {
        if (await Place(git, limited) is not { } place) return null;
        if (since == place.Head) return new CommitHistory(place.Head, false, new Dictionary<string, long>());
        var isWhole = since is null || !await IsAncestor(git, since, place.Head, limited);
        var dates = new LogReader(place.Prefix, await Boundary(git, place, limited));
        var exit = await GitCommand.Run(git, contentRoot, LogArguments(place, isWhole ? null : since), output => dates.Read(output, limited), limited);
        if (exit is { Code: 0 }) return new CommitHistory(place.Head, isWhole, dates.Dates);
        log.LogWarning("The history of {Folder} can't be read, so dates of commits are not known: {Reason}", contentRoot, exit?.Error ?? "git can't be started");
        return null;
    }, cancelled);

    private static DirectoryInfo Real(DirectoryInfo folder)
    {
        try { return folder.ResolveLinkTarget(true) as DirectoryInfo ?? folder; }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return folder; }
    }

    /// <summary>One commit after the other with the files that it touched, each piece ended by NUL.</summary>
    private static IEnumerable<string> LogArguments(HistoryPlace place, string? since) =>
    [
        "log", "-z", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color", "--no-notes", "--no-mailmap", "--encoding=UTF-8",
        // Not --relative, which git forgets at merges.
        "--no-relative",
        // In place of an order that the repository's configuration may name.
        "-O/dev/null",
        // A merge counts for the files that differ from all its parents, such as those with a resolved conflict: the same as
        // "git log -- file" says. Compared with the first parent alone, it would give its date to all that a branch brings.
        "--diff-merges=combined",
        // Every commit of the history counts, also on a side that a merge then discarded. So the dates of two stretches of history
        // add up to those of the whole, whichever commit the stretches meet at.
        "--full-history",
        // The committer's date: the author's stays what it was when a commit is amended, rebased or picked, and may be years old.
        "--format=/%H %ct",
        since is null ? place.Head : $"{since}..{place.Head}",
        // Where the content is all that there is, git need not compare every commit twice.
        .. place.Prefix.Length > 0 ? ["--", "."] : (string[])["--"],
    ];

    private async Task<HistoryPlace?> Place(string git, CancellationToken cancelled)
    {
        // The folder comes last, since its name may have line breaks.
        var text = await GitCommand.Text(git, contentRoot, ["rev-parse", "HEAD^{commit}", "--is-shallow-repository", "--show-prefix"], cancelled);
        return text?.Split('\n', 3) is [var head, var isShallow, var prefix] && IsId(head) ? new HistoryPlace(head, isShallow == "true", prefix.TrimEnd('\n')) : null;
    }

    private async Task<bool> IsAncestor(string git, string commit, string head, CancellationToken cancelled) =>
        IsId(commit) && await GitCommand.Text(git, contentRoot, ["merge-base", "--is-ancestor", commit, head], cancelled) is not null;

    /// <summary>The commits at which a shallow clone was cut off. They seem to add every file, but say nothing of when.</summary>
    private async Task<IReadOnlySet<string>> Boundary(string git, HistoryPlace place, CancellationToken cancelled)
    {
        if (!place.IsShallow || await GitCommand.Text(git, contentRoot, ["rev-parse", "--git-path", "shallow"], cancelled) is not { } path) return new HashSet<string>();
        try { return (await File.ReadAllLinesAsync(Path.Combine(contentRoot, path.TrimEnd('\n')), cancelled)).ToHashSet(); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return new HashSet<string>(); }
    }

    private async Task<T?> WithinLimit<T>(Func<string, CancellationToken, Task<T?>> ask, CancellationToken cancelled) where T : class
    {
        if (Git is null || !IsWorkTree(contentRoot)) return null;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        limited.CancelAfter(Limit);
        try
        {
            return await ask(Git, limited.Token);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            log.LogWarning("Git did not tell the history of {Folder} within {Seconds} s, so dates of commits are not known", contentRoot, Limit.TotalSeconds);
            return null;
        }
        catch (InvalidDataException e)
        {
            log.LogWarning("The history of {Folder} is not read, so dates of commits are not known: {Reason}", contentRoot, e.Message);
            return null;
        }
    }

    private static bool IsId(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigitLower);

    /// <param name="Head">The current commit.</param>
    /// <param name="IsShallow">True for a clone without its earlier commits.</param>
    /// <param name="Prefix">The content folder within the work tree, with a slash at the end; empty when they are the same.</param>
    private sealed record HistoryPlace(string Head, bool IsShallow, string Prefix);

    /// <summary>Takes the latest date of every path from what git prints.</summary>
    private sealed class LogReader(string prefix, IReadOnlySet<string> boundary)
    {
        private long? _date;
        private bool _isFirst;

        public Dictionary<string, long> Dates { get; } = new(StringComparer.Ordinal);

        /// <exception cref="InvalidDataException">There are more or longer paths than a publication has.</exception>
        public async Task Read(Stream output, CancellationToken cancelled)
        {
            var pipe = PipeReader.Create(output, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
            while (true)
            {
                var result = await pipe.ReadAsync(cancelled);
                var rest = Take(result.Buffer);
                if (result.IsCompleted) return;
                if (result.Buffer.Slice(rest).Length > LongestPath) throw new InvalidDataException("It names a path that is too long.");
                pipe.AdvanceTo(rest, result.Buffer.End);
            }
        }

        private SequencePosition Take(ReadOnlySequence<byte> buffer)
        {
            var reader = new SequenceReader<byte>(buffer);
            while (reader.TryReadTo(out ReadOnlySequence<byte> piece, (byte)0)) Take(Encoding.UTF8.GetString(piece));
            return reader.Position;
        }

        private void Take(string piece)
        {
            // No path begins with a slash.
            if (piece.StartsWith('/'))
            {
                var space = piece.IndexOf(' ');
                var isDate = long.TryParse(piece.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= LatestSecond;
                _date = isDate && !boundary.Contains(piece[1..space]) ? seconds * 1000 : null;
                _isFirst = true;
                return;
            }

            // Git separates a commit from its files by a line break, or at merges by one more NUL.
            var path = _isFirst && piece.StartsWith('\n') ? piece[1..] : piece;
            _isFirst = false;
            if (_date is not { } date || path.Length <= prefix.Length || !path.StartsWith(prefix, StringComparison.Ordinal)) return;
            path = path[prefix.Length..];
            // The latest rather than the first: the clocks of committers differ.
            if (!Dates.TryGetValue(path, out var known) || known < date) Dates[path] = date;
            if (Dates.Count > MostPaths) throw new InvalidDataException($"It names more than {MostPaths} files.");
        }
    }
}

/// <summary>When content files were last committed.</summary>
/// <param name="Head">The commit that it is of.</param>
/// <param name="IsWhole">True when it is all that is known; false when it adds to an earlier reading, where of two dates of a path the later counts.</param>
/// <param name="Dates">Committer dates in Unix milliseconds by content path, deleted files among them. A file that is not in it was never committed, or before the first commit that a shallow clone has.</param>
internal sealed record CommitHistory(string Head, bool IsWhole, IReadOnlyDictionary<string, long> Dates);
