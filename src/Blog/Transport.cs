using Blog.Site.PageCache;

namespace Blog;

/// <summary>How bytes come from the network and go there.</summary>
internal static class Transport
{
    // Read by the runtime when the first socket is used.
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    // Of HTTP/3: RFC 9114, 8.1.
    private const long NoError = 0x100;
    private const long RequestCancelled = 0x10c;

    private const string AllProtocols = "Http1AndHttp2AndHttp3";

    /// <summary>Offers HTTP/3 (RFC 9114) beside the others wherever there is TLS, unless the operator chose; where the system has no QUIC, Kestrel leaves it out.</summary>
    public static void OfferAllProtocols(this ConfigurationManager configuration)
    {
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
            if (IsSecure(endpoint["Url"]) && string.IsNullOrEmpty(endpoint["Protocols"])) endpoint["Protocols"] = AllProtocols;
        if (configuration["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } urls && urls.All(IsSecure) && string.IsNullOrEmpty(configuration["Kestrel:EndpointDefaults:Protocols"])) configuration["Kestrel:EndpointDefaults:Protocols"] = AllProtocols;
    }

    /// <summary>
    /// Has a request answered on the thread that learns of it from the system. What is ready is sent in less time than it takes to wake another thread; all else goes
    /// to the pool first (<see cref="Site.PageCache.PageLookup"/>), so that nothing waits on this one. Half of the processor's time for a finished page was that.
    /// </summary>
    public static IWebHostBuilder UseTransport(this IWebHostBuilder host)
    {
        if (Environment.GetEnvironmentVariable(InlineCompletions) is null) Environment.SetEnvironmentVariable(InlineCompletions, "1");
        // A slim builder starts sooner, and leaves these out.
        host.UseKestrelHttpsConfiguration().UseQuic(quic => (quic.DefaultStreamErrorCode, quic.DefaultCloseErrorCode) = (RequestCancelled, NoError));
        host.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.ApplicationServices.GetRequiredService<EarlyAnswers>().AddTo(endpoint)));
        return host.UseSockets(sockets =>
        {
            sockets.UnsafePreferInlineScheduling = true;
            // Or each request is looked for with one call to the system and read with another; a connection at rest holds 4 KB so.
            sockets.WaitForDataBeforeAllocatingBuffer = false;
        });
    }

    private static bool IsSecure(string? url) => url?.Trim().StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;
}
