using Blog.Content;

namespace Blog.Commands;

/// <summary>A way of printing problems.</summary>
internal interface IProblemFormat
{
    /// <summary>Prints all of them.</summary>
    /// <param name="problems">In order of path, line and column.</param>
    /// <param name="articles">How many articles were checked.</param>
    /// <param name="output">Where to.</param>
    void Write(IReadOnlyList<Problem> problems, long articles, TextWriter output);
}
