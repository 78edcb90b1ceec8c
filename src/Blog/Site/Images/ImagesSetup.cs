namespace Blog.Site.Images;

/// <summary>Adds pictures in all their sizes and formats.</summary>
internal static class ImagesSetup
{
    public static IServiceCollection AddImages(this IServiceCollection services)
    {
        services.AddSingleton<VariantStore>();
        services.AddSingleton<VariantKeeper>();
        services.AddHostedService<VariantsAhead>();
        services.AddScoped<PicturesOfPage>();
        return services;
    }
}
