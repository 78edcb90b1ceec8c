namespace Blog.Content.Components;

/// <summary>Where a component may stand.</summary>
public enum ComponentNature
{
    /// <summary>Always a block of its own.</summary>
    Block,

    /// <summary>Part of a paragraph; alone on its line it becomes a paragraph of its own.</summary>
    Inline,

    /// <summary>Whichever its place in the text suggests.</summary>
    Either,
}

/// <summary>A tag that editors may write in Markdown, and the HTML that it stands for.</summary>
public abstract class Component
{
    /// <summary>The tag's name.</summary>
    public abstract string Name { get; }

    /// <summary>Other names for it.</summary>
    public virtual IReadOnlyList<string> Synonyms => [];

    /// <summary>Where it may stand.</summary>
    public virtual ComponentNature Nature => ComponentNature.Block;

    /// <summary>The attributes that it reads; others are reported. Null when any may be given.</summary>
    public abstract IReadOnlyList<string>? Attributes { get; }

    /// <summary>Writes the HTML of one use. Never throws for what an author wrote.</summary>
    public abstract void Write(ComponentUse use);
}
