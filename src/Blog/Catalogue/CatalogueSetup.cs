using Blog.Content;
using Microsoft.EntityFrameworkCore;
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
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));
        services.AddSingleton<CatalogueKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<CatalogueKeeper>());
        services.AddHostedService<ContentWatcher>();
        services.AddHostedService<PublicationClock>();
        services.AddHostedService<HistoryKeeper>();
        services.AddHostedService<IndexKeeper>();
        return services;
    }
}
