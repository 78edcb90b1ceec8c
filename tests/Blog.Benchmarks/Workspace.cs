namespace Blog.Benchmarks;

/// <summary>A temporary folder for one run.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("blog-bench-").FullName;

    public string At(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, true);
}
