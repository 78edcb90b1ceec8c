using System.Data.Common;
using Blog.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Blog.Catalogue;

/// <summary>Adds the catalogue to the application.</summary>
public static class CatalogueSetup
{
    public static IServiceCollection AddCatalogue(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<BlogOptions>>().Value;
            return new SiteCatalogue(new ContentFolder(options.ContentPath), CatalogueFile.Open(options.DataPath, provider.GetRequiredService<ILogger<CatalogueFile>>()));
        });
        services.AddDbContextPool<CatalogueContext>((provider, context) => context
            .UseSqlite(provider.GetRequiredService<SiteCatalogue>().File.ConnectionString)
            .AddInterceptors(new WhereTheCatalogueIs(provider.GetRequiredService<SiteCatalogue>()))
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));
        services.AddSingleton<CatalogueReaders>();
        services.AddScoped<CatalogueSession>();
        services.AddSingleton(provider => new CatalogueKeeper(
            provider.GetRequiredService<SiteCatalogue>(), provider.GetRequiredService<IOptions<BlogOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CatalogueKeeper>>())
        {
            Serving = StartOf(provider.GetRequiredService<IHostApplicationLifetime>()),
        });
        services.AddHostedService(provider => provider.GetRequiredService<CatalogueKeeper>());
        services.AddHostedService<ContentWatcher>();
        services.AddHostedService<PublicationClock>();
        services.AddHostedService<HistoryKeeper>();
        services.AddHostedService<IndexKeeper>();
        return services;
    }

    /// <summary>Ends when the site answers.</summary>
    private static Task StartOf(IHostApplicationLifetime lifetime)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(started.SetResult);
        return started.Task;
    }
}

/// <summary>Has connections lead to the catalogue where it is now: the pool's options are made once, perhaps before it had to be kept elsewhere.</summary>
internal sealed class WhereTheCatalogueIs(SiteCatalogue catalogue) : DbConnectionInterceptor
{
    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Lead(connection);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Lead(connection);
        return ValueTask.FromResult(result);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => CatalogueFile.PrepareForReading(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        CatalogueFile.PrepareForReading(connection);
        return Task.CompletedTask;
    }

    private void Lead(DbConnection connection)
    {
        if (connection.ConnectionString != catalogue.File.ConnectionString) connection.ConnectionString = catalogue.File.ConnectionString;
    }
}
