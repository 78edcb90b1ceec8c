using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Blog.Tests.Site;

/// <summary>Finished pages are sent before Kestrel sees the request, just as they would be after.</summary>
public sealed class EarlyAnswerTests
{
    private const string Page = "/articles/a";

    [Theory]
    [InlineData(Page)]
    [InlineData("/")]
    [InlineData("/feed.xml")]
    [InlineData("/tags/one")]
    public async Task An_answer_is_the_one_that_the_pipeline_gives(string path)
    {
        await using var site = Small(out var seen);
        using var connection = await Connect(site);
        foreach (var coding in new[] { "", "Accept-Encoding:\r\n", "Accept-Encoding: gzip\r\n", "Accept-Encoding: gzip, br\r\n", "Accept-Encoding: br;q=0, gzip;q=0.5, *;q=0\r\n", "Accept-Encoding: identity;q=0\r\n", "accept-encoding: GZIP\r\n" })
        {
            Ask(connection, path, coding);
            var before = seen.Count;
            var early = Ask(connection, path, coding);
            // Without a coding nothing is kept as soon as there is another.
            if (!coding.Contains("identity", StringComparison.Ordinal)) Assert.Equal(before, seen.Count);
            before = seen.Count;
            var late = Ask(connection, path + "?utm_source=somewhere", coding);
            Assert.Equal(before + 1, seen.Count);
            Assert.Equal(200, early.Status);
            Assert.Equal(late.Described, early.Described);
            Assert.InRange(DateTimeOffset.Parse(early.Headers["Date"], System.Globalization.CultureInfo.InvariantCulture) - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(-10), TimeSpan.FromSeconds(10));

            var known = $"{coding}If-None-Match: {early.Headers["ETag"]}\r\n";
            var unchanged = Ask(connection, path, known);
            if (!coding.Contains("identity", StringComparison.Ordinal)) Assert.Equal(before + 1, seen.Count);
            Assert.Equal(304, unchanged.Status);
            Assert.Equal(Ask(connection, path + "?utm_source=somewhere", known).Described, unchanged.Described);
        }
    }

    [Theory]
    [InlineData("If-None-Match: \"other\"\r\n", 200)]
    [InlineData("If-None-Match: *\r\n", 304)]
    [InlineData("If-None-Match: \"other\", {tag}\r\n", 304)]
    [InlineData("If-None-Match: W/{tag}\r\n", 304)]
    [InlineData("If-None-Match: \"other\"\r\nIf-None-Match: {tag}\r\n", 304)]
    [InlineData("Range: bytes=0-4\r\n", 200)]
    [InlineData("Accept-Encoding: gzip\r\nAccept-Encoding: br\r\n", 200)]
    [InlineData("User-Agent: M\u00c3\u00bcller\r\n", 200)]
    [InlineData("User-Agent: M\u00fcller\r\n", 400)]
    [InlineData("Content-Length: 0\r\n", 200)]
    [InlineData("Host: again\r\n", 400)]
    [InlineData("No colon\r\n", 400)]
    [InlineData("Content-Length: many\r\n", 400)]
    [InlineData("Expect: 200-ok\r\n", 200)]
    public async Task What_is_not_plain_is_the_pipelines(string header, int status)
    {
        await using var site = Small(out var seen);
        using var connection = await Connect(site);
        var tag = Ask(connection, Page).Headers["ETag"];
        var before = seen.Count;
        var answer = Ask(connection, Page, header.Replace("{tag}", tag, StringComparison.Ordinal));
        Assert.Equal(status, answer.Status);
        Assert.Equal(before + (status == 400 ? 0 : 1), seen.Count);
    }

    [Theory]
    [InlineData("/articles/./a", 200)]
    [InlineData("/articles/%61", 200)]
    [InlineData("/tags/../articles/a", 200)]
    [InlineData("http://localhost/articles/a", 200)]
    [InlineData("//articles/a", 404)]
    [InlineData("/articles/a\u00e4", 400)]
    [InlineData("/articles/A", 404)]
    public async Task What_a_path_means_is_not_guessed(string target, int status)
    {
        await using var site = Small(out _);
        using var connection = await Connect(site);
        Ask(connection, Page);
        var answer = Ask(connection, target);
        Assert.True(answer.Status == status || (status == 404 && answer.Status is 301 or 308), $"{answer.StatusLine} and not {status}");
    }

    [Fact]
    public async Task Requests_that_come_together_are_answered_in_their_order()
    {
        await using var site = Small(out var seen);
        using var connection = await Connect(site);
        Ask(connection, Page);
        Ask(connection, "/");
        var before = seen.Count;
        var paths = new[] { Page, "/", "/nowhere", Page, "/nowhere", "/nowhere", "/", "/", "/health/live", Page };
        connection.Send(string.Concat(paths.Select(path => Request(path))));
        foreach (var path in paths)
        {
            var answer = connection.Receive()!;
            Assert.Equal(path == "/nowhere" ? 404 : 200, answer.Status);
            if (path == Page) Assert.Contains("First words", Encoding.UTF8.GetString(answer.Body), StringComparison.Ordinal);
        }

        Assert.Equal(before + 4, seen.Count);
        // Some end just where the memory does that they are read to.
        foreach (var length in new[] { 64, 128, 100, 512, 2048, 4096 })
        {
            var padding = length - Request(Page, "X: \r\n").Length;
            connection.Send(string.Concat(Enumerable.Repeat(Request(Page, $"X: {new string('x', padding)}\r\n"), 130)));
            for (var i = 0; i < 130; i++) Assert.Equal(200, connection.Receive()!.Status);
        }

        Assert.Equal(before + 4, seen.Count);
        // And then, more than anybody would wait for before reading.
        for (var i = 0; i < 20; i++) connection.Send(string.Concat(Enumerable.Repeat(Request(Page), 20)));
        for (var i = 0; i < 400; i++) Assert.Equal(200, connection.Receive()!.Status);
        Assert.Equal(before + 4, seen.Count);
    }

    [Fact]
    public async Task A_request_that_comes_in_pieces_is_answered()
    {
        await using var site = Small(out var seen);
        var address = site.Listen();
        await site.Started();
        var request = Request(Page, "Accept-Encoding: gzip\r\n");
        using (var first = new RawConnection(address)) Ask(first, Page, "Accept-Encoding: gzip\r\n");
        var before = seen.Count;
        for (var cut = 1; cut < request.Length; cut += 3)
        {
            using var connection = new RawConnection(address);
            connection.Send(request[..cut]);
            await Task.Delay(2);
            connection.Send(request[cut..] + request);
            for (var i = 0; i < 2; i++) Assert.Equal(200, connection.Receive()!.Status);
        }

        Assert.Equal(before, seen.Count);
        // In many, it is Kestrel's.
        using var slow = new RawConnection(address);
        foreach (var letter in request)
        {
            slow.Send(letter.ToString());
            await Task.Delay(2);
        }

        Assert.Equal(200, slow.Receive()!.Status);
        Assert.Equal(200, Ask(slow, Page).Status);
    }

    [Fact]
    public async Task What_is_in_a_body_is_no_request()
    {
        await using var site = Small(out _);
        using var connection = await Connect(site);
        Ask(connection, Page);
        var hidden = Request(Page);
        // A GET may have a body, too; nobody reads it.
        foreach (var (method, path) in new[] { ("POST", "/nowhere"), ("GET", Page), ("GET", "/nowhere") })
        {
            connection.Send($"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {hidden.Length}\r\n\r\n{hidden}{Request("/health/live")}");
            Assert.Equal(path == Page ? 200 : method == "POST" ? 405 : 404, connection.Receive()!.Status switch { 404 when method == "POST" => 405, var status => status });
            Assert.DoesNotContain("First words", Encoding.UTF8.GetString(connection.Receive()!.Body), StringComparison.Ordinal);
        }

        // What can't be looked at early may say that a body follows, and this may come later than the head.
        foreach (var headers in new[]
        {
            string.Concat(Enumerable.Range(0, 70).Select(i => $"X-{i}: x\r\n")) + $"Content-Length: {hidden.Length}\r\n",
            $"X-Name: M\u00c3\u00bcller\r\nContent-Length: {hidden.Length}\r\n",
            $"X-Name: a\tb\r\nContent-Length: {hidden.Length}\r\n",
            $"Content-Length: {hidden.Length}\r\nX-Name: a\tb\r\n",
        })
        {
            foreach (var path in new[] { "/nowhere", Page, "/feed.xml" })
            {
                using var late = new RawConnection(site.Client.BaseAddress!.ToString());
                late.Send(Request(path, headers));
                await Task.Delay(50);
                late.Send(hidden);
                await Task.Delay(50);
                late.Send(Request("/health/live"));
                Assert.Equal(path == "/nowhere" ? 404 : 200, late.Receive()!.Status);
                Assert.DoesNotContain("First words", Encoding.UTF8.GetString(late.Receive()!.Body), StringComparison.Ordinal);
            }
        }

        using var chunked = new RawConnection(site.Client.BaseAddress!.ToString());
        chunked.Send($"GET {Page} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n{hidden.Length:x}\r\n{hidden}\r\n0\r\n\r\n{Request("/health/live")}");
        Assert.Equal(200, chunked.Receive()!.Status);
        Assert.DoesNotContain("First words", Encoding.UTF8.GetString(chunked.Receive()!.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_to_be_closed_is()
    {
        await using var site = Small(out _);
        using var connection = await Connect(site);
        Ask(connection, Page);
        Assert.Equal(200, Ask(connection, Page, "Connection: keep-alive\r\n").Status);
        connection.Send($"HEAD {Page} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal(200, connection.Receive(hasBody: false)!.Status);
        Assert.Equal("close", Ask(connection, Page, "Connection: close\r\n").Headers["Connection"]);
        Assert.Null(connection.Receive());

        using var old = new RawConnection(site.Client.BaseAddress!.ToString());
        old.Send($"GET {Page} HTTP/1.0\r\n\r\n");
        Assert.Equal(200, old.Receive()!.Status);
        Assert.Null(old.Receive());
    }

    [Fact]
    public async Task An_open_connection_gets_what_was_changed()
    {
        await using var site = Small(out _);
        site.Write("articles/b.md", "---\ntitle: B\n---\nOthers.\n");
        using var connection = await Connect(site);
        for (var i = 0; i < 3; i++) Ask(connection, Page);
        for (var i = 0; i < 3; i++)
        {
            site.Write("articles/a.md", $"---\ntitle: A\ntags: [one]\n---\nWords of edit {i}.\n");
            await site.Sync();
            for (var time = 0; time < 3; time++) Assert.Contains($"Words of edit {i}.", Encoding.UTF8.GetString(Ask(connection, Page).Body), StringComparison.Ordinal);
        }

        File.Delete(Path.Combine(site.ContentPath, "articles/a.md"));
        await site.Sync();
        Assert.Equal(410, Ask(connection, Page).Status);
    }

    [Fact]
    public async Task Kestrel_does_not_take_a_busy_connection_for_a_forsaken_one()
    {
        await using var site = Small(out var seen).With(services => services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(8)));
        using var connection = await Connect(site);
        Ask(connection, Page);
        var before = seen.Count;
        var asked = 0;
        for (var started = Environment.TickCount64; Environment.TickCount64 - started < 12_000; asked++)
        {
            Assert.Equal(200, Ask(connection, Page).Status);
            await Task.Delay(20);
        }

        Assert.InRange(seen.Count - before, 1, asked - 1);
        // One that is at rest is closed as ever.
        Assert.Null(connection.Receive());
    }

    [Fact]
    public async Task Who_asks_and_does_not_read_is_let_go()
    {
        await using var site = Small(out _).With(services => services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(2)));
        using var other = await Connect(site);
        Ask(other, Page);
        using var connection = new RawConnection(site.Client.BaseAddress!.ToString(), 4096);
        var many = string.Concat(Enumerable.Repeat(Request(Page), 1_000));
        // The site takes no more as long as nothing is read; but for the end of the connection, that would be for ever.
        await Assert.ThrowsAnyAsync<IOException>(() => Task.Run(() =>
        {
            while (true) connection.Send(many);
        }).WaitAsync(TimeSpan.FromSeconds(60)));
        using var another = new RawConnection(site.Client.BaseAddress!.ToString());
        Assert.Equal(200, Ask(another, Page).Status);
    }

    [Fact]
    public async Task A_slow_reader_gets_whole_pages()
    {
        const int Many = 60;
        const string Long = "/articles/long";
        var text = string.Concat(Enumerable.Range(0, 9_000).Select(i => $"word{i * 7919 % 10_007} "));
        await using var site = Small(out var seen).Write("articles/long.md", $"---\ntitle: Long\n---\n{text}\n");
        using var first = await Connect(site);
        var whole = Ask(first, Long).Body;
        // More than is sent at a time, and not more than is answered early.
        Assert.InRange(whole.Length, 64 * 1024, 96 * 1024);
        var before = seen.Count;
        using var connection = new RawConnection(site.Client.BaseAddress!.ToString(), 4096);
        for (var i = 0; i < Many; i++) connection.Send(Request(Long));
        // Until nobody takes any more.
        await Task.Delay(500);
        for (var i = 0; i < Many; i++) Assert.Equal(whole, connection.Receive()!.Body);
        Assert.Equal(before, seen.Count);
    }

    [Fact]
    public async Task Hosts_that_are_not_allowed_get_nothing()
    {
        await using var site = Small(out _).Set("AllowedHosts", "blog.example");
        using var connection = await Connect(site);
        for (var i = 0; i < 2; i++)
        {
            connection.Send($"GET {Page} HTTP/1.1\r\nHost: blog.example\r\n\r\n");
            Assert.Equal(200, connection.Receive()!.Status);
            Assert.Equal(400, Ask(connection, Page).Status);
        }
    }

    [Fact]
    public async Task The_site_stops_with_connections_open()
    {
        var site = Small(out _);
        using var connection = await Connect(site);
        for (var i = 0; i < 3; i++) Ask(connection, Page);
        var stopping = site.DisposeAsync();
        // Long before the site would stop waiting for it.
        Assert.Null(connection.Receive());
        await stopping;
    }

    private static TestSite Small(out Seen seen)
    {
        var counter = seen = new Seen();
        return new TestSite().Write("articles/a.md", "---\ntitle: A\ntags: [one]\n---\nFirst words.\n").With(services => services.AddSingleton<IStartupFilter>(counter));
    }

    private static async Task<RawConnection> Connect(TestSite site)
    {
        var address = site.Listen();
        await site.Started();
        return new RawConnection(address);
    }

    private static string Request(string target, string headers = "") => $"GET {target} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n";

    private static RawAnswer Ask(RawConnection connection, string target, string headers = "")
    {
        connection.Send(Request(target, headers));
        return connection.Receive()!;
    }

    /// <summary>Counts what comes to the pipeline.</summary>
    private sealed class Seen : IStartupFilter
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                // The pages that are made ahead come from nowhere.
                if (context.Connection.RemotePort != 0) Interlocked.Increment(ref _count);
                return rest(context);
            });
            next(app);
        };
    }
}
