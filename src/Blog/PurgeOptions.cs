namespace Blog;

/// <summary>The caches between the site and its readers that are told what has changed.</summary>
public sealed class PurgeOptions
{
    /// <summary>Addresses to call, separated by spaces or commas; null tells nobody.</summary>
    public string? Url { get; set; }

    /// <summary>In which form they are told: <c>generic</c>, <c>varnish-xkey</c>, <c>varnish-ban</c>, <c>fastly</c> or <c>cloudflare</c>.</summary>
    public string Kind { get; set; } = "generic";

    /// <summary>The secret that the call is made with; null for none.</summary>
    public string? Token { get; set; }

    /// <summary>A file that holds the secret, such as a container's; null for none.</summary>
    public string? TokenFile { get; set; }

    /// <summary>The most keys in one call; 0 for what the kind of cache takes.</summary>
    public int KeysPerCall { get; set; }

    /// <summary>Seconds for which single keys are tried again; after that, everything is purged as soon as the cache answers.</summary>
    public int GiveUpSeconds { get; set; } = 300;

    /// <summary>The form; null for one that there is not.</summary>
    internal PurgeKind? Form => Enum.GetValues<PurgeKind>().Where(form => form.ToString().Equals(Kind.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)).Select(form => (PurgeKind?)form).FirstOrDefault();

    internal bool IsOn => Urls.Count > 0;

    internal IReadOnlyList<string> Urls => Url?.Split([' ', ',', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

/// <summary>The forms in which caches are told what has changed.</summary>
public enum PurgeKind
{
    /// <summary>POST of JSON: <c>{"keys": [...]}</c>.</summary>
    Generic,

    /// <summary>PURGE with the keys in <c>xkey</c>, for Varnish with its xkey module.</summary>
    VarnishXkey,

    /// <summary>BAN with the keys in <c>Surrogate-Key</c>, for Varnish without modules.</summary>
    VarnishBan,

    /// <summary>Fastly's batch purge by surrogate key, as a soft purge.</summary>
    Fastly,

    /// <summary>Cloudflare's purge by cache tag.</summary>
    Cloudflare,
}
