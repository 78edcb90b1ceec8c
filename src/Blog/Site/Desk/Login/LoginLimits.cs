using System.Threading.RateLimiting;

namespace Blog.Site.Desk.Login;

/// <summary>How often a token may be tried: a few times a minute from one address, and not without end from all of them together.</summary>
public sealed class LoginLimits : IDisposable
{
    /// <summary>Attempts a minute from one address.</summary>
    public const int FromOne = 5;

    /// <summary>Attempts a minute from everywhere.</summary>
    public const int FromAll = 60;

    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetFixedWindowLimiter(context.Connection.RemoteIpAddress?.ToString() ?? "", _ => AMinute(FromOne))),
        PartitionedRateLimiter.Create<HttpContext, string>(_ => RateLimitPartition.GetFixedWindowLimiter("", _ => AMinute(FromAll))));

    /// <summary>A lease that is acquired if there may be another attempt now; else it says when.</summary>
    public RateLimitLease Attempt(HttpContext context) => _limiter.AttemptAcquire(context);

    public void Dispose() => _limiter.Dispose();

    private static FixedWindowRateLimiterOptions AMinute(int permits) => new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 };
}
