using System.Globalization;

namespace Blog.Benchmarks;

/// <summary>What the command line asks for; <c>Program.cs</c> says what each means.</summary>
internal sealed class Options
{
    private static readonly string[] Names = ["articles", "saves", "watch", "poll-seconds", "requests-per-second", "seed", "corpus", "bench", "app", "data", "rounds", "seconds", "out"];

    private readonly Dictionary<string, string> _values = [];

    public string Watch => _values.GetValueOrDefault("watch", "events");

    public int PollSeconds => Number("poll-seconds", 10);

    public int RequestsPerSecond => Number("requests-per-second", 20);

    public int Seed => Number("seed", 1);

    public int Rounds => Number("rounds", 3);

    public int Seconds => Number("seconds", 10);

    public string? Corpus => _values.GetValueOrDefault("corpus");

    /// <summary>Where the catalogue is kept, and taken from when it is there.</summary>
    public string? Data => _values.GetValueOrDefault("data");

    /// <summary>The file that figures are written to as well.</summary>
    public string? Out => _values.GetValueOrDefault("out");

    public string? App => _values.GetValueOrDefault("app");

    public string Bench => _values.GetValueOrDefault("bench") ?? Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "bench"));

    /// <exception cref="OptionException">One is not known or lacks its value.</exception>
    public static Options Parse(string[] args)
    {
        var options = new Options();
        for (var i = 0; i < args.Length; i += 2)
        {
            var name = args[i].TrimStart('-');
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || !Names.Contains(name)) throw new OptionException($"There is no option {args[i]}. See --help.");
            options._values[name] = i + 1 < args.Length ? args[i + 1] : throw new OptionException($"{args[i]} needs a value.");
        }

        return options;
    }

    public int Articles(int otherwise) => Number("articles", otherwise);

    public int Saves(int otherwise) => Number("saves", otherwise);

    private int Number(string name, int otherwise) =>
        !_values.TryGetValue(name, out var text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new OptionException($"--{name} is a number, not {text}.");
}

/// <summary>Something that can't be run as asked; its message is for the one who asked.</summary>
internal sealed class OptionException(string message) : Exception(message);

/// <summary>The repository that this runs in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Blog.sln"))) return folder.FullName;
        throw new OptionException("The benchmarks do not run within the repository.");
    }
}
