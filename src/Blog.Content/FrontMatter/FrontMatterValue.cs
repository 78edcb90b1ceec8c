namespace Blog.Content.FrontMatter;

/// <summary>A value in front matter or in a data file, with its place: a <see cref="ScalarValue"/>, <see cref="ListValue"/> or <see cref="MapValue"/>.</summary>
/// <param name="Line">1-based line in the file.</param>
/// <param name="Column">1-based column.</param>
public abstract record FrontMatterValue(int Line, int Column)
{
    /// <summary>The scalar's text, trimmed; null for a list, a map, an empty or a null scalar.</summary>
    public string? Text => this is ScalarValue { Value: { } value } && value.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The items of a list, or the value itself as the only item.</summary>
    public IReadOnlyList<FrontMatterValue> Items => this is ListValue list ? list.Values : [this];

    /// <summary>The value at <paramref name="key"/> (compared by <see cref="FrontMatterKey.Fold"/>) of a map; null elsewhere or when it has none.</summary>
    public FrontMatterValue? this[string key] =>
        this is MapValue map ? map.Entries.LastOrDefault(entry => FrontMatterKey.Fold(entry.Key) == FrontMatterKey.Fold(key))?.Value : null;
}

/// <summary>A single text, number, date or truth value, as written.</summary>
/// <param name="Value">The text; null for YAML's null.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
public sealed record ScalarValue(string? Value, int Line, int Column) : FrontMatterValue(Line, Column);

/// <summary>A list of values.</summary>
/// <param name="Values">In the order of the file.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
public sealed record ListValue(IReadOnlyList<FrontMatterValue> Values, int Line, int Column) : FrontMatterValue(Line, Column);

/// <summary>A map of keys to values.</summary>
/// <param name="Entries">In the order of the file; keys may repeat.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
public sealed record MapValue(IReadOnlyList<FrontMatterEntry> Entries, int Line, int Column) : FrontMatterValue(Line, Column);

/// <summary>A key with its value and the place of the key.</summary>
/// <param name="Key">As written.</param>
/// <param name="Value">What it holds.</param>
/// <param name="Line">1-based line of the key.</param>
/// <param name="Column">1-based column of the key.</param>
public sealed record FrontMatterEntry(string Key, FrontMatterValue Value, int Line, int Column);
