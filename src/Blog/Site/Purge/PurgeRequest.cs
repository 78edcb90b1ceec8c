using System.Net.Http.Headers;

namespace Blog.Site.Purge;

/// <summary>What a cache is told, in the form that it understands.</summary>
internal static class PurgeRequest
{
    /// <summary>The most keys that a cache of that kind takes in one call: by its documentation, or so that a header stays well below the 8 KB that servers take.</summary>
    public static int MostKeys(PurgeKind kind) => kind switch { PurgeKind.Cloudflare => 30, PurgeKind.VarnishBan => 100, PurgeKind.Generic => 1000, _ => 256 };

    /// <summary>Asks a cache to make anew what has one of the keys.</summary>
    /// <param name="kind">What cache it is.</param>
    /// <param name="url">Where it listens.</param>
    /// <param name="token">The secret; null for none.</param>
    /// <param name="keys">Not more than <see cref="MostKeys"/>.</param>
    public static HttpRequestMessage Of(PurgeKind kind, Uri url, string? token, IReadOnlyList<string> keys)
    {
        var request = kind switch
        {
            PurgeKind.VarnishXkey => WithHeader("PURGE", "xkey"),
            PurgeKind.VarnishBan => WithHeader("BAN", "Surrogate-Key"),
            PurgeKind.Fastly => WithBody(new { surrogate_keys = keys }),
            PurgeKind.Cloudflare => WithBody(new { tags = keys }),
            _ => WithBody(new { keys }),
        };
        if (kind == PurgeKind.Fastly) request.Headers.Add("Fastly-Soft-Purge", "1");
        if (token is not null && kind == PurgeKind.Fastly) request.Headers.Add("Fastly-Key", token);
        else if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;

        HttpRequestMessage WithHeader(string method, string header)
        {
            var asked = new HttpRequestMessage(new HttpMethod(method), url);
            asked.Headers.TryAddWithoutValidation(header, string.Join(' ', keys));
            return asked;
        }

        HttpRequestMessage WithBody<T>(T body) => new(HttpMethod.Post, url) { Content = JsonContent.Create(body) };
    }
}
