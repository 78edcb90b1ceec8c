using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace Blog.Site.Desk.Login;

/// <summary>Lets in whoever has the operator's token.</summary>
[Area("Desk"), AutoValidateAntiforgeryToken]
public sealed class LoginController(DeskFrame frame, DeskDoor door, LoginLimits limits, ILogger<LoginController> log) : Controller
{
    public const string Path = DeskRoom.Home + "/login";

    [HttpGet]
    public async Task<IActionResult> Index(string? returnUrl) =>
        (await HttpContext.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme)).Succeeded ? LocalRedirect(Local(returnUrl)) : View(new LoginPage(frame, Local(returnUrl)));

    [HttpPost, ActionName("Index")]
    public async Task<IActionResult> Enter(string? token, string? returnUrl)
    {
        using var attempt = limits.Attempt(HttpContext);
        if (!attempt.IsAcquired)
        {
            var wait = Math.Max(1, (int)Math.Ceiling((attempt.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1)).TotalSeconds));
            Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return View(new LoginPage(frame, Local(returnUrl), frame.Words.Format("TooManyAttempts", wait)));
        }

        if (!door.Opens(token))
        {
            log.LogWarning("Somebody at {Address} tried to open the desk with a wrong token", HttpContext.Connection.RemoteIpAddress);
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return View(new LoginPage(frame, Local(returnUrl), frame.Words["WrongToken"]));
        }

        await HttpContext.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, door.Editor(), new AuthenticationProperties { IsPersistent = true });
        return LocalRedirect(Local(returnUrl));
    }

    [HttpPost]
    public async Task<IActionResult> End()
    {
        await HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return LocalRedirect(Path);
    }

    /// <summary>The page of the desk that was asked for; the overview for all else, be it on this site or another.</summary>
    private string Local(string? url) =>
        Url.IsLocalUrl(url) && url!.Split('?', '#')[0] is var path && new PathString(path).StartsWithSegments(DeskRoom.Home) && !path.StartsWith(Path, StringComparison.OrdinalIgnoreCase) && !path.Contains("..", StringComparison.Ordinal) ? url : DeskRoom.Home;
}
