using System.Globalization;

namespace Blog.Benchmarks;

/// <summary>A folder of articles that a run may rewrite.</summary>
internal sealed class Corpus
{
    private Corpus(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Full paths of the articles.</summary>
    public IReadOnlyList<string> Articles { get; private init; } = [];

    /// <summary>The corpus that the options name, copied, or one of that many articles, made.</summary>
    public static async Task<Corpus> Open(Options options, int articles, string folder, CancellationToken cancelled)
    {
        if (options.Corpus is not { } existing) return await Make(options, articles, 1, folder, cancelled);
        if (!Directory.Exists(existing)) throw new OptionException($"There is no corpus {existing}.");
        Copy(existing, folder);
        return In(folder);
    }

    /// <summary>A corpus of that many articles; another seed makes other articles.</summary>
    public static async Task<Corpus> Make(Options options, int articles, int seed, string folder, CancellationToken cancelled)
    {
        var maker = Path.Combine(options.Bench, "make_corpus.py");
        if (!File.Exists(maker)) throw new OptionException($"{maker} is not there. Name a corpus with --corpus, or the maker's folder with --bench.");
        await Command.Run("python3", [maker, articles.ToString(CultureInfo.InvariantCulture), folder, "--seed", seed.ToString(CultureInfo.InvariantCulture)], cancelled);
        return In(folder);
    }

    /// <summary>The address of an article: by the slug in its front matter, else by its name.</summary>
    public static string AddressOf(string path)
    {
        var slug = File.ReadLines(path).Take(20).FirstOrDefault(line => line.StartsWith("slug:", StringComparison.Ordinal));
        return "/articles/" + (slug?["slug:".Length..].Trim() ?? Path.GetFileNameWithoutExtension(path));
    }

    private static Corpus In(string folder)
    {
        var articles = Path.Combine(folder, "articles");
        var found = Directory.Exists(articles) ? Directory.GetFiles(articles, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList() : [];
        return found.Count > 0 ? new Corpus(folder) { Articles = found } : throw new OptionException($"There are no articles in {articles}.");
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
