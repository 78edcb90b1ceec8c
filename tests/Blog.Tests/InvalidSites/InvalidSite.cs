namespace Blog.Tests.InvalidSites;

/// <summary>A case: files that no site should stumble over, and what its <c>expected.txt</c> says must come of them.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Problems"><c>path:line code</c>, with a line break in a path written as <c>\n</c>.</param>
/// <param name="Served"><c>served: /address</c> answers 200.</param>
/// <param name="Gone"><c>gone: /address</c> answers 404.</param>
/// <param name="Shown"><c>shown: text</c> can be read on the first served page.</param>
/// <param name="Absent"><c>absent: text</c> is in the markup of no page's main part.</param>
/// <param name="NotAsRoot"><c>not-as-root</c>: root may do what the case needs to be forbidden.</param>
internal sealed record InvalidSite(string Name, IReadOnlyList<string> Problems, IReadOnlyList<string> Served, IReadOnlyList<string> Gone, IReadOnlyList<string> Shown, IReadOnlyList<string> Absent, bool NotAsRoot)
{
    private const string Expected = "expected.txt";

    private static string Folder => Repository.Path("tests", "Blog.Tests", "InvalidSites");

    public static IEnumerable<string> Names => Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    public static InvalidSite Read(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, name, Expected)).Where(line => line.Length > 0 && !line.StartsWith('#')).ToList();
        IReadOnlyList<string> Of(string key) => lines.Where(line => line.StartsWith(key + ": ", StringComparison.Ordinal)).Select(line => line[(key.Length + 2)..]).ToList();
        var problems = lines.Where(line => line != "not-as-root" && !line.Contains(": ", StringComparison.Ordinal)).ToList();
        return new InvalidSite(name, problems, Of("served"), Of("gone"), Of("shown"), Of("absent"), lines.Contains("not-as-root"));
    }

    /// <summary>Copies the case's files and generates those that can't be committed. Disposing makes them such that the folder can be deleted.</summary>
    public IDisposable WriteTo(string contentPath)
    {
        var source = Path.Combine(Folder, Name);
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, file);
            if (relative == Expected) continue;
            var target = Path.Combine(contentPath, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        if (InvalidSiteGenerators.All.TryGetValue(Name, out var generate)) generate(contentPath);
        return new Written(contentPath);
    }

    private sealed class Written(string contentPath) : IDisposable
    {
        public void Dispose() => InvalidSiteGenerators.MakeRemovable(contentPath);
    }
}
