using Microsoft.Extensions.Configuration;

namespace Blog.Tests.Site;

/// <summary>Where there is TLS, every version of HTTP is offered, unless the operator chose.</summary>
public sealed class TransportTests
{
    [Theory]
    [InlineData("https://*:443", null, "Http1AndHttp2AndHttp3")]
    [InlineData("HTTPS://*:443", "", "Http1AndHttp2AndHttp3")]
    [InlineData("https://*:443", "Http1", "Http1")]
    [InlineData("http://*:80", null, null)]
    public void Offers_all_protocols_at_an_endpoint(string url, string? chosen, string? expected)
    {
        var configuration = new ConfigurationManager { ["Kestrel:Endpoints:Web:Url"] = url, ["Kestrel:Endpoints:Web:Protocols"] = chosen };
        configuration.OfferAllProtocols();
        Assert.Equal(expected, configuration["Kestrel:Endpoints:Web:Protocols"]);
    }

    [Theory]
    [InlineData("https://*:443", "Http1AndHttp2AndHttp3")]
    [InlineData("https://*:443; https://*:8443", "Http1AndHttp2AndHttp3")]
    [InlineData("https://*:443;http://*:80", null)]
    [InlineData("http://*:80", null)]
    public void Offers_all_protocols_where_all_addresses_are_secure(string urls, string? expected)
    {
        var configuration = new ConfigurationManager { ["urls"] = urls };
        configuration.OfferAllProtocols();
        Assert.Equal(expected, configuration["Kestrel:EndpointDefaults:Protocols"]);
    }
}
