using Blog;
using Blog.Catalogue;
using Blog.Commands;
using Blog.Site;
using Blog.Site.PageCache;

return await CommandList.Run(args, async rest =>
{
    var builder = WebApplication.CreateSlimBuilder(StartFolder.Options(rest));
    if (builder.Environment.IsDevelopment()) builder.WebHost.UseStaticWebAssets();
    builder.AddBlogOptions(rest);
    builder.AddLogging();
    builder.WebHost.UseTransport();
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddCatalogue();
    builder.Services.AddSite();

    var app = builder.Build();
    _ = WarmUp.BeginAsync(app.Services);
    app.UseSite();
    app.MapSite();
    await app.RunAsync();
});

/// <summary>The application, for tests to start.</summary>
public partial class Program;
