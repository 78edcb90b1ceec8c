using Microsoft.Playwright;

namespace Blog.Tests.Browser;

/// <summary>A headless Chromium for the tests of what readers see; they are skipped, with the reason, where none is installed.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is not { } chromium) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A page of that width, whose console messages and failed requests are gathered in <paramref name="complaints"/>.</summary>
    public async Task<IPage> Page(int width, ICollection<string> complaints, ColorScheme scheme = ColorScheme.Light, bool javaScript = true, int height = 800, bool reducedMotion = false)
    {
        Skip.If(_browser is null, "Chromium is not installed (apt-get install chromium).");
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme, JavaScriptEnabled = javaScript, ReducedMotion = reducedMotion ? ReducedMotion.Reduce : null });
        var page = await context.NewPageAsync();
        page.Console += (_, message) => complaints.Add($"{page.Url}: {message.Text} ({message.Location})");
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("http://127.0.0.1", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) complaints.Add($"{page.Url} asks for {request.Url}");
        };
        return page;
    }
}
