namespace Blog.Export;

/// <summary>What is exported, where to, and how.</summary>
/// <param name="Content">The content folder; an absolute path.</param>
/// <param name="Output">The folder that receives the site; an absolute path.</param>
/// <param name="Data">The site's data folder, in which the export has a folder of its own, so that it can run beside a live site.</param>
public sealed record ExportOptions(string Content, string Output, string Data)
{
    /// <summary>Scheme and host under which readers will reach the site; null leaves it to <c>site.yml</c>.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Whether files that can be made smaller get copies in the codings of the web beside them.</summary>
    public bool Compresses { get; init; }

    /// <summary>Whether the files of the last export are looked into as well, instead of being believed to be as it left them.</summary>
    public bool IsFull { get; init; }

    /// <summary>Whether the folder may hold files that no export has written; of those, the ones that are in the way are replaced.</summary>
    public bool IsForced { get; init; }

    /// <summary>Where the program's own <c>wwwroot</c> lies; null for beside the program.</summary>
    internal string? Program { get; init; }

    /// <summary>Where the catalogue of the export and what else it can make anew is kept.</summary>
    internal string OwnData => Path.Combine(Data, "export");
}
