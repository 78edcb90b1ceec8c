using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Blog.Catalogue;
using Blog.Content;
using Microsoft.Extensions.Options;

namespace Blog.Site.Preview;

/// <summary>Makes and reads the links by which an article can be seen before readers see it. Whoever knows the desk's token can make them, so they hold after a restart and on every replica.</summary>
public sealed class PreviewLinks(IOptions<BlogOptions> options, IHostEnvironment environment, TimeProvider clock)
{
    /// <summary>The parameter of an address that carries the token.</summary>
    public const string Parameter = "preview";

    /// <summary>How long a link can be used.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    private const int MaxToken = 4096;

    private readonly byte[]? _key = options.Value.DeskToken is { } secret && !string.IsNullOrWhiteSpace(secret)
        ? HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), HMACSHA256.HashSizeInBytes, info: "blog: preview links"u8.ToArray())
        : null;

    /// <summary>True in Development, where everything can be seen at its own address.</summary>
    public bool IsOpen { get; } = environment.IsDevelopment();

    /// <summary>The escaped address at which the article's file can be seen as it is now; null when there is no secret to sign it with.</summary>
    public string? For(Article article) => For(article.Path, article.Permalink);

    /// <summary>The same for a file that has no article yet, with the address that it would have: <see cref="PreviewFinder.AddressOf"/>.</summary>
    public string? For(string path, string permalink) =>
        IsOpen ? Permalinks.Escape(permalink)
        : _key is null ? null
        : With(permalink, Sign(_key, path, permalink, clock.GetUtcNow() + Life));

    /// <summary>What a token allows; null for one that is malformed, tampered with or past its end.</summary>
    public PreviewToken? Read(string? token)
    {
        if (_key is null || token is not { Length: > 0 and < MaxToken } || !Base64Url.IsValid(token)) return null;
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= HMACSHA256.HashSizeInBytes) return null;
        var text = bytes.AsSpan(HMACSHA256.HashSizeInBytes);
        if (!CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, HMACSHA256.HashSizeInBytes), HMACSHA256.HashData(_key, text))) return null;
        // Signed by us, so it has these three parts.
        var parts = Encoding.UTF8.GetString(text).Split('\n');
        var until = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture));
        return until <= clock.GetUtcNow() ? null : new PreviewToken(token, parts[1], parts[2], until);
    }

    /// <summary>The escaped address with a token.</summary>
    internal static string With(string permalink, string token) => $"{Permalinks.Escape(permalink)}?{Parameter}={token}";

    private static string Sign(byte[] key, string path, string permalink, DateTimeOffset until)
    {
        var text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{until.ToUnixTimeSeconds()}\n{path}\n{permalink}"));
        return Base64Url.EncodeToString([.. HMACSHA256.HashData(key, text), .. text]);
    }
}

/// <summary>What a preview link allows to see.</summary>
/// <param name="Text">The token itself.</param>
/// <param name="Path">The content file.</param>
/// <param name="Permalink">The address that it had when the link was made.</param>
/// <param name="Until">When the link ends.</param>
public sealed record PreviewToken(string Text, string Path, string Permalink, DateTimeOffset Until);
