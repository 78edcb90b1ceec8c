using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Blog.Content.Markdown;
using Markdig.Renderers;
using Markdig.Syntax;

namespace Blog.Content.Mathematics;

/// <summary>
/// The formulas of one article. While it is rendered, a mark stands for each, so that MathML never passes through what cleans an author's HTML; an author
/// can't write such a mark, since it holds the hash of the text that it would stand in.
/// </summary>
internal sealed class ArticleMathematics(ArticleScope scope, string body)
{
    /// <summary>The most formulas that are typeset in an article.</summary>
    internal const int MaxFormulas = 3_000;

    private const char Mark = '\uE0F4';
    private const char MarkEnd = '\uE0F5';
    private const int MaxCostly = 2;

    // Wider than a phone is wide, perhaps: those can be reached and scrolled by key.
    private const int LongFormula = 30;

    private readonly List<string> _written = [];
    private readonly Lazy<string> _nonce = new(() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..16]);
    private int _costly;

    /// <summary>Writes a formula; false, with the problem reported and nothing written, for one that can't be typeset.</summary>
    /// <param name="renderer">Where to.</param>
    /// <param name="tex">Without its signs.</param>
    /// <param name="isDisplay">True for one that stands by itself.</param>
    /// <param name="node">Where it was written.</param>
    public bool Write(HtmlRenderer renderer, string tex, bool isDisplay, MarkdownObject node)
    {
        if (Typeset(tex, isDisplay, node) is not { } markup) return false;
        renderer.Write(Mark).Write(_nonce.Value).Write(_written.Count.ToString(CultureInfo.InvariantCulture)).Write(MarkEnd);
        var element = node is Block ? "div" : "span";
        var isLong = tex.Length > LongFormula;
        _written.Add(!isDisplay && !isLong ? markup : $"<{element} class=\"math\"{(isLong ? " tabindex=\"0\"" : "")}>{markup}</{element}>");
        if (node is Block) renderer.WriteLine();
        return true;
    }

    /// <summary>The finished HTML with the formulas in place of their marks.</summary>
    public string Insert(string html)
    {
        if (_written.Count == 0) return html;
        var (mark, result, from) = (Mark + _nonce.Value, new StringBuilder(html.Length * 2), 0);
        for (var i = html.IndexOf(mark, StringComparison.Ordinal); i >= 0; i = html.IndexOf(mark, from, StringComparison.Ordinal))
        {
            result.Append(html, from, i - from);
            var start = i + mark.Length;
            var end = html.IndexOf(MarkEnd, start, Math.Min(8, html.Length - start));
            from = end < 0 ? start : end + 1;
            if (end >= 0 && int.TryParse(html.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < _written.Count) result.Append(_written[number]);
        }

        return result.Append(html, from, html.Length - from).ToString();
    }

    private string? Typeset(string tex, bool isDisplay, MarkdownObject node)
    {
        var (line, column) = scope.Locate(node);
        if (_written.Count == MaxFormulas)
        {
            scope.Problems.Warning(line, column, "too-much-math", $"An article may have {MaxFormulas} formulas; this one is shown as its source.", "Split the article.");
            return null;
        }

        if (_costly >= MaxCostly)
        {
            scope.Problems.Warning(line, column, "bad-math", $"After {MaxCostly} formulas that were too much, no more are typeset in this article.", "Simplify those above.");
            return null;
        }

        var result = TexTypesetter.Typeset(tex.Trim(), isDisplay);
        if (result.IsTooCostly) _costly++;
        if (result.MathMl is not null) return result.MathMl;
        var before = tex.AsSpan(0, Math.Clamp((result.Position ?? 0) + tex.Length - tex.AsSpan().TrimStart().Length, 0, tex.Length));
        if (node is MathInline && result.Position is not null && !before.Contains('\n')) column += before.Length + (isDisplay ? 2 : 1);
        // A fence's code begins on the line below it.
        line += before.Count('\n') + (node is FencedCodeBlock ? 1 : 0);
        scope.Problems.Warning(line, column, "bad-math", $"The formula can't be typeset: {result.Error}.", result.Error!.StartsWith("Undefined control sequence", StringComparison.Ordinal) ? "Check the spelling of the command; KaTeX’s list of commands has all that there are." : "Check its braces and commands. A dollar sign that is meant as such is written \\$.");
        return null;
    }
}
