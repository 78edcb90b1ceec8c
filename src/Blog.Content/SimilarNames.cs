using F23.StringSimilarity;

namespace Blog.Content;

/// <summary>Finds names that are probably two spellings of one: singular and plural, or a typing slip apart.</summary>
public static class SimilarNames
{
    // A slip in a short name makes another word: “lava” is not “java”.
    private const int ShortestForSlips = 5;
    private const int LongestForSlips = 60;

    // More names than this around one form are a numbering or an attack, not spellings.
    private const int Crowd = 30;

    private static readonly OptimalStringAlignment Distance = new();

    /// <summary>The pairs among different names in folded form, each once, up to <paramref name="most"/>. Names are compared only with those that share a form, so that thousands take no longer than reading them.</summary>
    public static IReadOnlyList<(string One, string Other)> Pairs(IReadOnlyCollection<string> names, int most = 500)
    {
        var found = new HashSet<(string, string)>();
        foreach (var group in names.GroupBy(Singular, StringComparer.Ordinal)) Add(group.ToList(), (_, _) => true);
        var byForm = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var name in names.Where(name => name.Length is >= ShortestForSlips and <= LongestForSlips))
            foreach (var form in Forms(name))
            {
                if (!byForm.TryGetValue(form, out var sharing)) byForm[form] = sharing = [];
                if (sharing.Count <= Crowd) sharing.Add(name);
            }

        foreach (var sharing in byForm.Values) Add(sharing, (one, other) => Digits(one) == Digits(other) && Distance.Distance(one, other) <= 1);
        return found.Order().ToList();

        void Add(List<string> group, Func<string, string, bool> isSame)
        {
            if (group.Count is < 2 or > Crowd) return;
            for (var i = 0; i < group.Count; i++)
                for (var j = i + 1; j < group.Count && found.Count < most; j++)
                {
                    var (one, other) = string.CompareOrdinal(group[i], group[j]) < 0 ? (group[i], group[j]) : (group[j], group[i]);
                    if (one != other && !found.Contains((one, other)) && isSame(one, other)) found.Add((one, other));
                }
        }
    }

    /// <summary>The name itself and the name without each of its letters: what two names one edit apart have in common. Digits stay, since numbers that differ mean something.</summary>
    private static IEnumerable<string> Forms(string name) =>
        Enumerable.Range(0, name.Length).Where(i => !char.IsDigit(name[i])).Select(i => name.Remove(i, 1)).Append(name).Distinct(StringComparer.Ordinal);

    private static string Digits(string name) => string.Concat(name.Where(char.IsDigit));

    /// <summary>The name without an English ending of the plural; names such as “css” and “kubernetes” may lose a letter, which does no harm.</summary>
    private static string Singular(string name) =>
        name.Length > 4 && name.EndsWith("ies", StringComparison.Ordinal) ? name[..^3] + "y"
        : name.Length > 4 && (name.EndsWith("ses", StringComparison.Ordinal) || name.EndsWith("xes", StringComparison.Ordinal) || name.EndsWith("ches", StringComparison.Ordinal) || name.EndsWith("shes", StringComparison.Ordinal)) ? name[..^2]
        : name.Length > 2 && name.EndsWith('s') && !name.EndsWith("ss", StringComparison.Ordinal) ? name[..^1]
        : name;
}
