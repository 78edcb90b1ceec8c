using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace Blog.Benchmarks;

/// <summary>Three replicas behind a cache, as docker/compose.scale.yaml has them: that it does not matter which one answers, and that readers notice nothing of one that dies.</summary>
internal static class ScaleBenchmark
{
    private const int Replicas = 3;
    private const string Token = "0123456789abcdef";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Codings = ["identity", "gzip", "br"];

    public static async Task Run(Options options, CancellationToken cancelled)
    {
        using var workspace = new Workspace();
        var corpus = await Corpus.Open(options, options.Articles(1000), workspace.At("content"), cancelled);
        var articles = corpus.Articles.Select(Corpus.AddressOf).ToList();
        var ports = Enumerable.Range(0, Replicas + 1).Select(_ => Server.FreePort()).ToList();
        var replicas = new List<Server>();
        try
        {
            for (var i = 0; i < Replicas; i++) replicas.Add(await Replica(options, corpus, workspace, i, ports, cancelled));
            await using var cache = await Varnish(workspace, ports, cancelled);
            var rows = new List<(string, string)> { ("versions of the content", await Versions(replicas, cancelled)) };
            rows.AddRange(await Compare(replicas, [.. articles.Take(200), "/", "/archive", "/feed.xml", "/atom.xml", "/categories", "/tags", "/authors"], cancelled));
            rows.AddRange(await Save(replicas, cache, corpus, options, cancelled));
            rows.AddRange(await Kill(replicas, cache, articles, options, index => Replica(options, corpus, workspace, index, ports, cancelled), cancelled));
            Table.Print($"scale: {Replicas} replicas of {corpus.Articles.Count} articles behind Varnish, {options.RequestsPerSecond} requests/s, half of them past the cache", rows);
        }
        finally
        {
            foreach (var replica in replicas) await replica.DisposeAsync();
        }
    }

    private static Task<Server> Replica(Options options, Corpus corpus, Workspace workspace, int index, List<int> ports, CancellationToken cancelled) =>
        PublishedApp.Start(options, corpus.Folder, workspace, $"replica-{index + 1}", ports[index],
            ["--Blog:Purge:Url", $"http://127.0.0.1:{ports[Replicas]}/", "--Blog:Purge:Kind", "varnish-xkey", "--Blog:Purge:Token", Token, "--Blog:CacheSeconds", "3600"], cancelled);

    private static Task<Server> Varnish(Workspace workspace, List<int> ports, CancellationToken cancelled) => Server.Start(port =>
    {
        var config = File.ReadAllText(Path.Combine(Repository.Root, "docker", "varnish", "default.vcl"));
        for (var i = 0; i < Replicas; i++) config = config.Replace($".host = \"blog-{i + 1}\";\n    .port = \"8080\";", $".host = \"127.0.0.1\";\n    .port = \"{ports[i]}\";", StringComparison.Ordinal);
        File.WriteAllText(workspace.At("default.vcl"), config);
        // The workspace is for whoever runs this, so that Varnish must not become another user.
        return new ProcessStartInfo("varnishd", ["-F", "-j", "none", "-n", workspace.At("varnish"), "-f", workspace.At("default.vcl"), "-a", $"127.0.0.1:{port}", "-s", "malloc,256m",
            "-p", "http_gzip_support=off", "-p", "http_resp_hdr_len=16k", "-p", "http_req_hdr_len=16k", "-p", "http_resp_size=64k", "-p", "http_req_size=64k", "-p", "workspace_backend=192k", "-p", "workspace_client=192k"])
        { Environment = { ["BLOG_PURGE_TOKEN"] = Token } };
    }, "/", workspace.At("varnish.log"), cancelled, ports[Replicas]);

    private static async Task<string> Versions(List<Server> replicas, CancellationToken cancelled)
    {
        var versions = new HashSet<string?>();
        foreach (var replica in replicas)
        {
            using var client = new HttpClient { BaseAddress = replica.Address };
            using var health = JsonDocument.Parse(await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative), cancelled));
            versions.Add(health.RootElement.GetProperty("checks").GetProperty("catalogue").GetProperty("data").GetProperty("version").GetString());
        }

        return string.Join(", ", versions);
    }

    /// <summary>Whether the same address has the same bytes everywhere, and the same tag only where it has.</summary>
    private static async Task<List<(string, string)>> Compare(List<Server> replicas, List<string> paths, CancellationToken cancelled)
    {
        var (bytesOf, differing, tags, settled) = (new Dictionary<string, string>(), 0, 0, 0);
        foreach (var coding in Codings)
        {
            foreach (var path in paths)
            {
                var seen = new List<(string Tag, string Bytes)>();
                foreach (var replica in replicas) seen.Add(await Answer(replica, path, coding, cancelled));
                // What was compressed in haste has a tag of its own until it is compressed well.
                foreach (var (tag, bytes) in seen)
                    if (!bytesOf.TryAdd(tag, bytes) && bytesOf[tag] != bytes) differing++;
            }
        }

        tags = bytesOf.Count;
        var clock = Stopwatch.StartNew();
        foreach (var coding in Codings)
        {
            foreach (var path in paths)
            {
                while (true)
                {
                    var seen = new HashSet<(string, string)>();
                    foreach (var replica in replicas) seen.Add(await Answer(replica, path, coding, cancelled));
                    if (seen.Count == 1)
                    {
                        settled++;
                        break;
                    }

                    if (clock.Elapsed > Patience) break;
                    await Task.Delay(50, cancelled);
                }
            }
        }

        return
        [
            ("answers compared", $"{paths.Count} pages × {Codings.Length} codings × {replicas.Count} replicas"),
            ("tags that stand for other bytes elsewhere", $"{differing} of {tags}"),
            ("same bytes and tag everywhere, once compressed well", $"{settled} of {paths.Count * Codings.Length}"),
        ];
    }

    private static async Task<(string Tag, string Bytes)> Answer(Server replica, string path, string coding, CancellationToken cancelled)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = replica.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", coding);
        using var answer = (await client.SendAsync(request, cancelled)).EnsureSuccessStatusCode();
        return (answer.Headers.ETag!.Tag, Convert.ToHexString(SHA256.HashData(await answer.Content.ReadAsByteArrayAsync(cancelled))));
    }

    /// <summary>How long until a new article is on every replica, and until readers of the cached home page see it.</summary>
    private static async Task<List<(string, string)>> Save(List<Server> replicas, Server cache, Corpus corpus, Options options, CancellationToken cancelled)
    {
        var (everywhere, cached) = (new List<double>(), new List<double>());
        using var reader = new HttpClient { BaseAddress = cache.Address };
        for (var number = 0; number < options.Saves(20); number++)
        {
            await reader.GetStringAsync(new Uri("/", UriKind.Relative), cancelled);
            await Task.Delay(700, cancelled);
            var title = $"Saved {number} at {Guid.NewGuid():n}";
            var clock = Stopwatch.StartNew();
            await File.WriteAllTextAsync(Path.Combine(corpus.Folder, "articles", $"scale-{number}.md"), $"---\ntitle: {title}\ndate: {TimeProvider.System.GetUtcNow().AddSeconds(-1):O}\n---\nIt was saved.\n", cancelled);
            var seen = replicas.Select(replica => Until(replica.Address, $"/articles/scale-{number}", title, clock, cancelled)).Append(Until(cache.Address, "/", title, clock, cancelled)).ToList();
            var times = await Task.WhenAll(seen);
            everywhere.Add(times[..^1].Max());
            cached.Add(times[^1]);
        }

        var (all, home) = (new Distribution(everywhere), new Distribution(cached));
        return
        [
            ("a new article on every replica: median, longest", $"{all.At(0.5)}, {all.At(1)}"),
            ("and on the home page in the cache, which keeps pages for an hour", $"{home.At(0.5)}, {home.At(1)}"),
        ];
    }

    private static async Task<double> Until(Uri server, string path, string text, Stopwatch clock, CancellationToken cancelled)
    {
        using var client = new HttpClient { BaseAddress = server };
        while (clock.Elapsed < Patience)
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), cancelled);
            if (answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync(cancelled)).Contains(text, StringComparison.Ordinal)) break;
            await Task.Delay(5, cancelled);
        }

        return clock.Elapsed.TotalMilliseconds;
    }

    /// <summary>Kills one replica after the other under load, and has one come back.</summary>
    private static async Task<List<(string, string)>> Kill(List<Server> replicas, Server cache, List<string> articles, Options options, Func<int, Task<Server>> start, CancellationToken cancelled)
    {
        var rows = new List<(string, string)>();
        await Phase("all three", () => Task.CompletedTask);
        await Phase("one killed", () => End(0));
        await Phase("it comes back", async () =>
        {
            await replicas[0].DisposeAsync();
            replicas[0] = await start(0);
        });
        await Phase("two killed", async () =>
        {
            await End(1);
            await Task.Delay(1000, cancelled);
            await End(2);
        });

        using var client = new HttpClient { BaseAddress = cache.Address };
        foreach (var path in articles) (await client.GetAsync(new Uri(path, UriKind.Relative), cancelled)).Dispose();
        await End(0);
        await Task.Delay(3000, cancelled);
        var shown = 0;
        foreach (var path in articles)
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), cancelled);
            if (answer.IsSuccessStatusCode) shown++;
        }

        rows.Add(("all three killed: articles that the cache still shows", $"{shown} of {articles.Count}"));
        return rows;

        Task End(int index)
        {
            replicas[index].Kill();
            return Task.CompletedTask;
        }

        async Task Phase(string name, Func<Task> act)
        {
            await using var load = Load.StartPastCaches(cache.Address, options.RequestsPerSecond, articles, options.Seed);
            await Task.Delay(TimeSpan.FromSeconds(options.Seconds / 2.0), cancelled);
            await act();
            await Task.Delay(TimeSpan.FromSeconds(options.Seconds / 2.0), cancelled);
            await load.Stop();
            rows.Add(($"{name}: requests, failed, median, p99, longest", string.Create(CultureInfo.InvariantCulture, $"{load.Latencies.Count:#,0}, {load.Failed} {load.Failures}, {load.Latencies.At(0.5)}, {load.Latencies.At(0.99)}, {load.Latencies.At(1)}")));
        }
    }
}
