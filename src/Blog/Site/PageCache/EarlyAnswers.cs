using System.IO.Pipelines;
using Blog.Site.Preview;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Blog.Site.PageCache;

/// <summary>
/// Answers with finished pages where a connection of HTTP/1.1 without TLS comes in, as a cache before the site has it, before Kestrel makes anything of the request. Whatever is not plain goes to Kestrel, where <see cref="PageLookup"/> answers the same.
/// </summary>
internal sealed class EarlyAnswers(PageStore store, PageAnswer answer, PreviewLinks previews, IOptionsMonitor<HostFilteringOptions> hosts, IOptions<KestrelServerOptions> kestrel, TimeProvider clock)
{
    // Of the time that Kestrel waits for another request: it has to hear of one in between, or it would take the connection for forsaken.
    private const int WaitsInTurn = 16;

    private const string AnyHost = "*";

    private readonly TimeSpan _turn = kestrel.Value.Limits.KeepAliveTimeout / WaitsInTurn;

    /// <summary>A moment, for <see cref="IsDue"/>.</summary>
    public long Now => clock.GetTimestamp();

    /// <summary>Puts it before what handles the connections of an endpoint, where these are of HTTP/1.1 without TLS. Where everything may be a preview, somebody else has to look first.</summary>
    public void AddTo(ListenOptions endpoint) => endpoint.Use(next => store.IsOn && !previews.IsOpen && endpoint.Protocols.HasFlag(HttpProtocols.Http1) && IsOpen(endpoint) ? Before(next) : next);

    /// <summary>True without TLS. Known when the endpoint is as it is to be, which is when what handles its connections is put together.</summary>
    private static bool IsOpen(ListenOptions endpoint) => endpoint.ToString()!.StartsWith("http:", StringComparison.Ordinal);

    private ConnectionDelegate Before(ConnectionDelegate next) => async connection =>
    {
        var transport = connection.Transport;
        var output = new EarlyWriter(transport.Output);
        connection.Transport = new Pipes(new EarlyReader(transport.Input, output, this), output);
        try { await next(connection); }
        finally { connection.Transport = transport; }
    };

    /// <summary>True when Kestrel should have a request of a connection.</summary>
    /// <param name="last">When it had one.</param>
    public bool IsDue(long last) => clock.GetElapsedTime(last) > _turn;

    /// <summary>Writes the answer to a plain request.</summary>
    /// <returns>Bytes that were written; 0 where there is no answer ready.</returns>
    public int Write(PipeWriter output, RequestHead request) =>
        AreAllHostsAllowed && store.Find(request.Path) is { } page ? answer.Write(output, page, request.Coding ?? ContentCoding.Identity, request.Known, clock.GetUtcNow()) : 0;

    // Where they are told apart, somebody else has to look first.
    private bool AreAllHostsAllowed => hosts.CurrentValue.AllowedHosts is not { Count: > 0 } allowed || allowed.Contains(AnyHost);

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
