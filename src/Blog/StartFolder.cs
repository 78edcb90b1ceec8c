namespace Blog;

/// <summary>The folder that relative paths are meant from: where the person at the terminal stands.</summary>
internal static class StartFolder
{
    // “dotnet run” starts a web project in the project's own folder; where its caller stood, the shell says.
    private static readonly string Folder =
        File.Exists("Blog.csproj") && Environment.GetEnvironmentVariable("PWD") is { } folder && System.IO.Path.IsPathRooted(folder) && Directory.Exists(folder) ? folder : Directory.GetCurrentDirectory();

    /// <summary>The absolute path that <paramref name="path"/> means.</summary>
    public static string Resolve(string path) => System.IO.Path.GetFullPath(path, Folder);
}
