using Microsoft.Extensions.Options;

namespace Blog.Site.Highlighting;

/// <summary>The colours of code.</summary>
internal static class HighlightingSetup
{
    public static void AddHighlighting(this IServiceCollection services)
    {
        services.AddSingleton(provider => new HighlightStore(provider.GetRequiredService<IOptions<BlogOptions>>().Value.DataPath, provider.GetRequiredService<ILogger<HighlightStore>>()));
        services.AddSingleton<CodeToHighlight>();
        services.AddSingleton<CodeHighlighter>();
        services.AddHostedService(provider => provider.GetRequiredService<CodeHighlighter>());
    }
}
