namespace Blog.Content.Components;

/// <summary>What a tag in the text does.</summary>
public enum TagRole { Open, Close, SelfClosing }

/// <summary>One MDX-style tag in an article's body, such as <c>&lt;Callout type="tip"&gt;</c>.</summary>
/// <param name="Name">As written, starting with a capital letter.</param>
/// <param name="Role">Whether it opens, closes, or stands alone.</param>
/// <param name="Attributes">In the order of the text; the first of a repeated name counts.</param>
/// <param name="Start">Offset of the <c>&lt;</c> in the body.</param>
/// <param name="End">Offset behind the <c>&gt;</c>.</param>
public sealed record ComponentTag(string Name, TagRole Role, IReadOnlyList<ComponentAttribute> Attributes, int Start, int End)
{
    /// <summary>1-based line in the file.</summary>
    public int Line { get; set; }

    /// <summary>1-based column in the file.</summary>
    public int Column { get; set; }

    /// <summary>Index of the tag that closes or opens this one; -1 without one.</summary>
    public int Partner { get; set; } = -1;

    /// <summary>True when the tag stands for a block; false within a paragraph.</summary>
    public bool IsBlock { get; set; }

    /// <summary>True for what looks like a tag but is shown as it is written.</summary>
    public bool IsText { get; set; }

    /// <summary>The value of an attribute, its name compared without case; null when it isn't there, is empty, or is an expression that only JavaScript could work out.</summary>
    public string? this[string name] =>
        Attributes.FirstOrDefault(attribute => attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value is { Length: > 0 } value ? value : null;

    /// <summary>True when a flag is set: <c>open</c>, <c>open={true}</c> or <c>open="true"</c>.</summary>
    public bool Has(string name) =>
        Attributes.FirstOrDefault(attribute => attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } flag && flag.Value is not ("false" or "no" or "0");
}

/// <summary>An attribute of a tag.</summary>
/// <param name="Name">As written.</param>
/// <param name="Value">The text of a quoted, bare or literal value; empty for a bare name; null for any other expression.</param>
public sealed record ComponentAttribute(string Name, string? Value);
