namespace Blog.Catalogue;

/// <summary>The <see cref="SurrogateKeys"/> of what pages show and has changed; of so many that it is not worth telling them apart, that of the site stands for all.</summary>
public sealed class ChangedKeys
{
    /// <summary>The most that are told apart.</summary>
    public const int Most = 5000;

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>True when every page may look otherwise.</summary>
    public bool IsAll { get; private set; }

    /// <summary>True when no page looks otherwise.</summary>
    public bool IsEmpty => !IsAll && _keys.Count == 0;

    /// <summary>How many <see cref="Take"/> would give.</summary>
    public int Count => IsAll ? 1 : _keys.Count == 0 || _keys.Contains(SurrogateKeys.Any) ? _keys.Count : _keys.Count + 1;

    public void Add(string key)
    {
        if (IsAll) return;
        if (key == SurrogateKeys.Site || _keys.Count >= Most && !_keys.Contains(key)) AddAll();
        else _keys.Add(key);
    }

    public void Add(IEnumerable<string> keys)
    {
        foreach (var key in keys) Add(key);
    }

    /// <summary>Every page may look otherwise.</summary>
    public void AddAll()
    {
        IsAll = true;
        _keys.Clear();
    }

    /// <summary>The keys in their order, which are forgotten; empty for none.</summary>
    public IReadOnlyList<string> Take()
    {
        IReadOnlyList<string> taken = IsAll ? [SurrogateKeys.Site] : _keys.Count == 0 ? [] : [.. _keys.Append(SurrogateKeys.Any).Distinct().Order(StringComparer.Ordinal)];
        IsAll = false;
        _keys.Clear();
        return taken;
    }
}
