using System.Diagnostics;
using System.Security.Cryptography;
using Blog.Catalogue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Blog.Tests.Catalogue;

/// <summary>When content files were last committed, from real repositories.</summary>
public sealed class CommitDatesTests
{
    [SkippableFact]
    public async Task A_file_has_the_date_of_the_last_commit_that_touched_it()
    {
        using var repository = new GitRepository();
        repository.Write("a.md", "a").Write("b.md", "b").Commit(1000);
        repository.Write("b.md", "bee").Commit(2000);
        var head = repository.Commit(3000);
        var history = await Read(repository.Root);
        Assert.Equal((head, true), (history!.Head, history.IsWhole));
        Assert.Equal(["a.md 1000", "b.md 2000"], Dates(history));
        Assert.Equal(head, await On(repository.Root).Head(default));
    }

    [SkippableFact]
    public async Task The_date_is_the_committers_not_the_authors()
    {
        using var repository = new GitRepository();
        repository.Write("a.md", "a").Commit(2000, authored: 1000);
        Assert.Equal(["a.md 2000"], Dates(await Read(repository.Root)));
    }

    [SkippableFact]
    public async Task File_names_may_have_spaces_umlauts_quotes_and_line_breaks()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such file names.");
        using var repository = new GitRepository();
        string[] names = ["\n first.md", "a b.md", "two\nlines.md", "tab\there.md", "say \"ja\".md", "über/日本語 🙂.md", "back\\slash.md", "1000.md"];
        foreach (var name in names) repository.Write(name, name);
        repository.Commit(1000);
        Assert.Equal(names.Order(StringComparer.Ordinal), (await Read(repository.Root))!.Dates.Keys.Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task The_content_may_be_a_folder_of_the_repository_also_by_a_link()
    {
        using var repository = new GitRepository();
        repository.Write("the site/content/articles/a.md", "a").Write("README.md", "r").Write("the site/contents.md", "c").Commit(1000);
        repository.Write("README.md", "read").Commit(2000);
        var content = Path.Combine(repository.Root, "the site", "content");
        Assert.Equal(["articles/a.md 1000"], Dates(await Read(content)));
        var link = Directory.CreateSymbolicLink(repository.Beside("link"), content).FullName;
        Assert.True(CommitDates.IsWorkTree(link));
        Assert.Equal(["articles/a.md 1000"], Dates(await Read(link)));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("content/")]
    public async Task A_merge_gives_its_date_only_to_what_it_changed_itself(string folder)
    {
        using var repository = new GitRepository();
        repository.Write(folder + "both.md", "start").Write(folder + "old.md", "old").Commit(1000);
        repository.Git("checkout", "--quiet", "-b", "side");
        repository.Write(folder + "both.md", "side").Write(folder + "side.md", "side").Commit(2000);
        repository.Git("checkout", "--quiet", "main");
        var before = repository.Write(folder + "both.md", "main").Write(folder + "main.md", "main").Commit(3000);
        repository.Merge("side", 4000, resolved: "both");
        var content = Path.Combine(repository.Root, folder);
        Assert.Equal(["both.md 4000", "main.md 3000", "old.md 1000", "side.md 2000"], Dates(await Read(content)));
        Assert.Equal(["both.md 4000", "side.md 2000"], Dates(await Read(content, before)));
    }

    [SkippableFact]
    public async Task Only_what_was_committed_since_an_earlier_reading_is_read()
    {
        using var repository = new GitRepository();
        var first = repository.Write("a.md", "a").Write("b.md", "b").Commit(1000);
        var second = repository.Write("b.md", "bee").Write("c.md", "c").Commit(2000);
        var history = await Read(repository.Root, first);
        Assert.False(history!.IsWhole);
        Assert.Equal(["b.md 2000", "c.md 2000"], Dates(history));
        var same = await Read(repository.Root, second);
        Assert.Equal((second, false, 0), (same!.Head, same.IsWhole, same.Dates.Count));
    }

    [SkippableFact]
    public async Task Everything_is_read_when_the_current_commit_does_not_descend_from_the_earlier_one()
    {
        using var repository = new GitRepository();
        repository.Write("a.md", "a").Commit(1000);
        var replaced = repository.Write("b.md", "b").Commit(2000);
        repository.Git("reset", "--quiet", "--hard", "HEAD~1");
        repository.Write("c.md", "c").Commit(3000);
        foreach (var since in new[] { replaced, new string('0', 40), "main", "--output=stolen", "" })
        {
            var history = await Read(repository.Root, since);
            Assert.True(history!.IsWhole);
            Assert.Equal(["a.md 1000", "c.md 3000"], Dates(history));
        }

        Assert.Equal([".git", "a.md", "c.md"], Directory.GetFileSystemEntries(repository.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Two_readings_add_up_to_the_whole_even_where_a_merge_discards_a_side()
    {
        using var repository = new GitRepository();
        repository.Write("a.md", "a").Write("b.md", "b").Commit(5000);
        repository.Git("checkout", "--quiet", "-b", "side");
        repository.Write("a.md", "side").Commit(6000);
        repository.Git("checkout", "--quiet", "main");
        var first = repository.Write("b.md", "clock of last year").Commit(2000);
        var before = await Read(repository.Root);
        repository.Git("merge", "--quiet", "--strategy=ours", "--message=merge", "side");
        var added = await Read(repository.Root, first);
        var sum = before!.Dates.Concat(added!.Dates).GroupBy(date => date.Key).Select(dates => $"{dates.Key} {dates.Max(date => date.Value) / 1000}");
        Assert.Equal(Dates(await Read(repository.Root)), sum.Order(StringComparer.Ordinal));
        Assert.Equal(["a.md 6000", "b.md 5000"], Dates(await Read(repository.Root)));
    }

    [SkippableFact]
    public async Task A_shallow_clone_knows_only_what_was_committed_after_its_cut()
    {
        using var repository = new GitRepository();
        repository.Write("content/a.md", "a").Write("content/b.md", "b").Commit(1000);
        repository.Write("content/b.md", "bee").Commit(2000);
        repository.Write("content/c.md", "c").Commit(3000);
        repository.Git("clone", "--quiet", "--depth=2", $"file://{repository.Root}", repository.Beside("shallow"));
        Assert.Equal(["c.md 3000"], Dates(await Read(Path.Combine(repository.Beside("shallow"), "content"))));
    }

    [SkippableFact]
    public async Task Deleted_files_do_no_harm_and_empty_commits_neither()
    {
        using var repository = new GitRepository();
        repository.Write("a.md", "a").Write("b.md", "b").Commit(1000);
        File.Delete(Path.Combine(repository.Root, "a.md"));
        repository.Commit(2000);
        repository.Commit(3000);
        Assert.Equal(["a.md 2000", "b.md 1000"], Dates(await Read(repository.Root)));
    }

    [SkippableFact]
    public async Task Work_trees_submodules_and_a_detached_head_are_read_alike()
    {
        using var repository = new GitRepository();
        var first = repository.Write("a.md", "a").Commit(1000);
        repository.Write("b.md", "b").Commit(2000);
        repository.Git("worktree", "add", "--quiet", "--detach", repository.Beside("tree"), first);
        Assert.Equal(["a.md 1000"], Dates(await Read(repository.Beside("tree"))));

        using var outer = new GitRepository();
        outer.Git("submodule", "--quiet", "add", repository.Root, "content");
        outer.Commit(9000);
        Assert.Equal(["a.md 1000", "b.md 2000"], Dates(await Read(Path.Combine(outer.Root, "content"))));
    }

    [SkippableFact]
    public async Task Without_a_commit_a_repository_or_git_there_is_no_history()
    {
        using var repository = new GitRepository();
        Assert.True(CommitDates.IsWorkTree(repository.Root));
        await HasNone(On(repository.Root));

        var folder = repository.Beside("plain");
        Directory.CreateDirectory(folder);
        Assert.False(CommitDates.IsWorkTree(folder));
        await HasNone(On(folder));
        await HasNone(On(repository.Beside("missing")));
        File.WriteAllText(Path.Combine(folder, ".git"), "gitdir: /nowhere\n");
        Assert.True(CommitDates.IsWorkTree(folder));
        await HasNone(On(folder));

        repository.Write("a.md", "a").Commit(1000);
        await HasNone(new CommitDates(repository.Root, NullLogger.Instance) { Git = null });
        await HasNone(new CommitDates(repository.Root, NullLogger.Instance) { Git = repository.Beside("no-git") });
    }

    [SkippableFact]
    public async Task The_repository_runs_no_program_changes_nothing_and_is_not_written_to()
    {
        using var repository = new GitRepository();
        repository.Write("content/a.md", "a").Write(".gitattributes", "*.md diff=evil filter=evil\n").Commit(1000);
        repository.Write("content/a.md", "aa").Commit(2000);
        var evil = Script(repository.Beside("evil"), $"touch '{repository.Beside("ran")}'");
        foreach (var key in new[] { "core.fsmonitor", "core.pager", "pager.log", "core.sshCommand", "core.editor", "gpg.program", "diff.external", "diff.evil.command", "diff.evil.textconv", "filter.evil.clean", "credential.helper", "core.alternateRefsCommand" })
            repository.Git("config", key, evil);
        foreach (var (key, value) in new[] { ("alias.log", "!" + evil), ("log.showSignature", "true"), ("log.showRoot", "false"), ("log.diffMerges", "off"), ("log.decorate", "full"), ("diff.relative", "true"), ("diff.orderFile", "/nowhere"), ("diff.noPrefix", "true"), ("diff.renames", "copies"), ("format.pretty", "oneline"), ("color.ui", "always"), ("core.quotePath", "true"), ("i18n.logOutputEncoding", "UTF-16") })
            repository.Git("config", key, value);
        var before = Snapshot(repository.Root);
        Assert.Equal(["a.md 2000"], Dates(await Read(Path.Combine(repository.Root, "content"))));
        Assert.Equal(before, Snapshot(repository.Root));
        Assert.False(File.Exists(repository.Beside("ran")));
    }

    [SkippableFact]
    public async Task A_repository_of_another_owner_is_read()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root can give a folder away.");
        using var repository = new GitRepository();
        repository.Write("a.md", "a").Commit(1000);
        using (var chown = Process.Start("chown", ["-R", "12345", repository.Root])) await chown.WaitForExitAsync();
        Assert.Equal(["a.md 1000"], Dates(await Read(repository.Root)));
    }

    [SkippableFact]
    public async Task Content_that_looks_like_a_bare_repository_is_not_one()
    {
        using var repository = new GitRepository();
        repository.Write("a.md", "a").Commit(1000);
        using var outer = new GitRepository();
        outer.Write("b.md", "b").Commit(2000);
        repository.Git("clone", "--quiet", "--bare", repository.Root, Path.Combine(outer.Root, "content"));
        await HasNone(On(Path.Combine(outer.Root, "content")));
    }

    [SkippableFact]
    public async Task What_a_partial_clone_lacks_is_not_fetched()
    {
        using var repository = new GitRepository();
        repository.Write("a/a.md", "a").Commit(1000);
        repository.Write("a/b.md", "b").Commit(2000);
        repository.Git("config", "uploadpack.allowFilter", "true");
        repository.Git("clone", "--quiet", "--filter=blob:none", $"file://{repository.Root}", repository.Beside("no-texts"));
        repository.Git("clone", "--quiet", "--filter=tree:0", $"file://{repository.Root}", repository.Beside("no-folders"));
        Assert.Equal(["a/a.md 1000", "a/b.md 2000"], Dates(await Read(repository.Beside("no-texts"))));
        var before = Snapshot(repository.Beside("no-folders"));
        var log = new Warnings();
        Assert.Null(await new CommitDates(repository.Beside("no-folders"), log).Read(null, default));
        Assert.Single(log.All);
        Assert.Equal(before, Snapshot(repository.Beside("no-folders")));
    }

    [SkippableFact]
    public async Task A_git_that_does_not_answer_is_killed()
    {
        using var repository = new GitRepository();
        var slow = Script(repository.Beside("slow"), "echo $$ >> \"$0.pids\"; sleep 600 & wait");
        var log = new Warnings();
        Assert.Null(await new CommitDates(repository.Root, log) { Git = slow, Limit = TimeSpan.FromSeconds(1) }.Read(null, default));
        Assert.Single(log.All);

        using var cancelled = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new CommitDates(repository.Root, log) { Git = slow }.Read(null, cancelled.Token));
        var pids = File.ReadAllLines(slow + ".pids");
        Assert.Equal(2, pids.Length);
        for (var left = 100; pids.Any(IsRunning) && left > 0; left--) await Task.Delay(50);
        Assert.DoesNotContain(pids, IsRunning);
    }

    private static CommitDates On(string folder) => new(folder, NullLogger.Instance);

    private static Task<CommitHistory?> Read(string folder, string? since = null) => On(folder).Read(since, default);

    private static IEnumerable<string> Dates(CommitHistory? history) => history!.Dates.Select(date => $"{date.Key} {date.Value / 1000}").Order(StringComparer.Ordinal);

    private static async Task HasNone(CommitDates dates)
    {
        Assert.Null(await dates.Head(default));
        Assert.Null(await dates.Read(null, default));
    }

    private static List<string> Snapshot(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(file => $"{file} {File.GetLastWriteTimeUtc(file).Ticks} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}").ToList();

    private static string Script(string path, string text)
    {
        Skip.If(OperatingSystem.IsWindows(), "The program is a shell script.");
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        return path;
    }

    private static bool IsRunning(string pid)
    {
        try
        {
            using var process = Process.GetProcessById(int.Parse(pid, System.Globalization.CultureInfo.InvariantCulture));
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Keeps what is logged.</summary>
    private sealed class Warnings : ILogger
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Add(formatter(state, exception));
    }
}
