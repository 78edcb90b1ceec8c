using Blog.Site.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Blog.Site.Purge;

/// <summary>Adds to the application what tells caches of changes.</summary>
internal static class PurgeSetup
{
    public static void AddPurge(this IServiceCollection services)
    {
        services.AddSingleton<PurgeKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<PurgeKeeper>());
        services.AddOptions<HealthCheckServiceOptions>().Configure<IOptions<BlogOptions>>((health, options) =>
        {
            if (options.Value.Purge.IsOn) health.Registrations.Add(new HealthCheckRegistration("purge", provider => ActivatorUtilities.CreateInstance<PurgeHealth>(provider), HealthStatus.Degraded, [CatalogueHealth.ReadyTag]));
        });
    }
}
