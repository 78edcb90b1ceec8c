using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Blog.Content;
using Blog.Content.Code;

namespace Blog.Site.Highlighting;

/// <summary>A piece of code in the stored HTML of an article.</summary>
/// <param name="Start">Offset of what stands in its <c>code</c> element.</param>
/// <param name="End">Offset behind that.</param>
/// <param name="Grammar">What it is read by.</param>
/// <param name="Text">The code itself.</param>
internal sealed record CodeBlock(int Start, int End, string Grammar, string Text)
{
    /// <summary>The same for the same code in the same language, and for no other.</summary>
    public byte[] Key { get; } = KeyOf(Grammar, Text);

    private static byte[] KeyOf(string grammar, string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(grammar.Length + 1 + text.Length));
        var length = Encoding.UTF8.GetBytes(grammar, bytes);
        bytes[length++] = 0;
        length += Encoding.UTF8.GetBytes(text, bytes.AsSpan(length));
        var key = SHA256.HashData(bytes.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(bytes);
        return key;
    }
}

/// <summary>Finds the code in stored HTML, which holds it without colours, and joins the colours in.</summary>
internal static class CodeBlocks
{
    /// <summary>Begins every piece of code that has a language.</summary>
    public const string Marker = "<code class=\"language-";

    private const string EndTag = "</code>";

    /// <summary>The most pieces of code that are coloured in an article.</summary>
    private const int MaxBlocks = 2_000;

    /// <summary>The pieces of code in languages that can be highlighted, in their order.</summary>
    public static IReadOnlyList<CodeBlock> In(string html)
    {
        var blocks = new List<CodeBlock>();
        for (var i = html.IndexOf(Marker, StringComparison.Ordinal); i >= 0 && blocks.Count < MaxBlocks; i = html.IndexOf(Marker, i, StringComparison.Ordinal))
        {
            var name = i + Marker.Length;
            var quote = html.AsSpan(name).IndexOf('"');
            var start = name + quote + 2;
            var end = quote < 0 || start > html.Length ? -1 : html.IndexOf(EndTag, start, StringComparison.Ordinal);
            if (end < 0) break;
            i = end;
            if (html[start - 1] == '>' && CodeLanguages.Find(WebUtility.HtmlDecode(html[name..(name + quote)])) is { Grammar: { } grammar }) blocks.Add(new CodeBlock(start, end, grammar, TextOf(html.AsSpan(start, end - start))));
        }

        return blocks;
    }

    /// <summary>The HTML with the colours of those pieces for which they are known.</summary>
    /// <param name="html">As it was given to <see cref="In"/>.</param>
    /// <param name="blocks">From there.</param>
    /// <param name="tokensOf">The tokens of a piece; null while they are not known.</param>
    public static string Join(string html, IReadOnlyList<CodeBlock> blocks, Func<CodeBlock, TokenRun[]?> tokensOf)
    {
        var (result, from) = ((StringBuilder?)null, 0);
        foreach (var block in blocks)
        {
            if (tokensOf(block) is not { Length: > 0 } tokens) continue;
            (result ??= TextBuilders.Rent()).Append(html, from, block.Start - from);
            Write(html.AsSpan(block.Start, block.End - block.Start), tokens, result);
            from = block.End;
        }

        return result is null ? html : TextBuilders.Finish(result.Append(html, from, html.Length - from));
    }

    /// <summary>Writes the code as it stands, with a span around each run of characters; the elements that it holds already, such as those of lines, are kept and never overlap.</summary>
    private static void Write(ReadOnlySpan<char> html, TokenRun[] tokens, StringBuilder result)
    {
        var (token, left, isOpen, written) = (0, tokens[0].Length, false, 0);
        for (var i = 0; i < html.Length;)
        {
            if (html[i] == '<')
            {
                Close(html, i);
                i = html[i..].IndexOf('>') is >= 0 and var found ? i + found + 1 : html.Length;
                continue;
            }

            while (left == 0 && token < tokens.Length)
            {
                Close(html, i);
                left = ++token < tokens.Length ? tokens[token].Length : 0;
            }

            // A line's end belongs to no token: whoever counts lines finds it outside of all elements.
            if (html[i] == '\n') Close(html, i);
            else if (token < tokens.Length && tokens[token].Kind != TokenKind.Plain && !isOpen)
            {
                result.Append(html[written..i]).Append("<span class=\"").Append((char)tokens[token].Kind).Append("\">");
                (written, isOpen) = (i, true);
            }

            var (length, width) = Character(html, i);
            left = Math.Max(0, left - width);
            i += length;
        }

        Close(html, html.Length);
        result.Append(html[written..]);

        void Close(ReadOnlySpan<char> html, int end)
        {
            if (!isOpen) return;
            result.Append(html[written..end]).Append("</span>");
            (written, isOpen) = (end, false);
        }
    }

    /// <summary>The length of the character at <paramref name="i"/> as it is written, and of what it stands for.</summary>
    private static (int Length, int Width) Character(ReadOnlySpan<char> html, int i)
    {
        if (html[i] != '&') return (1, 1);
        var end = html[i..Math.Min(html.Length, i + 12)].IndexOf(';');
        if (end < 0) return (1, 1);
        var entity = html.Slice(i, end + 1).ToString();
        var decoded = WebUtility.HtmlDecode(entity);
        return decoded == entity ? (1, 1) : (entity.Length, decoded.Length);
    }

    private static string TextOf(ReadOnlySpan<char> html)
    {
        if (!html.Contains('<')) return WebUtility.HtmlDecode(html.ToString());
        var text = new StringBuilder(html.Length);
        while (!html.IsEmpty)
        {
            var tag = html.IndexOf('<');
            text.Append(tag < 0 ? html : html[..tag]);
            if (tag < 0) break;
            var end = html[tag..].IndexOf('>');
            html = end < 0 ? [] : html[(tag + end + 1)..];
        }

        return WebUtility.HtmlDecode(text.ToString());
    }
}
