using Blog.Catalogue;
using Blog.Content;
using Microsoft.Extensions.Options;

namespace Blog.Site.Shared;

/// <summary>Makes whole addresses: the operator's base URL, else that of <c>site.yml</c>, else the one that <c>dotnet run</c> serves. Never taken from a request, which a stranger could forge.</summary>
public sealed class SiteAddress(IOptions<BlogOptions> options, SiteCatalogue catalogue)
{
    /// <summary>Where the site listens when nothing else is said.</summary>
    public const string Default = "http://localhost:5080";

    /// <summary>Scheme and host, without a slash at the end.</summary>
    public string Base => (options.Value.BaseUrl is { Length: > 0 } own ? own : catalogue.State.Settings.BaseUrl ?? Default).TrimEnd('/');

    /// <summary>The whole address of an escaped path; one that is whole already stays as it is.</summary>
    public string Whole(string path) => LinkTarget.IsExternal(path) ? (path.StartsWith("//", StringComparison.Ordinal) ? "https:" + path : path) : Base + (path == "/" ? "/" : path);
}
