using System.Globalization;

namespace Blog.Content.Code;

/// <summary>
/// What stands behind the fence of a code block: <c>cs title="Tide.cs" {2,4-6} showLineNumbers</c>. The forms of Docusaurus, Expressive Code, Hugo,
/// VitePress and Pandoc are understood; what means nothing here is ignored.
/// </summary>
internal sealed class CodeFence
{
    private CodeFence()
    {
    }

    /// <summary>As written; empty without one.</summary>
    public string Language { get; private set; } = "";

    /// <summary>For a <c>diff</c>, the language that the lines are in, as in <c>diff lang="js"</c>; null when it isn't said.</summary>
    public string? DiffLanguage { get; private set; }

    /// <summary>Null without one.</summary>
    public string? Title { get; private set; }

    /// <summary>The number of the first line where lines are numbered; null where they are not.</summary>
    public int? FirstNumber { get; private set; }

    public LineRanges Marked { get; } = new();

    public LineRanges Inserted { get; } = new();

    public LineRanges Deleted { get; } = new();

    /// <summary>Reads what is behind a fence. Nothing that it says can fail; ranges that can't be read are in <see cref="LineRanges.Bad"/>.</summary>
    public static CodeFence Read(string info)
    {
        var fence = new CodeFence();
        info = info.Trim();
        var end = 0;
        while (end < info.Length && (char.IsLetterOrDigit(info[end]) || info[end] is '-' or '+' or '#' or '_' or '.')) end++;
        // HackMD's rust=101 numbers the lines; “title="…"” belongs to a block without a language.
        var isNumbered = end < info.Length && info[end] == '=' && (end + 1 == info.Length || char.IsWhiteSpace(info[end + 1]) || char.IsAsciiDigit(info[end + 1]));
        if (end < info.Length && info[end] == '=' && !isNumbered) end = 0;
        fence.Language = info[..end];
        if (isNumbered) fence.FirstNumber = Number(new string(info.Skip(end + 1).TakeWhile(char.IsAsciiDigit).ToArray())) ?? 1;
        // js:src/app.js is a language and a file; vitepress has js:line-numbers.
        if (end + 1 < info.Length && info[end] == ':' && !char.IsWhiteSpace(info[end + 1]) && !info.AsSpan(end + 1).StartsWith("line-numbers") && !info.AsSpan(end + 1).StartsWith("no-line-numbers"))
        {
            var stop = info.AsSpan(end).IndexOfAny(" \t{[") is >= 0 and var found ? end + found : info.Length;
            fence.Title = info[(end + 1)..stop];
            end = stop;
        }

        fence.ReadOptions(info[end..], 0);
        return fence;
    }

    private void ReadOptions(string text, int depth)
    {
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is '{')
            {
                var group = Enclosed(text, ref i, '{', '}');
                if (LineRanges.IsMeant(group) || group.Contains("\":", StringComparison.Ordinal)) Marked.Add(group);
                else if (depth == 0) ReadGroup(group);
            }
            else if (text[i] is '[' && depth == 0) Title ??= Enclosed(text, ref i, '[', ']');
            // Words to be marked within lines: not done here.
            else if (text[i] is '"' or '\'') Quoted(text, ref i);
            else if (text[i] is '/') Enclosed(text, ref i, '/', '/');
            else if (IsNameCharacter(text[i])) ReadOption(text, ref i);
            else i++;
        }
    }

    /// <summary>Hugo's <c>{linenos=true,hl_lines=[2,"4-6"]}</c>, Gatsby's <c>{numberLines: 5}</c> and Pandoc's <c>{.python .numberLines startFrom="5"}</c>.</summary>
    private void ReadGroup(string group)
    {
        // R Markdown's {r, echo=FALSE} begins with the language.
        var word = group.AsSpan(0, group.AsSpan().IndexOfAny(",= \t:.") is >= 0 and var found ? found : group.Length);
        if (Language.Length == 0 && word.Length > 0 && char.IsAsciiLetter(word[0]) && (word.Length == group.Length || group[word.Length] is ',' or ' ')) Language = word.ToString();
        if (group.Contains('=', StringComparison.Ordinal) || group.Contains('.', StringComparison.Ordinal) || group.Contains(':', StringComparison.Ordinal)) ReadOptions(group, 1);
        // {1,x} is meant as lines.
        else if (group.Length > 0 && char.IsAsciiDigit(group[0])) Marked.Add(group);
    }

    private void ReadOption(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && IsNameCharacter(text[i])) i++;
        var written = text[start..i];
        var name = written.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        string? value = null;
        if (i + 1 < text.Length && text[i] is '=' or ':' && text[i + 1] is not ',')
        {
            i++;
            while (i < text.Length && text[i] is ' ') i++;
            value = i >= text.Length ? "" : text[i] switch
            {
                '"' or '\'' => Quoted(text, ref i),
                '{' => Enclosed(text, ref i, '{', '}'),
                '[' => Enclosed(text, ref i, '[', ']'),
                _ => Bare(text, ref i),
            };
        }

        if (name.Length > 1 && name[0] == '.') Class(name[1..], written[1..]);
        else Apply(name, value);
    }

    private void Class(string name, string written)
    {
        if (name is "numberlines" or "linenos" or "linenumbers") FirstNumber ??= 1;
        else if (Language.Length == 0) Language = written;
    }

    private void Apply(string name, string? value)
    {
        switch (name)
        {
            case "title" or "filename" or "file" or "caption" or "name" when value is { Length: > 0 }:
                Title = value;
                break;
            case "lang" or "language" when value is { Length: > 0 }:
                if (Language.Length == 0) Language = value;
                else if (IsDiff(Language)) DiffLanguage = value;
                break;
            case "mark" or "highlight" or "hllines" or "highlightlines" or "emphasizelines" when value is not null:
                Marked.Add(value);
                break;
            case "ins" or "add" or "added" or "insert" when value is not null:
                Inserted.Add(value);
                break;
            case "del" or "rem" or "removed" or "remove" or "delete" when value is not null:
                Deleted.Add(value);
                break;
            case "showlinenumbers" or "linenumbers" or "linenos" or "numberlines" when value is null or not ("false" or "0" or "none" or "no"):
                FirstNumber = Number(value) ?? FirstNumber ?? 1;
                break;
            case "linenostart" or "startlinenumber" or "startfrom" or "firstnumber" or "linenumberstart" or "start" when Number(value) is { } first:
                FirstNumber = first;
                break;
        }
    }

    internal static bool IsDiff(string language) => language.Equals("diff", StringComparison.OrdinalIgnoreCase) || language.Equals("patch", StringComparison.OrdinalIgnoreCase);

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 1_000_000 ? number : null;

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '+' or '#';

    /// <summary>What stands between two signs; to the end where the second is missing.</summary>
    private static string Enclosed(string text, ref int i, char open, char close)
    {
        var start = ++i;
        for (var depth = 1; i < text.Length; i++)
        {
            if (text[i] == close && --depth == 0) return text[start..i++];
            if (text[i] == open) depth++;
        }

        return text[Math.Min(start, text.Length)..];
    }

    private static string Quoted(string text, ref int i)
    {
        var end = text.IndexOf(text[i], i + 1);
        var value = end < 0 ? text[(i + 1)..] : text[(i + 1)..end];
        i = end < 0 ? text.Length : end + 1;
        return value;
    }

    private static string Bare(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && text[i] is not (' ' or '\t' or ',' or '}')) i++;
        return text[start..i];
    }
}
