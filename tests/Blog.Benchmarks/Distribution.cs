using System.Globalization;

namespace Blog.Benchmarks;

/// <summary>Durations in milliseconds, of which the share below which they lie is asked for.</summary>
internal sealed class Distribution(IEnumerable<double> milliseconds)
{
    private readonly List<double> _sorted = milliseconds.Order().ToList();

    public int Count => _sorted.Count;

    /// <summary>The smallest duration that the given part of all does not exceed; a dash when there are none.</summary>
    public string At(double part) => _sorted.Count == 0 ? "–" : Format(_sorted[Math.Clamp((int)Math.Ceiling(part * _sorted.Count) - 1, 0, _sorted.Count - 1)]);

    public static string Format(double milliseconds) => milliseconds.ToString(milliseconds < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture) + " ms";
}

/// <summary>Rows of a name and a value, printed as Markdown.</summary>
internal static class Table
{
    public static void Print(string title, IEnumerable<(string Name, string Value)> rows)
    {
        Console.WriteLine($"\n| {title} | |\n|---|---|");
        foreach (var (name, value) in rows) Console.WriteLine($"| {name} | {value} |");
    }

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";
}
