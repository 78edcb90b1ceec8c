using System.Net;
using Blog.Catalogue;
using Blog.Content;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Blog.Tests.Catalogue;

/// <summary>Where the data folder can't be written, or not any more, the site serves, and says what is wrong and what to do.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("blog-disks-").FullName;

    private string Content => Path.Combine(_folder, "content");

    public void Dispose() => Directory.Delete(_folder, true);

    [SkippableTheory]
    [InlineData(64)]
    [InlineData(1024)]
    public async Task A_disk_that_is_too_small_for_the_catalogue_is_done_without(int kilobytes)
    {
        using var disk = new SmallDisk(kilobytes);
        Write("first", 200, 4000);
        await using var site = await BlogProcess.Start(Content, disk.Root).Ready();
        Assert.Equal(HttpStatusCode.OK, await site.Status("/articles/first-199"));
        var (status, reason, _) = await site.Health();
        Assert.Equal("degraded", status);
        Assert.Contains($"{disk.Root}", reason, StringComparison.Ordinal);
        Assert.Contains("the disk is full", reason, StringComparison.Ordinal);
        Assert.Contains("set Blog__DataPath", Assert.Single(site.Log, line => line.Contains("the disk is full", StringComparison.Ordinal)), StringComparison.Ordinal);
        // What had been built when the disk was full does not go on filling it.
        Assert.Empty(Directory.GetFiles(disk.Root, "*.new"));
    }

    [SkippableFact]
    public async Task A_disk_that_fills_up_leaves_the_site_as_it_was_and_is_followed_by_itself_once_there_is_room()
    {
        using var disk = new SmallDisk(8 * 1024);
        Write("first", 20, 1000);
        await using var site = await BlogProcess.Start(Content, disk.Root).Ready();
        var before = (await site.Health()).Version;
        disk.Fill();
        Write("second", 60, 20_000);
        await site.Until(async () => (await site.Health()).Status == "degraded");
        // Long enough for it to be tried again.
        await Task.Delay(TimeSpan.FromSeconds(7));
        var (status, reason, version) = await site.Health();
        Assert.Equal(("degraded", before), (status, version));
        Assert.Contains("the disk is full", reason, StringComparison.Ordinal);
        Assert.Contains(disk.Root, reason, StringComparison.Ordinal);
        for (var number = 0; number < 20; number++) Assert.Equal(HttpStatusCode.OK, await site.Status($"/articles/first-{number}"));
        for (var number = 0; number < 60; number++) Assert.Equal(HttpStatusCode.NotFound, await site.Status($"/articles/second-{number}"));
        Assert.Single(site.Log, line => line.Contains("The sync failed", StringComparison.Ordinal));

        disk.MakeRoom();
        await site.Until(async () => (await site.Health()).Status == "healthy");
        Assert.Equal(HttpStatusCode.OK, await site.Status("/articles/second-59"));
        var (wanted, found) = (Fresh(), CatalogueDump.Lines($"Data Source={Directory.GetFiles(disk.Root, "catalogue-*.db").Single()};Mode=ReadWrite;Pooling=False", new HashSet<string>()));
        Assert.Equal(wanted, found);
    }

    [SkippableFact]
    public void On_a_full_disk_readers_may_come_and_go()
    {
        using var disk = new SmallDisk(2 * 1024);
        Write("first", 3, 1000);
        using var file = CatalogueFile.Open(disk.Root, NullLogger.Instance);
        new CatalogueSync(new ContentFolder(Content), file, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance).Run(SyncScope.Everything(SyncReason.Start), true, CancellationToken.None);
        SqliteConnection.ClearAllPools();
        disk.Fill();
        // The last reader that leaves would take with it what the next one needs and could not make.
        Assert.Contains(CatalogueDump.Lines(file, new HashSet<string>()), row => row.StartsWith("articles/first-2.md", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_read_only_data_folder_is_done_without_but_its_redirects_hold()
    {
        using var disk = new SmallDisk(8 * 1024);
        Write("first", 5, 1000);
        await using (var site = await BlogProcess.Start(Content, disk.Root).Ready())
        {
            File.Move(Named("first", 0), Named("moved", 0));
            await site.Until(async () => await site.Status("/articles/first-0") == HttpStatusCode.MovedPermanently);
            await site.Stop();
        }

        disk.Protect();
        await using var again = await BlogProcess.Start(Content, disk.Root).Ready();
        Assert.Equal(HttpStatusCode.OK, await again.Status("/articles/first-4"));
        Assert.Equal(HttpStatusCode.MovedPermanently, await again.Status("/articles/first-0"));
        var (status, reason, _) = await again.Health();
        Assert.Equal("degraded", status);
        Assert.Contains($"The data folder {disk.Root} can't be used", reason, StringComparison.Ordinal);
        Assert.EndsWith(": it is read-only", reason, StringComparison.Ordinal);
        Assert.Contains("set Blog__DataPath", Assert.Single(again.Log, line => line.Contains("can't be used", StringComparison.Ordinal)), StringComparison.Ordinal);
        // What is learned now can't be kept, and is not forgotten before the end.
        File.Move(Named("first", 1), Named("moved", 1));
        await again.Until(async () => await again.Status("/articles/first-1") == HttpStatusCode.MovedPermanently);
        File.Move(Named("first", 2), Named("moved", 2));
        await again.Until(async () => await again.Status("/articles/first-2") == HttpStatusCode.MovedPermanently);
        Assert.Equal(HttpStatusCode.MovedPermanently, await again.Status("/articles/first-1"));
    }

    [SkippableFact]
    public async Task With_the_temporary_folder_full_as_well_memory_serves()
    {
        Skip.IfNot(Directory.Exists("/dev/shm"), "There is no /dev/shm.");
        using var disk = new SmallDisk(512);
        using var temporary = new SmallDisk(512);
        Write("first", 200, 4000);
        var site = await BlogProcess.Start(Content, disk.Root, ("TMPDIR", temporary.Root)).Ready();
        await using (site)
        {
            Assert.Equal(HttpStatusCode.OK, await site.Status("/articles/first-199"));
            var (status, reason, _) = await site.Health();
            Assert.Equal("degraded", status);
            Assert.Contains($"The catalogue can't be kept in {disk.Root}: the disk is full; nor in {temporary.Root}", reason, StringComparison.Ordinal);
            var kept = site.Log.Select(line => line.Split(' ').FirstOrDefault(word => word.StartsWith("/dev/shm/", StringComparison.Ordinal))).OfType<string>().Last();
            Assert.True(File.Exists(kept));
            await site.Stop();
            Assert.False(Directory.Exists(Path.GetDirectoryName(kept)));
        }
    }

    [SkippableFact]
    public async Task Redirects_that_cannot_be_kept_hold_and_are_kept_later()
    {
        Skip.If(OperatingSystem.IsWindows(), "What can't be written, and why, is another matter there.");
        var redirects = Path.Combine(_folder, "data", "redirects.jsonl");
        Directory.CreateDirectory(redirects);
        Write("first", 5, 1000);
        await using var site = await BlogProcess.Start(Content, Path.Combine(_folder, "data")).Ready();
        for (var number = 0; number < 3; number++)
        {
            File.Move(Named("first", number), Named("moved", number));
            await site.Until(async () => await site.Status($"/articles/moved-{number}") == HttpStatusCode.OK);
            for (var moved = 0; moved <= number; moved++) Assert.Equal(HttpStatusCode.MovedPermanently, await site.Status($"/articles/first-{moved}"));
        }

        var (status, reason, _) = await site.Health();
        Assert.Equal("degraded", status);
        Assert.Contains($"New redirects can't be kept in {redirects}", reason, StringComparison.Ordinal);
        Assert.Single(site.Log, line => line.Contains("New redirects can't be kept", StringComparison.Ordinal));

        Directory.Delete(redirects);
        await site.Until(async () => (await site.Health()).Status == "healthy");
        Assert.Equal(3, (await File.ReadAllLinesAsync(redirects)).Length);
        Assert.Equal(HttpStatusCode.MovedPermanently, await site.Status("/articles/first-0"));
    }

    private string Named(string name, int number) => Path.Combine(Content, "articles", $"{name}-{number}.md");

    private void Write(string name, int count, int length)
    {
        Directory.CreateDirectory(Path.Combine(Content, "articles"));
        for (var number = 0; number < count; number++) File.WriteAllText(Named(name, number), $"---\ntitle: {name} {number}\n---\n{string.Concat(Enumerable.Repeat($"{name}{number} ", length / 8))}\n");
    }

    private IReadOnlyList<string> Fresh()
    {
        using var file = CatalogueFile.Open(Path.Combine(_folder, "fresh"), NullLogger.Instance);
        new CatalogueSync(new ContentFolder(Content), file, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance).Run(SyncScope.Everything(SyncReason.Start), true, CancellationToken.None);
        return CatalogueDump.Lines(file, new HashSet<string>());
    }
}
