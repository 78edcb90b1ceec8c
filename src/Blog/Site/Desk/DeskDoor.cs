using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Blog.Site.Desk;

/// <summary>Whether there is a desk, and who may sit at it: anyone in Development, elsewhere whoever has the operator's token.</summary>
public sealed class DeskDoor(IOptions<BlogOptions> options, IWebHostEnvironment environment)
{
    /// <summary>The fewest characters of a token.</summary>
    public const int ShortestToken = 16;

    // The session knows which token opened it, so that another token closes it.
    private const string TokenClaim = "token";

    private byte[]? Token { get; } = options.Value.DeskToken is { Length: > 0 } token ? Hash(token) : null;

    /// <summary>False where the desk is wholly absent.</summary>
    public bool IsThere => Token is not null || environment.IsDevelopment();

    /// <summary>True where a token has to be shown.</summary>
    public bool NeedsLogin => Token is not null;

    /// <summary>Whether that is the token. Takes as long for a wrong one as for the right one.</summary>
    public bool Opens(string? token) => Token is not null && CryptographicOperations.FixedTimeEquals(Hash(token ?? ""), Token);

    /// <summary>Who has shown the token.</summary>
    public ClaimsPrincipal Editor() => new(new ClaimsIdentity([new Claim(ClaimTypes.Name, "editor"), new Claim(TokenClaim, Mark)], CookieAuthenticationDefaults.AuthenticationScheme));

    /// <summary>Whether a session was opened with the token of today.</summary>
    public bool Knows(ClaimsPrincipal? editor) => Token is not null && editor?.FindFirst(TokenClaim)?.Value == Mark;

    private string Mark => Convert.ToHexStringLower(Hash(Convert.ToHexString(Token!)))[..16];

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
