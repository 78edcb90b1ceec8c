using System.Globalization;
using System.Text.RegularExpressions;

namespace Blog.Site.Images;

/// <summary>A picture in one size and format, as an address asks for it.</summary>
/// <param name="Hash">Of the picture.</param>
/// <param name="Width">In pixels; null for the picture as a whole.</param>
/// <param name="Extension">Of the format, without a dot.</param>
internal sealed partial record VariantRequest(string Hash, int? Width, string Extension)
{
    /// <summary>The last part of the address, and the name of its file.</summary>
    public string Name => Width is { } width ? string.Create(CultureInfo.InvariantCulture, $"{Hash}-{width}.{Extension}") : $"{Hash}.{Extension}";

    /// <summary>What the last part of an address asks for; null for what can't be the name of a variant.</summary>
    public static VariantRequest? Parse(string name) => Form().Match(name) is { Success: true } match
        ? new VariantRequest(match.Groups["hash"].Value, match.Groups["width"] is { Success: true, Value: var width } ? int.Parse(width, CultureInfo.InvariantCulture) : null, match.Groups["extension"].Value)
        : null;

    [GeneratedRegex(@"\A(?<hash>[0-9a-f]{16})(-(?<width>[1-9][0-9]{0,4}))?\.(?<extension>avif|webp|jpg|png|gif|svg)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
