using System.CommandLine;
using Blog.Content;

namespace Blog.Commands;

/// <summary>What the program can do besides serving the site.</summary>
public static class CommandList
{
    /// <summary>The table of contents of this room.</summary>
    public static IReadOnlyList<Command> All { get; } = [NewCommand.Create(), CheckCommand.Create(), ExportCommand.Create(), SchemaCommand.Create()];

    /// <summary>Runs the command that the arguments name, or serves the site when they name none. Returns the exit code: 0 for success, 2 for arguments that can't be understood.</summary>
    public static async Task<int> Run(string[] args, Func<string[], Task> serve)
    {
        var first = args.FirstOrDefault() ?? "serve";
        if (first == "serve" || (first.StartsWith('-') && first is not ("--help" or "-h" or "-?")))
            return await Serve(first == "serve" ? args.Skip(1).ToArray() : args, serve);
        if (!first.StartsWith('-') && All.All(command => command.Name != first))
        {
            await Console.Error.WriteLineAsync($"There is no command “{first}”. {NearestName.DidYouMean(first, All.Select(command => command.Name).Append("serve"), "See --help.")}");
            return 2;
        }

        var root = new RootCommand("Blog: a folder of Markdown as a publication. Without a command it serves the site.")
        {
            new Command("serve", "Serves the site. Options: --content DIR, --data DIR, --base-url URL, --urls URLS") { TreatUnmatchedTokensAsErrors = false },
        };
        foreach (var command in All) root.Subcommands.Add(command);
        // A title may begin with @, which would else name a file with further arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var code = await parsed.InvokeAsync();
        return parsed.Errors.Count > 0 ? 2 : code;
    }

    private static async Task<int> Serve(string[] args, Func<string[], Task> serve)
    {
        try
        {
            await serve(args);
            return 0;
        }
        catch (Microsoft.Extensions.Options.OptionsValidationException e)
        {
            foreach (var failure in e.Failures) await Console.Error.WriteLineAsync(failure);
            return 2;
        }
    }
}
