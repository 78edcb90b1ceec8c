using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Blog.Tests.Site.Caches;

/// <summary>A cache that is told over HTTP what has changed, and answers as the test wants.</summary>
internal sealed class FakeCache : IAsyncDisposable
{
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private readonly WebApplication _server;

    private FakeCache(WebApplication server) => _server = server;

    /// <summary>What it answers.</summary>
    public Func<Task<int>> Answer { get; set; } = () => Task.FromResult(200);

    public string Url => _server.Urls.First() + "/purge";

    public static async Task<FakeCache> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var cache = new FakeCache(builder.Build());
        cache._server.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            cache._calls.Writer.TryWrite(new Call(context.Request.Method, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync()));
            context.Response.StatusCode = await cache.Answer();
        });
        await cache._server.StartAsync();
        return cache;
    }

    /// <summary>The next call, which must come.</summary>
    public async Task<Call> Next() => await _calls.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>The next call if there is one already.</summary>
    public Call? TryNext() => _calls.Reader.TryRead(out var call) ? call : null;

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

/// <summary>What a cache was told.</summary>
internal sealed record Call(string Method, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>A header; empty for one that there is not.</summary>
    public string this[string header] => Headers.GetValueOrDefault(header, "");
}
