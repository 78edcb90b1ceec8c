namespace Blog.Content.Mathematics;

/// <summary>What came of a formula.</summary>
/// <param name="MathMl">The <c>math</c> element; null for a formula that can't be typeset.</param>
/// <param name="Error">Why not, in KaTeX's words; null when it can.</param>
/// <param name="Position">Where in the formula, from 0; null when it isn't known.</param>
internal sealed record TexResult(string? MathMl, string? Error = null, int? Position = null)
{
    /// <summary>Of a formula that took more time or memory than it may have.</summary>
    public static TexResult TooCostly { get; } = new(null, "it takes too much time or memory") { IsTooCostly = true };

    /// <summary>True for one that took more time or memory than a formula may have.</summary>
    public bool IsTooCostly { get; init; }
}
