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

    [Theory]
    [InlineData("new", "old")]
    [InlineData("old", "new")]
    public void A_broken_file_that_moves_keeps_its_last_good_version_whichever_name_is_looked_at_first(string first, string second)
    {
        var names = new Dictionary<string, string> { ["old"] = "articles/old.md", ["new"] = "guides/new.md" };
        Write(names["old"], Part);
        Told(names["old"]);
        Write(names["old"], "---\ntitle: Half a front matter");
        Told(names["old"]);
        Directory.CreateDirectory(Path.Combine(_content.Root, "guides"));
        File.Move(Path.Combine(_content.Root, names["old"]), Path.Combine(_content.Root, names["new"]));
        // Seen as one move, but not finished: a moment later each is looked at by itself.
        var settling = new FileSettling(_content, TimeProvider.System);
        _sync.Run(SyncScope.Of([.. names.Values]) with { Settling = settling }, false, CancellationToken.None);
        Assert.Equal(names.Values.Order(), _sync.Deferred.Order());
        _sync.Run(SyncScope.Of([names[first]]) with { Settling = first == "old" ? settling : null }, false, CancellationToken.None);
        Told(names[second]);
        Told(names[first]);
        Assert.Equal(["guides/new.md"], Kept());
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

    private List<string> Kept()
    {
        using var connection = _file.OpenForWriting();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Path FROM Articles WHERE BrokenSince IS NOT NULL AND Title = 'Part' AND Section = 'guides'";
        using var reader = command.ExecuteReader();
        var kept = new List<string>();
        while (reader.Read()) kept.Add(reader.GetString(0));
        return kept;
    }

    private void EqualsFresh()
    {
        using var fresh = CatalogueFile.Open(Path.Combine(_folder, "fresh"), NullLogger.Instance);
        if (File.Exists(_file.RedirectsPath)) File.Copy(_file.RedirectsPath, fresh.RedirectsPath);
        new CatalogueSync(_content, fresh, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance).Run(SyncScope.Everything(SyncReason.Start), true, CancellationToken.None);
        Assert.Equal(CatalogueDump.Lines(fresh, new HashSet<string>()), CatalogueDump.Lines(_file, new HashSet<string>()));
    }
}
