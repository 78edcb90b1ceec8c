using Blog.Site.Desk;
using Microsoft.Extensions.Options;

namespace Blog;

/// <summary>Says at start what is wrong with the settings and what to set.</summary>
internal sealed class BlogOptionsCheck : IValidateOptions<BlogOptions>
{
    public ValidateOptionsResult Validate(string? name, BlogOptions options)
    {
        var wrong = new List<string>();
        if (string.IsNullOrWhiteSpace(options.ContentPath))
            wrong.Add("Blog:ContentPath is empty. Set Blog__ContentPath (or --content) to the folder with your articles.");
        else if (File.Exists(options.ContentPath))
            wrong.Add($"Blog:ContentPath is {options.ContentPath}, which is a file. Set Blog__ContentPath (or --content) to the folder with your articles.");
        else if (!Directory.Exists(options.ContentPath))
            wrong.Add($"Blog:ContentPath is {Path.GetFullPath(options.ContentPath)}, which does not exist. Create the folder, or set Blog__ContentPath (or --content) to the one with your articles.");
        if (string.IsNullOrWhiteSpace(options.DataPath))
            wrong.Add("Blog:DataPath is empty. Set Blog__DataPath (or --data) to a folder that the site may write.");
        if (options.BaseUrl is { Length: > 0 } && !(Uri.TryCreate(options.BaseUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            wrong.Add($"Blog:BaseUrl is “{options.BaseUrl}”, which is no web address. Set Blog__BaseUrl (or --base-url) to something like https://blog.example.");
        if (options.PageCacheMegabytes < 0)
            wrong.Add($"Blog:PageCacheMegabytes is {options.PageCacheMegabytes}. Set Blog__PageCacheMegabytes to the megabytes of memory that finished pages may take, or to 0 to render each anew.");
        if (options.PageDiskMegabytes < 0)
            wrong.Add($"Blog:PageDiskMegabytes is {options.PageDiskMegabytes}. Set Blog__PageDiskMegabytes to the megabytes of the data folder that finished pages may take for which memory has no room, or to 0 for none.");
        if (options.CacheSeconds < 0)
            wrong.Add($"Blog:CacheSeconds is {options.CacheSeconds}. Set Blog__CacheSeconds to the seconds for which shared caches may keep a page, or to 0 to have them ask each time.");
        wrong.AddRange(Purging(options.Purge));
        if (options.ImageCacheMegabytes < 0)
            wrong.Add($"Blog:ImageCacheMegabytes is {options.ImageCacheMegabytes}. Set Blog__ImageCacheMegabytes to the megabytes that pictures may take in the data folder, or to 0 to keep none.");
        if (options.DeskToken is { Length: > 0 and < DeskDoor.ShortestToken })
            wrong.Add($"Blog:DeskToken is shorter than {DeskDoor.ShortestToken} characters. Set Blog__DeskToken to a longer one, such as the output of “openssl rand -hex 32”, or leave it out to have no desk.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Purging(PurgeOptions purge)
    {
        foreach (var url in purge.Urls)
            if (!(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
                yield return $"Blog:Purge:Url has “{url}”, which is no web address. Set Blog__Purge__Url to the addresses of your caches, such as http://varnish:6081/.";
        if (purge.Form is null)
            yield return $"Blog:Purge:Kind is “{purge.Kind}”, which there is not. Set Blog__Purge__Kind to generic, varnish-xkey, varnish-ban, fastly or cloudflare.";
        if (!purge.IsOn && (!string.IsNullOrEmpty(purge.Token) || !string.IsNullOrEmpty(purge.TokenFile)))
            yield return "Blog:Purge has a token and no address. Set Blog__Purge__Url to the address of your cache, or leave the token out.";
        if (!string.IsNullOrEmpty(purge.Token) && !string.IsNullOrEmpty(purge.TokenFile))
            yield return "Blog:Purge:Token and Blog:Purge:TokenFile are both set. Leave one of Blog__Purge__Token and Blog__Purge__TokenFile out.";
        if (!string.IsNullOrEmpty(purge.TokenFile) && !File.Exists(purge.TokenFile))
            yield return $"Blog:Purge:TokenFile is {purge.TokenFile}, which is not there. Set Blog__Purge__TokenFile to the file that holds the secret.";
        if (purge.IsOn && purge.Form is PurgeKind.Fastly or PurgeKind.Cloudflare && string.IsNullOrEmpty(purge.Token) && string.IsNullOrEmpty(purge.TokenFile))
            yield return $"Blog:Purge:Kind is {purge.Kind}, which answers nobody without a secret. Set Blog__Purge__Token, or Blog__Purge__TokenFile to a file that holds it.";
        if (purge.KeysPerCall < 0)
            yield return $"Blog:Purge:KeysPerCall is {purge.KeysPerCall}. Set Blog__Purge__KeysPerCall to the most keys in one call, or to 0 for what the kind of cache takes.";
        if (purge.GiveUpSeconds < 0)
            yield return $"Blog:Purge:GiveUpSeconds is {purge.GiveUpSeconds}. Set Blog__Purge__GiveUpSeconds to the seconds after which everything is purged instead of single pages.";
    }
}
