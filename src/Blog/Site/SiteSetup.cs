using System.Text.Encodings.Web;
using System.Text.Unicode;
using Blog.Catalogue;
using Blog.Catalogue.Search;
using Blog.Site.Articles;
using Blog.Site.Assets;
using Blog.Site.Desk;
using Blog.Site.Diagrams;
using Blog.Site.Errors;
using Blog.Site.Feeds;
using Blog.Site.Health;
using Blog.Site.Highlighting;
using Blog.Site.Images;
using Blog.Site.Language;
using Blog.Site.Live;
using Blog.Site.PageCache;
using Blog.Site.Preview;
using Blog.Site.Purge;
using Blog.Site.Search;
using Blog.Site.Shared;
using Blog.Site.Sitemap;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.ResponseCompression;

namespace Blog.Site;

/// <summary>Adds what visitors see to the application.</summary>
public static class SiteSetup
{
    public static IServiceCollection AddSite(this IServiceCollection services)
    {
        // Nothing but what HTML has a meaning for is escaped: by default every letter beyond ASCII is, which makes an Arabic title three times as long.
        services.AddWebEncoders(encoders => encoders.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddControllersWithViews();
        // MVC's own are for data that one page leaves to the next, and for bodies of unknown formats. No page has either, and each would pay for both.
        services.PostConfigure<MvcOptions>(options => options.Filters.Clear());
        services.AddDesk();
        services.Configure<RazorViewEngineOptions>(options =>
        {
            options.ViewLocationFormats.Clear();
            options.ViewLocationFormats.Add("/Site/{1}/{0}.cshtml");
            options.ViewLocationFormats.Add("/Site/Shared/{0}.cshtml");
        });
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.Providers.Add<PageCompression>();
            options.Providers.Add<GzipCompressionProvider>();
            options.MimeTypes = ResponseCompressionDefaults.MimeTypes.Concat(["image/svg+xml", "application/rss+xml", "application/atom+xml", "text/markdown"]);
        });
        services.AddSingleton<AddressRouter>();
        services.AddSingleton<StyleSheet>();
        services.AddSingleton<SiteAddress>();
        services.AddScoped(provider => Words.In(provider.GetRequiredService<SiteCatalogue>().State.Settings.Language));
        // Beyond the desk as well: in previews, and in what live pages say to authors.
        services.AddScoped(provider => Desk.DeskWords.In(provider.GetRequiredService<SiteCatalogue>().State.Settings.Language));
        services.AddScoped<ArticlePageReader>();
        services.AddScoped<SearchReader>();
        services.AddSingleton<SimilarArticles>();
        services.AddScoped<FeedReader>();
        services.AddSingleton<LastFeeds>();
        services.AddPageCache();
        services.AddPurge();
        services.AddSearchLimits();
        services.AddHighlighting();
        services.AddDiagrams();
        services.AddImages();
        services.AddPreviews();
        services.AddLiveReload();
        services.AddHealthChecks().AddCheck<CatalogueHealth>("catalogue", tags: [CatalogueHealth.ReadyTag]);
        return services;
    }

    public static WebApplication UseSite(this WebApplication app)
    {
        app.UseMiddleware<PageLookup>();
        app.UseResponseCompression();
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler("/error");
        app.UseStatusCodePagesWithReExecute("/error", "?status={0}");
        app.UseMiddleware<ReadyGate>();
        app.UseContentFiles();
        app.UseMiddleware<CanonicalPaths>();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseMiddleware<PageKeeping>();
        app.UseDesk();
        return app;
    }

    public static void MapSite(this WebApplication app)
    {
        app.MapHealth();
        app.MapAssets();
        app.MapDiagrams();
        app.MapImages();
        app.MapSitemap();
        app.MapSearch();
        app.MapLiveReload();
        app.MapDesk();
        app.MapControllerRoute("error", "error", new { controller = "Errors", action = "Show" });
        app.MapDynamicControllerRoute<AddressRouter>("{**path}");
    }
}
