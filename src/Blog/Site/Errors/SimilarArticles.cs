using System.Threading.RateLimiting;
using Blog.Catalogue;
using Blog.Catalogue.Search;
using Blog.Content;
using Microsoft.Data.Sqlite;

namespace Blog.Site.Errors;

/// <summary>What a reader may have meant by an address where nothing is. Looking for it takes longer than any page, so that a flood of wrong addresses gets no more than half of the processors; the rest is told only that nothing is there.</summary>
public sealed class SimilarArticles(ILogger<SimilarArticles> log) : IDisposable
{
    private const int Most = 3;

    /// <summary>Who may look; the rest goes without.</summary>
    internal ConcurrencyLimiter Looks { get; } = new(new ConcurrencyLimiterOptions { PermitLimit = Math.Max(1, Environment.ProcessorCount / 2) });

    /// <summary>Articles that have words of the address; none when too many ask at once, or when even the catalogue fails.</summary>
    /// <param name="path">That was asked for.</param>
    /// <param name="search">Of the request.</param>
    public IReadOnlyList<ArticleCard> To(string path, SearchReader search)
    {
        using var look = Looks.AttemptAcquire();
        if (!look.IsAcquired) return [];
        try
        {
            return search.Nearest(Slug.From(Permalinks.Canonical(path).Split('/')[^1]).Replace('-', ' '), Most);
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            log.LogWarning(e, "No suggestions for {Path}", path);
            return [];
        }
    }

    /// <inheritdoc />
    public void Dispose() => Looks.Dispose();
}
