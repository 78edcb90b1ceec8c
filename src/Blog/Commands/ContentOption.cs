using System.CommandLine;
using Blog.Content;

namespace Blog.Commands;

/// <summary>The option that names the folder of the publication, for every command alike.</summary>
internal static class ContentOption
{
    public static Option<string> Create() => new("--content")
    {
        Description = "The content folder.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Blog__ContentPath") is { Length: > 0 } path ? path : "content",
    };

    /// <summary>What to say when there is no such folder.</summary>
    public static string Missing(ContentFolder folder) => $"The content folder {folder.Root} does not exist. Give the folder with your articles as --content DIR.";
}
