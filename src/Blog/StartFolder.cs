namespace Blog;

/// <summary>The folder that relative paths are meant from: where the person at the terminal stands.</summary>
internal static class StartFolder
{
    /// <summary>The argument by which settings are read once. Else every folder below the one that the host begins with is watched for them, which may be a great many.</summary>
    public const string SettingsOnce = "--hostBuilder:reloadConfigOnChange=false";

    private static readonly bool IsSource = File.Exists("Blog.csproj");

    // “dotnet run” starts a web project in the project's own folder; where its caller stood, the shell says.
    private static readonly string Folder =
        IsSource && Environment.GetEnvironmentVariable("PWD") is { } folder && System.IO.Path.IsPathRooted(folder) && Directory.Exists(folder) ? folder : Directory.GetCurrentDirectory();

    /// <summary>The absolute path that <paramref name="path"/> means.</summary>
    public static string Resolve(string path) => System.IO.Path.GetFullPath(path, Folder);

    /// <summary>The arguments, with Development for a site that is run from its source, as by “dotnet run”, where nobody says otherwise. A launch profile would do the same, but is announced among what a command prints.</summary>
    private static string[] WithEnvironment(string[] args) =>
        IsSource && Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") is null && Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is null ? ["--environment", "Development", .. args] : args;

    /// <summary>How the host is to begin: with what lies beside the program where it is started from elsewhere, as a service is; where there is nothing, the usual.</summary>
    /// <param name="args">Of the command line.</param>
    /// <param name="environment">Whatever anybody says; null for what the arguments or the environment's variables do.</param>
    public static WebApplicationOptions Options(string[] args, string? environment = null)
    {
        var isElsewhere = !Directory.Exists("wwwroot") && Directory.Exists(System.IO.Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        var isSaid = Environment.GetEnvironmentVariable("ASPNETCORE_CONTENTROOT") is not null || args.Any(argument => argument.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase));
        return new WebApplicationOptions { Args = [SettingsOnce, .. environment is null ? WithEnvironment(args) : args], EnvironmentName = environment, ContentRootPath = isElsewhere && !isSaid ? AppContext.BaseDirectory : null };
    }
}
