using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Blog.Site.Search;

/// <summary>Bounds how many searches go on at once, so that a flood of them leaves the processors to readers: some wait for a moment, more are sent away.</summary>
internal static class SearchLimits
{
    /// <summary>The name under which endpoints ask for it.</summary>
    public const string Policy = "search";

    /// <summary>The most that wait; each takes some hundredths of a second.</summary>
    private const int MostWaiting = 100;

    public static void AddSearchLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
        options.AddConcurrencyLimiter(Policy, limits =>
        {
            limits.PermitLimit = Environment.ProcessorCount;
            limits.QueueLimit = MostWaiting;
            limits.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
        });
        options.OnRejected = (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "2";
            return ValueTask.CompletedTask;
        };
    });
}
