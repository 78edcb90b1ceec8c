using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Blog.Catalogue;
using Blog.Site;
using Blog.Site.Feeds;
using Blog.Site.Highlighting;
using Blog.Site.PageCache;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Events;

namespace Blog.Export;

/// <summary>The application as it is served, but without a network, as of one moment, and with nothing going on beside: once it has started, all there is to know is known.</summary>
internal sealed class ExportSite : IAsyncDisposable
{
    // Of all readers that are at work at a time.
    private const int ReadersCacheKilobytes = 128 * 1024;

    private readonly WebApplication _app;
    private readonly LocalServer _server;
    private Task<SiteAddresses>? _addresses;

    private ExportSite(WebApplication app) => (_app, _server) = (app, (LocalServer)app.Services.GetRequiredService<IServer>());

    public IServiceProvider Services => _app.Services;

    /// <summary>The version of the catalogue before it was brought in step with the content folder; null when there was none.</summary>
    public string? VersionBefore { get; private set; }

    /// <summary>The version that the catalogue has now.</summary>
    public string? Version { get; private set; }

    /// <summary>What tells the version of the addresses that articles have left, before and now.</summary>
    public string? RedirectsBefore { get; private set; }

    /// <inheritdoc cref="RedirectsBefore"/>
    public string? Redirects => new RedirectFile(Catalogue.File.RedirectsPath).Stamp;

    /// <summary>The keys of what has changed between the two.</summary>
    public IReadOnlySet<string> Changed { get; private set; } = new HashSet<string>();

    /// <summary>The addresses that the catalogue knows, once the content is read.</summary>
    public Task<SiteAddresses> Addresses => _addresses ?? throw new InvalidOperationException("The content is not read yet.");

    public SiteCatalogue Catalogue => Services.GetRequiredService<SiteCatalogue>();

    /// <summary>Starts it, and brings its catalogue in step with the content folder.</summary>
    /// <exception cref="IOException">The catalogue can't be made.</exception>
    /// <exception cref="OptionsValidationException">The settings make no sense.</exception>
    public static async Task<ExportSite> Start(ExportOptions options, TimeProvider time, CancellationToken cancelled)
    {
        var site = new ExportSite(Build(options, time));
        // While what shows the content is put together, the content is read: both take about as long.
        var reading = Task.Run(() => site.BeginReading(cancelled), CancellationToken.None);
        try
        {
            Compose(site._app);
            await site._app.StartAsync(cancelled);
            await reading;
            await site.ReadContent(cancelled);
            return site;
        }
        catch
        {
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Identifies what makes pages of the content: the program with its files, and how it is set up.</summary>
    public string Maker()
    {
        var text = new StringBuilder(JsonSerializer.Serialize(Services.GetRequiredService<IOptions<BlogOptions>>().Value, OptionsJson.Default.BlogOptions));
        // By their times, too: to read them would take longer than to make a page.
        foreach (var file in new DirectoryInfo(AppContext.BaseDirectory).EnumerateFiles().Concat(_app.Environment.WebRootPath is { } web && new DirectoryInfo(web) is { Exists: true } root ? root.EnumerateFiles("*", SearchOption.AllDirectories) : []).OrderBy(file => file.FullName, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"\n{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <inheritdoc cref="LocalServer.Get"/>
    public Task<LocalAnswer> Get(string path, string? tag, Stream body, CancellationToken cancelled) => _server.Get(path, tag, body, cancelled);

    public async ValueTask DisposeAsync()
    {
        if (_addresses is not null) await ((Task)_addresses).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Services.GetService<CodeHighlighter>() is { } highlighter) await highlighter.StopAsync(CancellationToken.None);
        await Services.GetRequiredService<CatalogueKeeper>().StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static WebApplication Build(ExportOptions options, TimeProvider time)
    {
        // Without what only a server on a network needs.
        var builder = WebApplication.CreateSlimBuilder(options.Program is { } program
            ? new WebApplicationOptions { Args = [StartFolder.SettingsOnce], EnvironmentName = Environments.Production, ContentRootPath = program, ApplicationName = typeof(ExportSite).Assembly.GetName().Name }
            : StartFolder.Options([], Environments.Production));
        builder.AddBlogOptions(["--content", options.Content, "--data", options.OwnData, .. options.BaseUrl is null ? Array.Empty<string>() : ["--base-url", options.BaseUrl]]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            // Each page is asked for once, and what there is now is what is exported.
            ["Blog:PageCacheMegabytes"] = "0",
            ["Blog:HoldDeletionsSeconds"] = "0",
            ["Blog:Watch"] = nameof(WatchMode.Off),
            ["AllowedHosts"] = "*",
        });
        builder.Services.AddSerilog((_, logger) => logger.MinimumLevel.Warning()
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            .WriteTo.Console(outputTemplate: "{Message:lj}{NewLine}{Exception}", formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose));
        builder.Services.AddSingleton<TimeProvider>(new OneMoment(time));
        builder.Services.AddCatalogue();
        builder.Services.AddSite();
        // What keeps a live site up to date has no part in this; the rest is done in its order by ReadContent.
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.AddSingleton(provider => new CatalogueKeeper(
            provider.GetRequiredService<SiteCatalogue>(), provider.GetRequiredService<IOptions<BlogOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CatalogueKeeper>>())
        {
            IndexesAtOnce = true,
            IsSearched = false,
        });
        builder.Services.AddSingleton(provider => new CodeHighlighter(
            provider.GetRequiredService<HighlightStore>(), provider.GetRequiredService<CodeToHighlight>(), provider.GetRequiredService<ILogger<CodeHighlighter>>())
        {
            IsPatient = true,
        });
        builder.Services.AddSingleton(new LastFeeds { IsOn = true });
        // Everything is asked for, and not for long: what they keep is asked for again.
        builder.Services.AddSingleton(provider => new CatalogueReaders(provider.GetRequiredService<SiteCatalogue>()) { CacheKilobytes = Math.Max(CatalogueFile.ReaderCacheKilobytes, ReadersCacheKilobytes / Environment.ProcessorCount) });
        builder.Services.AddSingleton<IServer, LocalServer>();

        return builder.Build();
    }

    /// <summary>Puts together what answers, as for a live site.</summary>
    private static void Compose(WebApplication app)
    {
        app.Use(TellKeys);
        app.UseSite();
        app.MapControllerRoute("search", Content.Permalinks.Search[1..], new { controller = "Search", action = "Absent" });
        app.MapSite();
    }

    /// <summary>Has a page tell what it shows.</summary>
    private static async Task TellKeys(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<CachedAttribute>() is not null && !context.RequestServices.GetRequiredService<PageFate>().IsPassing)
            context.Response.Headers[LocalServer.KeysHeader] = context.RequestServices.GetRequiredService<PageKeys>().ToString();
    }

    /// <summary>Begins to bring the catalogue in step with the content folder, and notes what it was before.</summary>
    private async Task BeginReading(CancellationToken cancelled)
    {
        var keeper = Services.GetRequiredService<CatalogueKeeper>();
        (VersionBefore, RedirectsBefore) = (keeper.Open()?.Version, Redirects);
        await keeper.StartAsync(cancelled);
    }

    /// <summary>All that a live site comes to know after its start, one thing after the other.</summary>
    private async Task ReadContent(CancellationToken cancelled)
    {
        var keeper = Services.GetRequiredService<CatalogueKeeper>();
        var warm = Catalogue.IsReady ? Task.Run(() => WarmUp(cancelled), cancelled) : Task.CompletedTask;
        await keeper.InStep.WaitAsync(cancelled);
        if (Catalogue.LastFailure is { } reason) throw new IOException(reason);
        if (!Catalogue.IsReady) throw new IOException($"The content folder {Catalogue.Folder.Root} could not be read.");
        await keeper.TickAsync(cancelled);
        await ActivatorUtilities.CreateInstance<HistoryKeeper>(Services).DateAsync(cancelled);
        // What follows changes pages, but no address.
        _addresses = Task.Run(ReadAddresses, CancellationToken.None);
        var highlighter = Services.GetRequiredService<CodeHighlighter>();
        await highlighter.StartAsync(cancelled);
        // The engine takes about a second to begin. All of a first export would wait for it, while what comes now leaves a processor to it.
        var colours = VersionBefore is null ? Task.Run(() => ColourFirst(highlighter, cancelled), cancelled) : Task.CompletedTask;
        try
        {
            while (await keeper.IndexAsync(cancelled)) { }
            while (await keeper.RelateAsync(cancelled)) { }
        }
        finally
        {
            // Where it failed, the page itself will say so.
            await colours.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Version = keeper.KeptVersion();
        NoteChanges();
        await warm;
    }

    /// <summary>Has the code of the first article that has some coloured.</summary>
    private async Task ColourFirst(CodeHighlighter highlighter, CancellationToken cancelled)
    {
        string? html;
        using (var lease = Services.GetRequiredService<CatalogueReaders>().Rent()) html = lease.Reader.HtmlWith(CodeBlocks.Marker, 0, 1).Select(article => article.Html).FirstOrDefault();
        if (html is not null) await highlighter.Shown(html, cancelled);
    }

    /// <summary>
    /// Makes pages of the kinds that every edit touches, from the previous catalogue and for nobody, while the content is being read: a process that has just started takes
    /// its time for the first of each kind, which is most of what an export of one edit takes.
    /// </summary>
    private async Task WarmUp(CancellationToken cancelled)
    {
        try
        {
            string[] newest;
            using (var lease = Services.GetRequiredService<CatalogueReaders>().Rent()) newest = [.. lease.Reader.Newest(ArticleList.All, 0, 1, Services.GetRequiredService<TimeProvider>().GetUtcNow()).Select(article => article.Permalink)];
            foreach (var path in (string[])[.. newest, Content.Permalinks.Home, Content.Permalinks.ForRss(Content.Permalinks.Home)]) await Get(path, null, Stream.Null, cancelled);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The previous catalogue may be lost, which the sync mends. Of this is not to be told: if a page goes wrong again, that is.
        }
    }

    private SiteAddresses ReadAddresses()
    {
        using var lease = Services.GetRequiredService<CatalogueReaders>().Rent();
        return SiteAddresses.Read(lease.Reader, Catalogue.State, Services.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    private void NoteChanges()
    {
        var changed = Catalogue.Outdated.Take().ToHashSet(StringComparer.Ordinal);
        if (Version != VersionBefore) changed.Add(SurrogateKeys.Any);
        if (changed.Any(SurrogateKeys.IsOfPicture)) changed.Add(ExportMemory.Pictures);
        Changed = changed;
    }
}

/// <summary>How options are told apart.</summary>
[JsonSerializable(typeof(BlogOptions))]
internal sealed partial class OptionsJson : JsonSerializerContext;
