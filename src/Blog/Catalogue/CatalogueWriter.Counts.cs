using System.Globalization;
using System.Runtime.InteropServices;

namespace Blog.Catalogue;

/// <summary>How many articles readers see, by term, section and year: kept up to date by what is written, so that no page counts the catalogue.</summary>
internal sealed partial class CatalogueWriter
{
    private const string WasVisible = "a.IsDraft = 0 AND (a.PublishedAt IS NULL OR a.PublishedAt <= $2) AND (a.ExpiresAt IS NULL OR a.ExpiresAt > $2)";

    private readonly Dictionary<(int Taxonomy, string Key), int> _counts = [];

    /// <summary>The moment as of which the articles are counted, in Unix milliseconds.</summary>
    private long _moment;

    /// <summary>Lets the clock do its part: counts what came and went by its dates since the last time.</summary>
    /// <returns>The last time, in Unix milliseconds; null when there was none.</returns>
    public long? AdvanceMoment()
    {
        var before = Fact("moment");
        var (first, last) = (Math.Min(_moment, _now), Math.Max(_moment, _now));
        foreach (var id in Query("SELECT Id FROM Articles WHERE PublishedAt > $1 AND PublishedAt <= $2 UNION SELECT Id FROM Articles WHERE ExpiresAt > $1 AND ExpiresAt <= $2", row => row.Long(0), first, last))
        {
            Count(id, -1, _moment);
            Count(id, 1, _now);
        }

        _moment = _now;
        SetFact("moment", LastMoment()?.ToString(CultureInfo.InvariantCulture));
        return before is null ? null : long.Parse(before, CultureInfo.InvariantCulture);
    }

    private void BeginCounts(bool isBuild) => _moment = isBuild ? _now : Fact("moment") is { } stored ? long.Parse(stored, CultureInfo.InvariantCulture) : long.MinValue;

    private void Count(long id, int by) => Count(id, by, _moment);

    private void Count(long id, int by, long moment)
    {
        foreach (var (taxonomy, key) in Query($"SELECT t.Taxonomy, t.\"Key\" FROM Articles a CROSS JOIN ArticleTerms t ON t.ArticleId = a.Id WHERE a.Id = $1 AND {WasVisible}", row => (row.Int(0), row.Text(1)), id, moment)) Add(taxonomy, key, by);
        CountListed(id, by, moment);
    }

    private void CountListed(long id, int by, long moment)
    {
        foreach (var (section, year) in Query($"SELECT a.Section, a.Year FROM Articles a WHERE a.Id = $1 AND a.IsListed = 1 AND {WasVisible}", row => (row.Text(0), row.TextOrNull(1)), id, moment))
        {
            Add((int)Counted.Section, section, by);
            if (year is not null) Add((int)Counted.Year, year, by);
        }
    }

    private void Add(int taxonomy, string key, int by) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, (taxonomy, key), out _) += by;

    private void FinishCounts()
    {
        foreach (var ((taxonomy, key), by) in _counts.Where(count => count.Value != 0).OrderBy(count => count.Key.Taxonomy).ThenBy(count => count.Key.Key, StringComparer.Ordinal))
        {
            Run("INSERT INTO Counts (Counted, \"Key\", Articles) VALUES ($1, $2, $3) ON CONFLICT (Counted, \"Key\") DO UPDATE SET Articles = Articles + excluded.Articles", taxonomy, key, by);
            if (by < 0) Run("DELETE FROM Counts WHERE Counted = $1 AND \"Key\" = $2 AND Articles <= 0", taxonomy, key);
        }

        _counts.Clear();
    }
}
