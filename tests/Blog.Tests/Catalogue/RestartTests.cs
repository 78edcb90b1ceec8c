using System.Net;
using Blog.Catalogue;
using Microsoft.Extensions.Logging.Abstractions;

namespace Blog.Tests.Catalogue;

/// <summary>The catalogue is a projection: unchanged files are not read again, and whatever happens to it, the site serves.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("blog-test-").FullName;

    public RestartTests() => Directory.CreateDirectory(Content);

    private string Content => Path.Combine(_folder, "content");

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Unchanged_files_are_neither_read_nor_rendered_again()
    {
        Write("articles/a.md", "---\ntitle: A\n---\nText\n");
        Write("articles/b.md", "---\ntitle: B\n---\nText\n");
        Assert.Equal(2, Sync(true)!.Changed);
        Assert.Equal(0, Sync(false)!.Changed);
        Write("articles/b.md", "---\ntitle: Bee\n---\nText\n");
        Assert.Equal(1, Sync(false)!.Changed);
        File.Delete(Path.Combine(Content, "articles/a.md"));
        var report = Sync(false)!;
        Assert.Equal((1L, 0, 1), (report.Articles, report.Changed, report.Removed));
    }

    [Fact]
    public void A_new_component_renders_all_articles_again()
    {
        Write("articles/a.md", "---\ntitle: A\n---\n<Price />\n");
        Sync(true);
        Write("components/Price.liquid", "<p>5 €</p>");
        Assert.Equal(1, Sync(false)!.Changed);
    }

    [Fact]
    public void Links_are_looked_at_again_when_redirects_were_kept_by_a_sync_that_was_killed()
    {
        Write("articles/a.md", "---\ntitle: A\n---\n[B](b.md)\n");
        Write("articles/b.md", "---\ntitle: B\n---\nText\n");
        Sync(true);
        File.Move(Path.Combine(Content, "articles/b.md"), Path.Combine(Content, "articles/c.md"));
        Sync(false);
        Assert.Equal(["moved-link"], Problems());

        // What a sync that saw it deleted had kept of that in the data folder, when it was killed before it was done.
        File.Delete(Path.Combine(Content, "articles/c.md"));
        File.AppendAllText(Path.Combine(Data, "redirects.jsonl"), """{"from":"content:articles/b.md","file":"articles/b.md","hash":"","forgotten":true}""" + "\n");
        Sync(false);
        Assert.Equal(["broken-link"], Problems());
    }

    [Theory]
    [InlineData("this is no database at all, but a text that somebody left here")]
    [InlineData("")]
    public async Task A_corrupt_catalogue_is_made_anew(string bytes)
    {
        Write("articles/a.md", "---\ntitle: A\n---\nText\n");
        Sync(true);
        var path = Assert.Single(Directory.GetFiles(Data, "catalogue-*.db"));
        await File.WriteAllTextAsync(path, bytes);
        Assert.Equal(HttpStatusCode.OK, await StatusOf("/articles/a"));
    }

    [Fact]
    public async Task A_catalogue_damaged_in_the_middle_is_made_anew()
    {
        for (var i = 0; i < 200; i++) Write($"articles/a{i}.md", $"---\ntitle: A{i}\ntags: [t{i}]\n---\n{new string('x', 3000)}\n");
        Sync(true);
        var path = Assert.Single(Directory.GetFiles(Data, "catalogue-*.db"));
        var bytes = await File.ReadAllBytesAsync(path);
        for (var i = bytes.Length / 4; i < bytes.Length * 3 / 4; i++) bytes[i] = 0x5A;
        await File.WriteAllBytesAsync(path, bytes);
        Write("articles/a0.md", "---\ntitle: Changed\n---\nText\n");
        await using var site = Site();
        await site.Started();
        for (var i = 0; i < 200; i += 20) Assert.Equal(HttpStatusCode.OK, await site.Status($"/articles/a{i}"));
    }

    [Fact]
    public async Task A_page_that_meets_the_damage_has_the_catalogue_made_anew()
    {
        for (var i = 0; i < 200; i++) Write($"articles/a{i}.md", $"---\ntitle: A{i}\n---\n{new string('x', 3000)}\n");
        await using var site = Site();
        await site.Started();
        var path = Assert.Single(Directory.GetFiles(Data, "catalogue-*.db"));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await Damage(path);
        var failed = 0;
        for (var i = 0; i < 100; i++)
        {
            if (await site.Status($"/articles/a{i}") == HttpStatusCode.OK) break;
            failed++;
            await Task.Delay(50);
        }

        Assert.InRange(failed, 1, 99);
        Assert.Equal(HttpStatusCode.OK, await site.Status("/articles/a199"));
    }

    [Fact]
    public async Task While_the_catalogue_is_made_anew_any_number_may_ask()
    {
        for (var i = 0; i < 50; i++) Write($"articles/a{i}.md", $"---\ntitle: A{i}\n---\n{new string('x', 3000)}\n");
        await using var site = Site();
        await site.Started();
        var path = Assert.Single(Directory.GetFiles(Data, "catalogue-*.db"));
        using var rest = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(reader => Task.Run(async () =>
        {
            for (var i = reader; !rest.IsCancellationRequested; i++) await site.Status($"/articles/a{i % 50}");
        })).ToList();
        for (var damage = 0; damage < 4; damage++)
        {
            if (damage % 2 == 0) File.Delete(path);
            else await Damage(path);
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            await Until(async () => File.Exists(path) && await AllAnswer());
        }

        await rest.CancelAsync();
        await Task.WhenAll(readers);
        // What works in the background may notice the last damage after the readers have what they want.
        await Until(async () => System.Text.Json.JsonDocument.Parse(await site.Text("/health/ready")).RootElement.GetProperty("status").GetString() == "healthy");

        async Task<bool> AllAnswer()
        {
            for (var i = 0; i < 50; i++)
                if (await site.Status($"/articles/a{i}") != HttpStatusCode.OK) return false;
            return true;
        }
    }

    [Fact]
    public void A_catalogue_that_a_kill_left_without_its_log_gets_it()
    {
        Write("articles/a.md", "---\ntitle: A\n---\nText\n");
        Sync(true);
        var connection = $"Data Source={Assert.Single(Directory.GetFiles(Data, "catalogue-*.db"))};Pooling=False";
        Assert.Equal("delete", Ask(connection, "PRAGMA journal_mode = DELETE"));
        Sync(false);
        Assert.Equal("wal", Ask(connection, "PRAGMA journal_mode"));
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_done_without()
    {
        Write("articles/a.md", "---\ntitle: A\n---\nText\n");
        await File.WriteAllTextAsync(Data, "a file where the folder should be");
        await using var site = Site();
        await site.Started();
        Assert.Equal(HttpStatusCode.OK, await site.Status("/articles/a"));
        Assert.Contains("degraded", await site.Text("/health/ready"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_catalogue_of_another_schema_is_removed()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "catalogue-0123456789ab.db"), "old");
        Sync(true);
        Assert.DoesNotContain(Directory.GetFiles(Data), path => path.Contains("0123456789ab", StringComparison.Ordinal));
    }

    [Fact]
    public void After_any_edits_the_catalogue_is_that_of_a_fresh_start()
    {
        Write("articles/a.md", "---\ntitle: A\nauthor: ann\ntags: [webApis]\n---\n[B](b.md)\n");
        Write("articles/sub/same.md", "---\ntitle: Same in a folder\n---\nText\n");
        Sync(true);
        Write("articles/b.md", "---\ntitle: B\ntags: [web-apis]\naliases: [/articles/a]\n---\n## Part\n[A](/articles/a#nothing)\n");
        Write("articles/same.md", "---\ntitle: Same\n---\nText\n");
        Write("courses/c/one.md", "---\ntitle: One\n---\nText\n");
        Sync(false);
        Write("courses/c/index.md", "---\ntitle: Course\nlessons: [one, two]\n---\nText\n");
        Write("authors.yml", "ann:\n  name: Ann\n");
        Sync(false);
        Write("articles/b.md", "---\ntitle: B\nslug: bee\n---\n## Part\n[gone](c.md)\n");
        File.Delete(Path.Combine(Content, "articles/same.md"));
        Sync(false);
        var live = Dump();
        Directory.Delete(Data, true);
        Sync(true);
        Assert.Equal(Dump(), live);
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await condition()) return;
            await Task.Delay(50);
        }

        Assert.Fail("It did not happen within 30 s.");
    }

    private static async Task Damage(string path)
    {
        var bytes = await File.ReadAllBytesAsync(path);
        for (var i = 8192; i < bytes.Length; i++) bytes[i] = 0x5A;
        await File.WriteAllBytesAsync(path, bytes);
    }

    private static string Ask(string connectionString, string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)command.ExecuteScalar()!;
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(Content, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private SyncReport? Sync(bool isFirst)
    {
        using var file = CatalogueFile.Open(Data, NullLogger.Instance);
        return new CatalogueSync(new Blog.Content.ContentFolder(Content), file, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance).Run(SyncScope.Everything(SyncReason.Look), isFirst, CancellationToken.None);
    }

    private List<string> Problems()
    {
        using var file = CatalogueFile.Open(Data, NullLogger.Instance);
        using var reader = new CatalogueReader(file.ConnectionString, CatalogueFile.ReaderCacheKilobytes);
        return [.. reader.Problems().Select(problem => problem.Code)];
    }

    private string Dump()
    {
        using var file = CatalogueFile.Open(Data, NullLogger.Instance);
        return CatalogueDump.Of(file);
    }

    private TestSite Site() => new TestSite().On(Content).Set("Blog:DataPath", Data);

    private async Task<HttpStatusCode> StatusOf(string url)
    {
        await using var site = Site();
        await site.Started();
        return await site.Status(url);
    }
}
