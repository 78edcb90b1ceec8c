using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Blog.Catalogue;
using Blog.Content;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Blog.Tests;

/// <summary>The real application on a content folder of its own, with the verbs that tests need.</summary>
public sealed class TestSite : WebApplicationFactory<Program>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("blog-test-").FullName;
    private readonly Dictionary<string, string?> _settings = [];
    private HttpClient? _client;
    private string? _address;
    private string _environment = "Production";
    private TimeProvider? _clock;
    private Action<IServiceCollection>? _services;

    public TestSite()
    {
        ContentPath = Path.Combine(_folder, "content");
        DataPath = Path.Combine(_folder, "data");
        Directory.CreateDirectory(ContentPath);
    }

    public string ContentPath { get; private set; }

    public string DataPath { get; }

    /// <summary>Redirects are not followed, so that tests see them.</summary>
    public HttpClient Client => _client ??= CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri(_address ?? "http://localhost") });

    /// <summary>Serves a folder that is there already, without writing to it.</summary>
    public TestSite On(string folder)
    {
        ContentPath = folder;
        return this;
    }

    /// <summary>Writes a content file before or after the start.</summary>
    public TestSite Write(string path, string text)
    {
        var full = Path.Combine(ContentPath, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return this;
    }

    /// <summary>Writes a content file that is no text.</summary>
    public TestSite Write(string path, byte[] bytes)
    {
        var full = Path.Combine(ContentPath, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        return this;
    }

    /// <summary>Starts in another environment than Production.</summary>
    public TestSite In(string environment)
    {
        _environment = environment;
        return this;
    }

    public TestSite Set(string key, string value)
    {
        _settings[key] = value;
        return this;
    }

    /// <summary>Has the application take its time from this clock.</summary>
    public TestSite By(TimeProvider clock)
    {
        _clock = clock;
        return this;
    }

    /// <summary>Adds services to the application's.</summary>
    public TestSite With(Action<IServiceCollection> services)
    {
        _services += services;
        return this;
    }

    /// <summary>Makes the application listen on a port of its own, for a browser; returns the address. To be called before the start.</summary>
    public string Listen()
    {
        UseKestrel(0);
        StartServer();
        return _address = Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<Microsoft.AspNetCore.Hosting.Server.Features.IServerAddressesFeature>()!.Addresses.First().TrimEnd('/');
    }

    /// <summary>Starts the application and waits until it serves a whole catalogue that is in step with the folder.</summary>
    public async Task<TestSite> Started()
    {
        _ = Client;
        await Catalogue.Ready.WaitAsync(TimeSpan.FromSeconds(60));
        await Sync();
        return this;
    }

    public SiteCatalogue Catalogue => Services.GetRequiredService<SiteCatalogue>();

    /// <summary>Brings the catalogue in step with the folder.</summary>
    public async Task<SyncReport> Sync()
    {
        await Services.GetRequiredService<CatalogueKeeper>().SyncAsync(CancellationToken.None);
        return Catalogue.LastSync!;
    }

    public async Task<IReadOnlyList<Problem>> Problems()
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CatalogueContext>();
        return (await db.Problems.AsProblems(db, CancellationToken.None)).OrderBy(problem => problem.Path, StringComparer.Ordinal).ThenBy(problem => problem.Line).ToList();
    }

    /// <summary>The parsed page, which must be there.</summary>
    public async Task<IHtmlDocument> Page(string url)
    {
        using var response = await Client.GetAsync(new Uri(url, UriKind.Relative));
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{url} answered {(int)response.StatusCode}");
        return await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());
    }

    public async Task<HttpStatusCode> Status(string url)
    {
        using var response = await Client.GetAsync(new Uri(url, UriKind.Relative));
        return response.StatusCode;
    }

    public async Task<string> Text(string url) => await Client.GetStringAsync(new Uri(url, UriKind.Relative));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(_environment);
        builder.UseSetting("Blog:ContentPath", ContentPath);
        builder.UseSetting("Blog:DataPath", DataPath);
        builder.UseSetting("Blog:BaseUrl", "https://blog.example");
        builder.UseSetting("Blog:ImagesAhead", "false");
        builder.UseSetting("Serilog:MinimumLevel:Default", "Error");
        foreach (var (key, value) in _settings) builder.UseSetting(key, value);
        if (_services is not null) builder.ConfigureTestServices(_services);
        if (_clock is not null) builder.ConfigureTestServices(services => services.AddSingleton(_clock));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(_folder)) Directory.Delete(_folder, true);
    }
}
