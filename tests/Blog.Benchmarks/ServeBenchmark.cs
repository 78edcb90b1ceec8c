using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;

namespace Blog.Benchmarks;

/// <summary>How fast finished pages are sent, beside nginx sending the same bytes from files: alternating, in one run, so that the ratio holds on a noisy machine.</summary>
internal static partial class ServeBenchmark
{
    private const string Compressed = "Accept-Encoding: gzip";

    // Of many pages, rounds that don't count.
    private const int WarmUps = 5;

    // Of pages that are rendered: what is called once for each is compiled after 30,000 times, to be measured, and after as many more again, for good.
    private const int RenderWarmUps = 6;

    public static async Task Run(Options options, CancellationToken cancelled)
    {
        using var workspace = new Workspace();
        var corpus = await Corpus.Open(options, options.Articles(10_000), workspace.At("content"), cancelled);
        foreach (var line in await Measure(options, corpus, workspace, cancelled)) Console.WriteLine(line);
    }

    /// <summary>The figures as Markdown.</summary>
    public static async Task<List<string>> Measure(Options options, Corpus corpus, Workspace workspace, CancellationToken cancelled)
    {
        // As large as many pictures are, and as hard to compress as any.
        await File.WriteAllTextAsync(Path.Combine(corpus.Folder, "articles", "pictured.md"), "---\ntitle: A picture\n---\n![Noise](noise.png)\n", cancelled);
        using (var noise = NetVips.Image.Gaussnoise(1600, 900, sigma: 20, mean: 128).Gaussblur(2).Cast(NetVips.Enums.BandFormat.Uchar)) noise.WriteToFile(Path.Combine(corpus.Folder, "articles", "noise.png"));
        await using var app = await PublishedApp.Start(options, corpus.Folder, workspace, cancelled);
        var files = workspace.At("public");
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = app.Address };
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        var all = corpus.Articles.Select(Corpus.AddressOf).ToList();
        var article = all[all.Count / 2];
        foreach (var path in new[] { article, "/", "/feed.xml" }) await Save(client, path, files, true, cancelled);
        foreach (var path in all) await Save(client, path, files, false, cancelled);
        var picture = await Picture(app.Address, cancelled);
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(files, picture))!);
        await File.WriteAllBytesAsync(FileOf(files, picture), await client.GetByteArrayAsync(new Uri(picture, UriKind.Relative), cancelled), cancelled);
        await using var nginx = await Nginx(workspace, cancelled);
        await app.Quiet(cancelled);

        var random = workspace.At("zipf.lua");
        await File.WriteAllTextAsync(random, Zipf(all, new Random(options.Seed)), cancelled);
        var runs = new List<(string Name, string Path, string[] Arguments)>
        {
            ("article", article, []),
            ("article, not modified (304)", article, ["304"]),
            ("home page", "/", []),
            ("feed", "/feed.xml", []),
            ("picture", picture, []),
            ($"{all.Count:#,0} articles by a Zipf law", "/", ["-s", random]),
        };
        List<string> lines =
        [
            $"Finished pages, beside nginx with `gzip_static` sending the same bytes: {options.Rounds} rounds, alternating, `wrk -t2 -c64 -d{options.Seconds}s`, median, after a round that doesn't count; by a Zipf law after {WarmUps}.", "",
            "| | bytes | Blog, requests/s | nginx | ratio | Blog, p99 | nginx, p99 | failed |", "|---|---|---|---|---|---|---|---|",
        ];
        foreach (var (name, path, arguments) in runs)
        {
            var (ours, theirs) = (new List<Load>(), new List<Load>());
            if (arguments.Contains(random))
            {
                // What readers want most is in memory after a while, compressed well, as in a cache that has been at work.
                for (var warm = 0; warm < WarmUps; warm++) await Wrk(app.Address, path, arguments, client, options, cancelled);
                await app.Quiet(cancelled);
            }
            else await Wrk(app.Address, path, arguments, client, options, cancelled);

            for (var round = 0; round < options.Rounds; round++)
            {
                ours.Add(await Wrk(app.Address, path, arguments, client, options, cancelled));
                theirs.Add(await Wrk(nginx.Address, path, arguments, client, options, cancelled));
            }

            var (mine, other) = (Median(ours, load => load.PerSecond), Median(theirs, load => load.PerSecond));
            var sent = new[] { FileOf(files, path) + ".gz", FileOf(files, path) }.First(File.Exists);
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {new FileInfo(sent).Length:#,0} | {mine:#,0} | {other:#,0} | **{mine / other:0.00}** | {Median(ours, load => load.P99):0.0} ms | {Median(theirs, load => load.P99):0.0} ms | {ours.Sum(load => load.Failed)} / {theirs.Sum(load => load.Failed)} |"));
        }

        lines.Add("");
        lines.Add($"Memory of Blog afterwards: {app.Memory().Now} MB, {app.Memory().Peak} MB at its peak.");
        return lines;
    }

    /// <summary>How fast articles are rendered that are not kept: each is asked for as often as any other.</summary>
    public static async Task<List<string>> Uncached(Options options, Corpus corpus, Workspace workspace, CancellationToken cancelled)
    {
        await using var app = await PublishedApp.Start(options, corpus.Folder, workspace, cancelled, ["--Blog:PageCacheMegabytes", "0"]);
        await app.Quiet(cancelled);
        using var client = new HttpClient();
        var random = workspace.At("any.lua");
        await File.WriteAllTextAsync(random, Zipf(corpus.Articles.Select(Corpus.AddressOf).ToList(), new Random(options.Seed), 0), cancelled);
        var loads = new List<Load>();
        for (var round = 0; round < RenderWarmUps + options.Rounds; round++) loads.Add(await Wrk(app.Address, "/", ["-s", random], client, options, cancelled, 16, null));
        loads.RemoveRange(0, RenderWarmUps);
        return [string.Create(CultureInfo.InvariantCulture, $"Articles that are rendered anew each time (`wrk -t2 -c16 -d{options.Seconds}s`, no page kept, not compressed, after {RenderWarmUps} rounds that don't count): {Median(loads, load => load.PerSecond):#,0} requests/s, p99 {Median(loads, load => load.P99):0.0} ms, {loads.Sum(load => load.Failed)} failed.")];
    }

    /// <summary>The address of a variant of the picture, once it is made.</summary>
    private static async Task<string> Picture(Uri address, CancellationToken cancelled)
    {
        using var client = new HttpClient { BaseAddress = address };
        var page = await client.GetStringAsync(new Uri("/articles/pictured", UriKind.Relative), cancelled);
        var url = Variant().Matches(page).Select(match => match.Value).First(match => match.EndsWith(".webp", StringComparison.Ordinal));
        for (var tries = 0; tries < 100; tries++)
        {
            using var answer = await client.GetAsync(new Uri(url, UriKind.Relative), cancelled);
            if (answer.IsSuccessStatusCode && answer.Headers.CacheControl?.NoStore != true) return url;
            await Task.Delay(200, cancelled);
        }

        throw new OptionException($"{url} is not made.");
    }

    /// <summary>Writes a page as it is sent, compressed and not, to where nginx finds it.</summary>
    private static async Task Save(HttpClient client, string path, string files, bool isFinal, CancellationToken cancelled)
    {
        for (var tries = 0; ; tries++)
        {
            using var answer = (await client.GetAsync(new Uri(path, UriKind.Relative), cancelled)).EnsureSuccessStatusCode();
            // Until it is compressed as well as it will be.
            if (isFinal && answer.Headers.ETag?.Tag.EndsWith("0\"", StringComparison.Ordinal) == true && tries < 100)
            {
                await Task.Delay(100, cancelled);
                continue;
            }

            var bytes = await answer.Content.ReadAsByteArrayAsync(cancelled);
            var file = FileOf(files, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file + ".gz", bytes, cancelled);
            await using var plain = File.Create(file);
            await using var unzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            await unzip.CopyToAsync(plain, cancelled);
            return;
        }
    }

    private static string FileOf(string files, string path) => Path.Combine(files, path == "/" ? "index.html" : path.TrimStart('/'));

    private static Task<Server> Nginx(Workspace workspace, CancellationToken cancelled) => Server.Start(port =>
    {
        var config = workspace.At("nginx.conf");
        File.WriteAllText(config, $$"""
            # The workspace is for whoever runs this.
            user {{Environment.UserName}};
            worker_processes 2;
            daemon off;
            pid {{workspace.At("nginx.pid")}};
            error_log {{workspace.At("nginx.err")}};
            events { worker_connections 4096; }
            http {
              default_type "text/html; charset=utf-8";
              access_log off;
              sendfile on;
              tcp_nopush on;
              keepalive_requests 100000000;
              open_file_cache max=20000;
              server { listen 127.0.0.1:{{port}}; root {{workspace.At("public")}}; gzip_static on; etag on; }
            }
            """);
        return new ProcessStartInfo("nginx", ["-p", workspace.At(""), "-c", config]);
    }, "/", workspace.At("nginx.log"), cancelled);

    private static async Task<Load> Wrk(Uri server, string path, string[] arguments, HttpClient client, Options options, CancellationToken cancelled, int connections = 64, string? header = Compressed)
    {
        var asked = new List<string> { "-t2", $"-c{connections}", $"-d{options.Seconds}s", "--latency" };
        if (header is not null) asked.AddRange(["-H", header]);
        if (arguments is ["304"])
        {
            using var answer = await client.GetAsync(new Uri(server, path), cancelled);
            asked.AddRange(["-H", $"If-None-Match: {answer.Headers.ETag}"]);
        }
        else asked.AddRange(arguments);

        asked.Add(new Uri(server, path).ToString());
        using var process = Command.Start(new ProcessStartInfo("wrk", asked) { RedirectStandardOutput = true });
        var printed = await process.StandardOutput.ReadToEndAsync(cancelled);
        await process.WaitForExitAsync(cancelled);
        if (PerSecond().Match(printed) is not { Success: true } rate || P99().Match(printed) is not { Success: true } late) throw new OptionException($"wrk printed no figures: {printed}");
        var unit = late.Groups[2].Value switch { "us" => 0.001, "s" => 1000, _ => 1.0 };
        var failed = FailedRequests().Matches(printed).Sum(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        return new Load(double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture), unit * double.Parse(late.Groups[1].Value, CultureInfo.InvariantCulture), failed);
    }

    /// <summary>Asks for articles as readers do: the first of a random order most, the n-th a n-th as often; all alike for an exponent of 0.</summary>
    private static string Zipf(List<string> paths, Random random, double exponent = 1) => string.Create(CultureInfo.InvariantCulture, $$"""
        local paths = {{{string.Join(',', paths.OrderBy(_ => random.Next()).Select(path => $"\"{path}\""))}}}
        local sums, sum = {}, 0
        for i = 1, #paths do sum = sum + 1 / i ^ {{exponent}}; sums[i] = sum end
        init = function(args) math.randomseed(os.time()) end
        request = function()
          local x, low, high = math.random() * sum, 1, #paths
          while low < high do
            local middle = math.floor((low + high) / 2)
            if sums[middle] < x then low = middle + 1 else high = middle end
          end
          return wrk.format("GET", paths[low])
        end
        """);

    private static double Median(List<Load> loads, Func<Load, double> of) => loads.Select(of).Order().ElementAt(loads.Count / 2);

    [GeneratedRegex(@"/media/[^""\s,]+-\d+\.\w+")]
    private static partial Regex Variant();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex P99();

    [GeneratedRegex(@"(?:Non-2xx or 3xx responses:|connect|read|write|timeout) (\d+)")]
    private static partial Regex FailedRequests();

    private readonly record struct Load(double PerSecond, double P99, int Failed);
}
