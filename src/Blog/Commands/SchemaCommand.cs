using System.CommandLine;

namespace Blog.Commands;

/// <summary><c>schema</c>: prints the JSON Schema by which an editor completes and checks front matter or <c>site.yml</c>.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var of = new Argument<string>("of") { Description = "What the schema is of.", DefaultValueFactory = _ => "front-matter" };
        of.AcceptOnlyFromAmong("front-matter", "site");
        var file = new Option<string?>("--output", "-o") { Description = "The file to write; without one, the schema is printed.", HelpName = "FILE" };
        var command = new Command("schema", "Prints a JSON Schema of front matter or site.yml, with which editors complete and check them.") { of, file };
        command.SetAction((parsed, _) => Run(parsed.GetValue(of)!, parsed.GetValue(file), Console.Out, Console.Error));
        return command;
    }

    /// <summary>Returns 0, or 1 when the file can't be written.</summary>
    /// <param name="of"><c>front-matter</c> or <c>site</c>.</param>
    /// <param name="file">Where to; null for <paramref name="output"/>.</param>
    /// <param name="output">Receives the schema, or where it was written.</param>
    /// <param name="errors">Receives why it was not.</param>
    internal static async Task<int> Run(string of, string? file, TextWriter output, TextWriter errors)
    {
        var schema = (of == "site" ? SiteSchema.Create() : FrontMatterSchema.Create()).ToJsonString(JsonProblems.Options);
        if (file is null)
        {
            await output.WriteLineAsync(schema);
            return 0;
        }

        try
        {
            var path = StartFolder.Resolve(file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, schema + "\n");
            await output.WriteLineAsync($"Wrote {file}.");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            await errors.WriteLineAsync($"{file} can't be written: {e.Message} Give another file as --output FILE.");
            return 1;
        }
    }
}
