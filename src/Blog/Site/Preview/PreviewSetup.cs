namespace Blog.Site.Preview;

/// <summary>Adds previews of what readers don't see yet, or no more.</summary>
internal static class PreviewSetup
{
    public static void AddPreviews(this IServiceCollection services)
    {
        services.AddSingleton<PreviewLinks>();
        services.AddScoped<PreviewFinder>();
        services.AddScoped<PreviewReader>();
    }
}
