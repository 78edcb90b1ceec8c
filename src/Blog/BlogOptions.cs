namespace Blog;

/// <summary>What the operator decides: <c>appsettings.json</c>, environment (<c>Blog__ContentPath</c>) or command line (<c>--content</c>).</summary>
public sealed class BlogOptions
{
    /// <summary>The configuration section and the prefix of the environment variables.</summary>
    public const string Section = "Blog";

    /// <summary>Folder of the publication; relative to the working folder.</summary>
    public string ContentPath { get; set; } = "content";

    /// <summary>Folder that the site may write; relative to the working folder. It may be emptied at any time.</summary>
    public string DataPath { get; set; } = "data";

    /// <summary>Scheme and host under which readers reach the site, such as <c>https://blog.example</c>; null leaves it to <c>site.yml</c>.</summary>
    public string? BaseUrl { get; set; }
}
