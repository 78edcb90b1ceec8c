namespace Blog.Content;

/// <summary>How much a <see cref="Problem"/> matters to the reader of the site.</summary>
public enum Severity
{
    /// <summary>Worth knowing; the page is as the author meant it.</summary>
    Info,

    /// <summary>The page is served, but probably not quite as meant.</summary>
    Warning,

    /// <summary>Something that the author wrote is not served.</summary>
    Error,
}

/// <summary>A mistake in a content file: data for the editor, never thrown.</summary>
/// <param name="Path">The file, relative to the content folder, with forward slashes.</param>
/// <param name="Line">1-based line in the file; 1 where the whole file is meant.</param>
/// <param name="Column">1-based column in characters.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">A stable kebab-case identifier such as <c>unknown-component</c>.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Suggestion">What to try, or null where nothing better than the message can be said.</param>
public sealed record Problem(
    string Path, int Line, int Column, Severity Severity, string Code, string Message, string? Suggestion = null)
{
    /// <summary>The line that <c>check</c> prints: <c>path:line:column severity code message — suggestion</c>.</summary>
    public override string ToString() =>
        $"{Path}:{Line}:{Column} {Severity.ToString().ToLowerInvariant()} {Code} {Message}{(Suggestion is null ? "" : $" — {Suggestion}")}";
}
