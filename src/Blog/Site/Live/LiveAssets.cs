using Blog.Site.Assets;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Blog.Site.Live;

/// <summary>The script that has pages follow changes, and what it looks like; also has the site's own style sheet read again when one of its files is saved.</summary>
internal sealed class LiveAssets : IDisposable
{
    private static readonly string[] Scripts = ["live/morph", "live/place", "live/problems", "live/follow"];

    private readonly PhysicalFileProvider? _files;
    private readonly IDisposable? _watch;
    private volatile BuiltAsset _css;
    private volatile BuiltAsset _js;

    public LiveAssets(IWebHostEnvironment environment, StyleSheet sheet)
    {
        (_css, _js) = Read();
        if (!Directory.Exists(environment.WebRootPath)) return;
        _files = new PhysicalFileProvider(environment.WebRootPath);
        _watch = ChangeToken.OnChange(() => _files.Watch("**/*"), () =>
        {
            // An editor may still be writing; the next event brings the rest.
            try { (_css, _js) = Read(); }
            catch (IOException) { return; }
            sheet.Read();
            Changed?.Invoke();
        });

        (BuiltAsset, BuiltAsset) Read() => (BuiltAsset.Join(environment, "live", "css", ["live"]), BuiltAsset.Join(environment, "live", "js", Scripts));
    }

    /// <summary>A style sheet or script was saved.</summary>
    public event Action? Changed;

    public BuiltAsset Css => _css;

    public BuiltAsset Js => _js;

    public void Dispose()
    {
        _watch?.Dispose();
        _files?.Dispose();
    }
}
