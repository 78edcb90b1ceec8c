using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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

    [Fact]
    public async Task With_a_certificate_it_speaks_TLS_and_HTTP_2()
    {
        var folder = Directory.CreateTempSubdirectory("blog-tls-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "content", "articles"));
            await File.WriteAllTextAsync(Path.Combine(folder, "content", "articles", "one.md"), "---\ntitle: One\n---\nSome words.\n");
            using (var key = RSA.Create(2048))
            using (var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1)))
                await File.WriteAllBytesAsync(Path.Combine(folder, "site.pfx"), certificate.Export(X509ContentType.Pfx));
            await using var site = BlogProcess.Start(Path.Combine(folder, "content"), Path.Combine(folder, "data"),
                ("Kestrel__Endpoints__Web__Url", "https://127.0.0.1:0"), ("Kestrel__Endpoints__Web__Certificate__Path", Path.Combine(folder, "site.pfx")));
            using var client = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator })
            {
                BaseAddress = await site.Address(),
                DefaultRequestVersion = HttpVersion.Version20,
                DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            Assert.Equal(Uri.UriSchemeHttps, client.BaseAddress!.Scheme);
            await site.Until(async () => (await client.GetAsync(new Uri("/articles/one", UriKind.Relative))).IsSuccessStatusCode);
            // In clear, it says nothing.
            using var clear = new RawConnection(client.BaseAddress.ToString());
            clear.Send("GET /articles/one HTTP/1.1\r\nHost: localhost\r\n\r\n");
            RawAnswer? answer = null;
            try { answer = clear.Receive(); }
            catch (IOException) { /* What TLS says of it is no answer. */ }
            Assert.Null(answer);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
