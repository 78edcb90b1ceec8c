using System.Security.Cryptography;
using System.Text;

namespace Blog.Site.Assets;

/// <summary>Files of <c>wwwroot</c> joined to one.</summary>
/// <param name="Bytes">UTF-8.</param>
/// <param name="Url">Its address, which changes with the content, so that it can be cached for ever.</param>
internal sealed record BuiltAsset(byte[] Bytes, string Url)
{
    /// <summary>Joins files in the order of a list; one that is missing is left out.</summary>
    /// <param name="environment">Where they lie.</param>
    /// <param name="name">The first part of the address.</param>
    /// <param name="extension">Of the files, which is also the name of their folder.</param>
    /// <param name="files">Their names without extension.</param>
    public static BuiltAsset Join(IWebHostEnvironment environment, string name, string extension, string[] files)
    {
        var text = new StringBuilder();
        foreach (var part in files)
        {
            var file = environment.WebRootFileProvider.GetFileInfo($"{extension}/{part}.{extension}");
            if (!file.Exists) continue;
            using var reader = new StreamReader(file.CreateReadStream());
            text.Append(reader.ReadToEnd()).Append('\n');
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return new BuiltAsset(bytes, $"{StyleSheet.Prefix}{name}.{Convert.ToHexStringLower(SHA256.HashData(bytes))[..10]}.{extension}");
    }
}
