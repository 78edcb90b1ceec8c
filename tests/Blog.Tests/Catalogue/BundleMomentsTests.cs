using Blog.Catalogue;
using Blog.Content;
using Microsoft.Extensions.Logging.Abstractions;

namespace Blog.Tests.Catalogue;

/// <summary>A part of a bundle follows it, whatever the moments at which the system tells of the one and the other.</summary>
public sealed class BundleMomentsTests : IDisposable
{
    private const string Part = "---\ntitle: Part\n---\nText\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("blog-moments-").FullName;
    private readonly ContentFolder _content;
    private readonly CatalogueFile _file;
    private readonly CatalogueSync _sync;

    public BundleMomentsTests()
    {
        _content = new ContentFolder(Path.Combine(_folder, "content"));
        Write("articles/first.md", Part);
        _file = CatalogueFile.Open(Path.Combine(_folder, "data"), NullLogger.Instance);
        _sync = Start();
    }

    [Fact]
    public void A_part_told_of_again_when_its_bundle_goes()
    {
        Write("courses/one/post.md", "---\ntitle: Course\nlessons: [part]\n---\nText\n");
        Write("courses/one/part.md", Part);
        Told("courses/one/post.md", "courses/one/part.md");
        Assert.Contains("/courses/one/part", Addresses());
        File.Delete(Path.Combine(_content.Root, "courses/one/post.md"));
        Told("courses/one/post.md", "courses/one/part.md");
        EqualsFresh();
        Assert.Contains("/courses/part", Addresses());
    }

    [Fact]
    public void A_part_told_of_again_when_its_bundle_comes()
    {
        Write("courses/one/part.md", Part);
        Told("courses/one/part.md");
        Write("courses/one/post.md", "---\ntitle: Course\nlessons: [part]\n---\nText\n");
        Told("courses/one/post.md", "courses/one/part.md");
        EqualsFresh();
        Assert.Contains("/courses/one/part", Addresses());
    }

    [Theory]
    [InlineData("events")]
    [InlineData("looks")]
    [InlineData("restart")]
    public void A_bundle_that_goes_while_it_is_waited_for(string way)
    {
        Write("courses/one/post.md", "---\ntitle: Half a front matter");
        Write("courses/one/part.md", Part);
        var settling = new FileSettling(_content, TimeProvider.System);
        _sync.Run(SyncScope.Of(["courses/one/post.md", "courses/one/part.md"]) with { Settling = settling }, false, CancellationToken.None);
        Assert.Equal(["courses/one/post.md"], _sync.Deferred);
        File.Delete(Path.Combine(_content.Root, "courses/one/post.md"));
        if (way == "events") Told("courses/one/post.md");
        else (way == "looks" ? _sync : Again()).Run(SyncScope.Everything(SyncReason.Look), false, CancellationToken.None);
        EqualsFresh();
        Assert.Contains("/courses/part", Addresses());
    }

    public void Dispose()
    {
        _file.Dispose();
        Directory.Delete(_folder, true);
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_content.Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private void Told(params string[] paths) => _sync.Run(SyncScope.Of(paths), false, CancellationToken.None);

    private CatalogueSync Again() => new(_content, _file, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance);

    private CatalogueSync Start()
    {
        var sync = Again();
        sync.Run(SyncScope.Everything(SyncReason.Start), true, CancellationToken.None);
        return sync;
    }

    private List<string> Addresses()
    {
        using var connection = _file.OpenForWriting();
        using var writer = new CatalogueWriter(connection, DateTimeOffset.UtcNow);
        return writer.WantedAddresses();
    }

    private void EqualsFresh()
    {
        using var fresh = CatalogueFile.Open(Path.Combine(_folder, "fresh"), NullLogger.Instance);
        if (File.Exists(_file.RedirectsPath)) File.Copy(_file.RedirectsPath, fresh.RedirectsPath);
        new CatalogueSync(_content, fresh, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance).Run(SyncScope.Everything(SyncReason.Start), true, CancellationToken.None);
        Assert.Equal(CatalogueDump.Lines(fresh, new HashSet<string>()), CatalogueDump.Lines(_file, new HashSet<string>()));
    }
}
