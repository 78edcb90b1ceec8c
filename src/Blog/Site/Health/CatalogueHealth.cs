using System.Text.Json;
using Blog.Catalogue;
using Blog.Site.Images;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Blog.Site.Health;

/// <summary>Healthy once a whole catalogue is served; degraded when it can't be kept where it should be, or can't be brought up to date.</summary>
internal sealed class CatalogueHealth(SiteCatalogue catalogue, CatalogueKeeper keeper, VariantStore pictures) : IHealthCheck
{
    public const string ReadyTag = "ready";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>
        {
            // The same on every replica that serves the same.
            ["version"] = catalogue.State.Version,
            ["articles"] = catalogue.LastSync?.Articles ?? -1,
            ["isBehind"] = !keeper.InStep.IsCompleted || catalogue.LastFailure is not null || catalogue.Held is not null,
        };
        if (catalogue.LastSync is { } last) data["changedAt"] = last.At;
        if (catalogue.InStepAt is { } moment) data["inStepAt"] = moment;
        var held = catalogue.Held is { } deletions ? $"{deletions.Files} articles are gone from the folder all at once; they stay online until {deletions.Until:u} in case that is an accident" : null;
        var troubles = string.Join(". ", new[] { catalogue.DataTrouble, catalogue.LastFailure, catalogue.RedirectTrouble, pictures.Trouble, held }.OfType<string>());
        if (!catalogue.IsReady) return Task.FromResult(HealthCheckResult.Unhealthy(troubles.Length > 0 ? troubles : "The first sync is not finished.", data: data));
        if (troubles.Length > 0) return Task.FromResult(HealthCheckResult.Degraded(troubles, data: data));
        return Task.FromResult(HealthCheckResult.Healthy(data: data));
    }
}

/// <summary>Maps <c>/health/live</c>, which says that the process answers, and <c>/health/ready</c>, which is 200 only once a whole catalogue is served.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = Write });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(CatalogueHealth.ReadyTag), ResponseWriter = Write });
    }

    private static Task Write(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            status = report.Status.ToString().ToLowerInvariant(),
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { status = entry.Value.Status.ToString().ToLowerInvariant(), reason = entry.Value.Description, data = entry.Value.Data }),
        }), context.RequestAborted);
    }
}
