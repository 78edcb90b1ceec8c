using Blog.Site.Shared;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Events;

namespace Blog;

/// <summary>Reads the operator's settings and sets up logging.</summary>
public static class BlogSetup
{
    // Bytes that are held for one slow reader: enough for nearly every page and feed, so that it is sent in one go.
    private const int MaxResponseBuffer = 128 * 1024;

    private static readonly Dictionary<string, string> Switches = new()
    {
        ["--content"] = "Blog:ContentPath",
        ["--data"] = "Blog:DataPath",
        ["--base-url"] = "Blog:BaseUrl",
        ["--urls"] = "urls",
    };

    public static WebApplicationBuilder AddBlogOptions(this WebApplicationBuilder builder, string[] args)
    {
        builder.Configuration.AddCommandLine(args, Switches);
        builder.Services.AddOptions<BlogOptions>().BindConfiguration(BlogOptions.Section).PostConfigure(FindDefaultContent).PostConfigure(FromStartFolder).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<BlogOptions>, BlogOptionsCheck>();
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && string.IsNullOrEmpty(builder.Configuration["http_ports"]) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(SiteAddress.Default);
        builder.Configuration.OfferAllProtocols();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxResponseBufferSize = MaxResponseBuffer;
        });
        return builder;
    }

    public static WebApplicationBuilder AddLogging(this WebApplicationBuilder builder)
    {
        builder.Services.AddSerilog((_, logger) =>
        {
            logger.MinimumLevel.Information()
                .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
                // It says what Kestrel says too, and would give every request an activity and a scope that nothing is written in.
                .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off)
                .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Warning)
                .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
                // Whoever asks for the health gets the answer; it need not be logged each time.
                .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal)
                // That the keys of the desk's login lie in the data folder as they are; it holds nothing else that is worth a lock.
                .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
                .WriteTo.Console(outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}", formatProvider: System.Globalization.CultureInfo.InvariantCulture);
            // Reading what is not there would take a tenth of a start: it looks for sinks in every assembly.
            if (builder.Configuration.GetSection("Serilog").Exists()) logger.ReadFrom.Configuration(builder.Configuration);
        });
        return builder;
    }

    /// <summary>“--content ../my-site” is meant from where it was typed.</summary>
    private static void FromStartFolder(BlogOptions options)
    {
        if (!string.IsNullOrWhiteSpace(options.ContentPath)) options.ContentPath = StartFolder.Resolve(options.ContentPath);
        if (!string.IsNullOrWhiteSpace(options.DataPath)) options.DataPath = StartFolder.Resolve(options.DataPath);
    }

    /// <summary>Started from within the repository, the default folder is the repository's.</summary>
    private static void FindDefaultContent(BlogOptions options)
    {
        if (options.ContentPath != "content" || Directory.Exists("content")) return;
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Blog.sln")) || !Directory.Exists(Path.Combine(folder.FullName, "content"))) continue;
            options.ContentPath = Path.Combine(folder.FullName, "content");
            // Not in the project's folder, where “dotnet run” has the process start.
            if (options.DataPath == "data") options.DataPath = Path.Combine(folder.FullName, "data");
            return;
        }
    }
}
