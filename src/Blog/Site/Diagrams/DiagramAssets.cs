using Blog.Site.Assets;

namespace Blog.Site.Diagrams;

/// <summary>What draws diagrams: read when the first page with one is shown, and never before.</summary>
public sealed class DiagramAssets(IWebHostEnvironment environment)
{
    private readonly Lazy<BuiltAsset> _page = new(() => BuiltAsset.Join(environment, "diagrams", "js", ["diagram/page"]));
    private readonly Lazy<BuiltAsset> _frame = new(() => BuiltAsset.Join(environment, "diagram-frame", "js", ["diagram/frame"]));
    private readonly Lazy<BuiltAsset> _mermaid = new(() => BuiltAsset.Join(environment, "mermaid", "js", ["vendor/mermaid/mermaid.min"]));

    /// <summary>Address of the script of pages that have diagrams.</summary>
    public string ScriptUrl => _page.Value.Url;

    /// <summary>Address of the document that draws. It changes with the scripts in it.</summary>
    public string FrameUrl => $"{StyleSheet.Prefix}diagram.{Hash(_frame.Value)}{Hash(_mermaid.Value)}.html";

    internal BuiltAsset Script => _page.Value;

    internal BuiltAsset FrameScript => _frame.Value;

    internal BuiltAsset Mermaid => _mermaid.Value;

    /// <summary>The document that draws.</summary>
    internal BuiltAsset Frame => BuiltAsset.At(FrameUrl, $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Diagram</title><script src=\"{_mermaid.Value.Url}\"></script><script src=\"{_frame.Value.Url}\"></script></head><body></body></html>\n");

    private static string Hash(BuiltAsset asset) => asset.Url.Split('.')[^2];
}
