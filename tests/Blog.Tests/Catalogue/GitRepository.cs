using System.Diagnostics;
using Blog.Catalogue;

namespace Blog.Tests.Catalogue;

/// <summary>A real repository in a temporary folder, with the verbs that tests need.</summary>
internal sealed class GitRepository : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("blog-git-").FullName;

    /// <summary>Makes an empty repository; the test is skipped where git is missing.</summary>
    public GitRepository()
    {
        Skip.If(GitCommand.Find() is null, "git is not on this machine.");
        Root = Path.Combine(_folder, "site");
        Directory.CreateDirectory(Root);
        Git("init", "--quiet", "--initial-branch=main");
    }

    /// <summary>The work tree.</summary>
    public string Root { get; }

    /// <summary>A path beside the work tree, for a clone or link.</summary>
    public string Beside(string name) => Path.Combine(_folder, name);

    public GitRepository Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return this;
    }

    /// <summary>Commits all that changed, at that Unix second.</summary>
    /// <returns>The id of the commit.</returns>
    public string Commit(long second, long? authored = null)
    {
        Git("add", "--all");
        Run(Root, second, authored ?? second, ["commit", "--quiet", "--allow-empty", "--message=test"]);
        return Git("rev-parse", "HEAD").Trim();
    }

    /// <summary>Merges a branch, at that Unix second; in files that are in conflict, the given text resolves it.</summary>
    public void Merge(string branch, long second, string? resolved = null)
    {
        Run(Root, second, second, ["merge", "--quiet", "--no-ff", "--message=merge", branch], resolved is not null);
        if (resolved is null) return;
        foreach (var path in Git("diff", "--name-only", "--diff-filter=U").Split('\n', StringSplitOptions.RemoveEmptyEntries)) Write(path, resolved);
        Commit(second);
    }

    public string Git(params string[] arguments) => Run(Root, 0, 0, arguments);

    /// <summary>Git in another folder.</summary>
    public static string GitIn(string folder, params string[] arguments) => Run(folder, 0, 0, arguments);

    public void Dispose() => Directory.Delete(_folder, true);

    private static string Run(string folder, long committed, long authored, string[] arguments, bool mayFail = false)
    {
        var start = new ProcessStartInfo(GitCommand.Find()!, ["-c", "protocol.file.allow=always", "-c", "core.autocrlf=false", .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in new[] { ("CONFIG_GLOBAL", "/dev/null"), ("CONFIG_NOSYSTEM", "1"), ("AUTHOR_NAME", "ada"), ("AUTHOR_EMAIL", "ada@blog.example"), ("AUTHOR_DATE", $"@{authored} +0200"), ("COMMITTER_NAME", "ben"), ("COMMITTER_EMAIL", "ben@blog.example"), ("COMMITTER_DATE", $"@{committed} -0500") })
            start.Environment["GIT_" + name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0 || mayFail, $"git {string.Join(' ', arguments)}: {error.Result}");
        return output;
    }
}
