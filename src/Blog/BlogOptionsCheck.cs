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
        if (options.ImageCacheMegabytes < 0)
            wrong.Add($"Blog:ImageCacheMegabytes is {options.ImageCacheMegabytes}. Set Blog__ImageCacheMegabytes to the megabytes that pictures may take in the data folder, or to 0 to keep none.");
        if (options.DeskToken is { Length: > 0 and < DeskDoor.ShortestToken })
            wrong.Add($"Blog:DeskToken is shorter than {DeskDoor.ShortestToken} characters. Set Blog__DeskToken to a longer one, such as the output of “openssl rand -hex 32”, or leave it out to have no desk.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
