namespace Blog.Tests;

/// <summary>The folder of real articles beside the repository, which not every machine has.</summary>
internal static class SharedFolder
{
    /// <summary>A path in it; the test is skipped, with the reason, where it is missing.</summary>
    public static string Path(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(folder.FullName, "Blog.sln"))) continue;
            var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder.FullName, "..", "shared", relative));
            Skip.IfNot(File.Exists(path) || Directory.Exists(path), $"{path} is not on this machine.");
            return path;
        }

        throw new InvalidOperationException("The tests do not run within the repository.");
    }
}

/// <summary>Folders of this repository.</summary>
internal static class Repository
{
    /// <summary>A path from the repository's root.</summary>
    public static string Path(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Blog.sln"))) folder = folder.Parent;
        return System.IO.Path.Combine([folder?.FullName ?? throw new InvalidOperationException("The tests do not run within the repository."), .. parts]);
    }
}
