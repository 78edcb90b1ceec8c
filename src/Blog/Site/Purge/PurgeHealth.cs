using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Blog.Site.Purge;

/// <summary>Degraded while a cache can't be told what has changed; readers are served all the same.</summary>
internal sealed class PurgeHealth(PurgeKeeper keeper) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var states = keeper.Targets.Select(target => (target.Name, target.Now)).ToList();
        var data = new Dictionary<string, object> { ["caches"] = states.Select(state => new { cache = state.Name, told = state.Now.Told, waiting = state.Now.Waiting, trouble = state.Now.Trouble }).ToList() };
        var troubles = string.Join(". ", states.Where(state => state.Now.Trouble is not null).Select(state => $"The cache at {state.Name} can't be told what has changed: {state.Now.Trouble}"));
        return Task.FromResult(troubles.Length > 0 ? HealthCheckResult.Degraded(troubles, data: data) : HealthCheckResult.Healthy(data: data));
    }
}
