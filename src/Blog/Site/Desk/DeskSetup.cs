using Blog.Site.Desk.Login;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.Options;

namespace Blog.Site.Desk;

/// <summary>Adds the desk at <c>/desk</c>, where editors see what readers don't.</summary>
internal static class DeskSetup
{
    private const string Area = "Desk";

    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddSingleton<DeskDoor>();
        services.AddSingleton<DeskSheet>();
        services.AddSingleton<DeskEvents>();
        services.AddSingleton<LoginLimits>();
        services.AddSingleton<ArticleLinks>();
        services.AddScoped<DeskFrame>();
        services.AddDataProtection().SetApplicationName("Blog");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, DeskKeys>();
        services.AddAuthorization();
        // Only the desk asks who somebody is: else each reader would be, for every page.
        AppContext.SetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", true);
        services.AddAuthentication().AddCookie();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme).Configure<DeskDoor>(Session);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "desk-form";
            options.Cookie.Path = DeskRoom.Home;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.Configure<RazorViewEngineOptions>(options =>
        {
            options.AreaViewLocationFormats.Clear();
            options.AreaViewLocationFormats.Add("/Site/{2}/{1}/{0}.cshtml");
            options.AreaViewLocationFormats.Add("/Site/{2}/Shared/{0}.cshtml");
            options.AreaViewLocationFormats.Add("/Site/Shared/{0}.cshtml");
        });
        return services;
    }

    /// <summary>Who is there, and the headers of pages that are nobody else's. Nothing at all where there is no desk.</summary>
    public static void UseDesk(this WebApplication app)
    {
        if (app.Services.GetRequiredService<DeskDoor>().IsThere)
        {
            app.Use((context, next) =>
            {
                if (!context.Request.Path.StartsWithSegments(DeskRoom.Home)) return next(context);
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers.CacheControl = "no-store";
                    context.Response.Headers["X-Robots-Tag"] = "noindex";
                    return Task.CompletedTask;
                });
                return next(context);
            });
        }

        // Who asks for what everybody may see is not looked at.
        app.MapWhen(context => context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is null, everybody => everybody.UseEndpoints(_ => { }));
        // Where they are not named, the framework has them look at every request before anything else does.
        app.UseAuthentication();
        app.UseAuthorization();
    }

    /// <summary>The pages of the desk. None where there is no desk, so that its addresses are like any other that is unknown.</summary>
    public static void MapDesk(this WebApplication app)
    {
        var door = app.Services.GetRequiredService<DeskDoor>();
        if (!door.IsThere) return;
        var sheet = app.Services.GetRequiredService<DeskSheet>();
        app.MapMethods("/assets/desk.{hash}.css", ["GET", "HEAD"], (string hash) => Assets.AssetsEndpoints.Built(sheet.Css, "text/css; charset=utf-8"));
        app.MapMethods("/assets/desk.{hash}.js", ["GET", "HEAD"], (string hash) => Assets.AssetsEndpoints.Built(sheet.Js, "text/javascript; charset=utf-8"));
        var pages = new List<IEndpointConventionBuilder>
        {
            app.MapGet(DeskRoom.Home + "/events", (DeskEvents events, HttpContext context) => events.Listen(context)),
            Map(DeskRoom.Home + "/deletions", "Overview", "Delete"),
            Map(DeskRoom.Redirects.Path + "/aliases.yml", "Redirects", "Export"),
        };
        pages.AddRange(DeskRoom.All.Select(room => Map(room.Path, room.Name, "Index")));
        if (!door.NeedsLogin) return;
        Map(LoginController.Path, "Login", "Index");
        pages.Add(Map(LoginController.Path + "/end", "Login", "End"));
        var editors = new AuthorizationPolicyBuilder(CookieAuthenticationDefaults.AuthenticationScheme).RequireAuthenticatedUser().Build();
        foreach (var page in pages) page.RequireAuthorization(editors);

        IEndpointConventionBuilder Map(string path, string controller, string action) =>
            app.MapControllerRoute($"desk {controller} {action}", path[1..], new { area = Area, controller, action });
    }

    private static void Session(CookieAuthenticationOptions options, DeskDoor door)
    {
        options.Cookie.Name = "desk";
        options.Cookie.Path = DeskRoom.Home;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.LoginPath = LoginController.Path;
        // Without scheme and host, which a proxy in front may not tell; and back only to what can be opened.
        options.Events.OnRedirectToLogin = context =>
        {
            var asked = context.Request;
            context.Response.Redirect(DeskPager.Address(LoginController.Path, ("returnUrl", HttpMethods.IsGet(asked.Method) ? asked.Path + asked.QueryString : null)));
            return Task.CompletedTask;
        };
        options.Events.OnValidatePrincipal = context =>
        {
            if (!door.Knows(context.Principal)) context.RejectPrincipal();
            return Task.CompletedTask;
        };
    }
}
