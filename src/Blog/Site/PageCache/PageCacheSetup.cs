namespace Blog.Site.PageCache;

/// <summary>Adds finished pages to the application.</summary>
internal static class PageCacheSetup
{
    public static void AddPageCache(this IServiceCollection services)
    {
        services.AddSingleton<PageStore>();
        services.AddSingleton<PageAnswer>();
        services.AddSingleton<EarlyAnswers>();
        services.AddHostedService(provider => provider.GetRequiredService<PageStore>());
        services.AddScoped<PageFate>();
        services.AddScoped<PageKeys>();
        services.AddSingleton<WarmUp>();
        services.AddSingleton<IStartupFilter>(provider => provider.GetRequiredService<WarmUp>());
        services.AddHostedService(provider => provider.GetRequiredService<WarmUp>());
    }
}
