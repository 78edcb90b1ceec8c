namespace Blog.Content;

/// <summary>One content file as read: its text and what identifies this version of it.</summary>
/// <param name="Path">Relative to the content folder, with forward slashes.</param>
/// <param name="Text">The decoded text without byte order mark; empty when the file can't be read as text.</param>
/// <param name="Hash">SHA-256 of the bytes, in lower-case hex; empty when the file could not be read.</param>
/// <param name="Problems">What was wrong with the file as a file: encoding, size, permission.</param>
public sealed record SourceFile(string Path, string Text, string Hash, IReadOnlyList<Problem> Problems)
{
    /// <summary>True when the file yielded text that may hold an article; false for a binary, oversized or unreadable one.</summary>
    public bool IsReadable { get; init; } = true;
}

/// <summary>A content file as found on disk, before it is read.</summary>
/// <param name="Path">Relative to the content folder, with forward slashes.</param>
/// <param name="Kind">What the file is, by its place and name.</param>
/// <param name="Size">In bytes.</param>
/// <param name="ModifiedAt">Last write time, UTC ticks.</param>
public sealed record FoundFile(string Path, ContentKind Kind, long Size, long ModifiedAt);

/// <summary>What a look at the content folder found.</summary>
/// <param name="Files">In ordinal order of path.</param>
/// <param name="Problems">Of files and folders as such: links that lead out, names that no address can carry.</param>
/// <param name="Unreadable">Folders that could not be read, each with a slash at the end: of what is in them, nothing is known. The content folder itself is the empty text.</param>
/// <param name="Links">Symbolic links that were followed.</param>
public sealed record FoundFolder(IReadOnlyList<FoundFile> Files, IReadOnlyList<Problem> Problems, IReadOnlyList<string> Unreadable, IReadOnlyList<string> Links);

/// <summary>What a file in the content folder is, judged by its place and name alone.</summary>
public enum ContentKind
{
    /// <summary>Not content: belongs to the repository, or of no known kind.</summary>
    Other,

    /// <summary>A Markdown file in a section.</summary>
    Article,

    /// <summary>A Markdown file under <c>pages/</c>.</summary>
    Page,

    /// <summary>The <c>index.md</c> or <c>_index.md</c> at the top of a section: the words of its index page.</summary>
    SectionIndex,

    /// <summary><c>site.yml</c>.</summary>
    Settings,

    /// <summary><c>authors.yml</c>, <c>authors/data.json</c> and their like for categories and tags.</summary>
    TermData,

    /// <summary><c>authors/&lt;id&gt;.md</c> and its like.</summary>
    TermProfile,

    /// <summary><c>&lt;section&gt;/config.json</c>: a section's name and description.</summary>
    SectionSettings,

    /// <summary><c>components/&lt;Name&gt;.liquid</c>.</summary>
    Component,

    /// <summary>An image or other file that articles may show or link to.</summary>
    Asset,

    /// <summary>A file under <c>static/</c>, served verbatim.</summary>
    Static,

    /// <summary>A style sheet beside <c>site.yml</c>, which may name it.</summary>
    Style,
}
