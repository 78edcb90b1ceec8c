using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Blog.Content;
using Blog.Content.Components;
using Blog.Content.Markdown;

namespace Blog.Tests.Content;

/// <summary>
/// One example in a spec file: what an editor writes, what a reader gets, and the problems that are reported. In examples → stands for a
/// tab, ␍ for a carriage return, ␣ for a space at the end of a line and [BOM] for a byte order mark; <c>@file path</c> begins a file, the last of which is the article.
/// </summary>
/// <param name="File">The spec file's name.</param>
/// <param name="Line">1-based line of the example's fence.</param>
/// <param name="IsMetadata">True when the expectation is metadata as <c>key: value</c> lines, not HTML.</param>
/// <param name="Source">What the editor writes.</param>
/// <param name="Expected">HTML or metadata.</param>
/// <param name="Problems">As <c>line:column severity code</c>, perhaps with <c> — suggestion</c>.</param>
internal sealed partial record SpecExample(string File, int Line, bool IsMetadata, string Source, string Expected, IReadOnlyList<string> Problems)
{
    private const string Fence = "````````````````````````````````";
    private const string Title = "---\ntitle: Spec\n---\n";
    private const string Body = "Text.";

    /// <summary>All examples of a spec file, in its order.</summary>
    public static IEnumerable<SpecExample> ReadAll(string path)
    {
        var lines = System.IO.File.ReadAllLines(path);
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence + " example", StringComparison.Ordinal)) continue;
            var end = Array.IndexOf(lines, Fence, i);
            var parts = Parts(lines[(i + 1)..end]);
            yield return new SpecExample(
                Path.GetFileName(path), i + 1, lines[i].EndsWith("metadata", StringComparison.Ordinal),
                Unescape(string.Join('\n', parts[0])), Unescape(string.Join('\n', parts[1])), parts[2]);
            i = end;
        }
    }

    /// <summary>Reads the example's files as the site does.</summary>
    public ArticleDocument Read(out int linesAbove)
    {
        var root = Directory.CreateTempSubdirectory("blog-spec-").FullName;
        try
        {
            var (files, path) = Files();
            var article = files[path].TrimStart('\uFEFF');
            var isBare = !article.TrimStart().StartsWith("---", StringComparison.Ordinal) && !article.StartsWith("+++", StringComparison.Ordinal);
            linesAbove = !IsMetadata && isBare ? 3 : 0;
            if (!IsMetadata && isBare) files[path] = Title + files[path];
            else if (IsMetadata && article.TrimEnd() is [.., '-' or '+']) files[path] += "\n" + Body;
            foreach (var (name, text) in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, name))!);
                System.IO.File.WriteAllText(Path.Combine(root, name), text);
            }

            var folder = new ContentFolder(root);
            var found = folder.Find().Files;
            var components = found.Where(file => file.Kind == ContentKind.Component).Select(file => LiquidComponent.Read(folder.Read(file), new ProblemList(file.Path))).OfType<Component>();
            var rules = RenderingRules.From(new SiteSettings { TimeZone = "Europe/Vienna" }, new ComponentList(components));
            return ArticleReader.Read(folder.Read(found.Single(file => file.Path == path)), ContentLayout.KindOf(path), rules);
        }
        finally
        {
            Directory.Delete(root, true);
        }
    }

    /// <summary>The document as the expectation is written, with the problems that are not expected in the same words.</summary>
    public (string Output, IReadOnlyList<string> Problems) Run()
    {
        var document = Read(out var linesAbove);
        var problems = document.Problems.Select((problem, i) =>
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{problem.Line - linesAbove}:{problem.Column} {problem.Severity.ToString().ToLowerInvariant()} {problem.Code}");
            return i < Problems.Count && Problems[i].Contains(" — ", StringComparison.Ordinal) ? $"{place} — {problem.Suggestion}" : place;
        }).ToList();
        return (IsMetadata ? Metadata(document) : document.Html, problems);
    }

    /// <summary>HTML without the white space around blocks, one block's tag a line; <c>pre</c> is left as it is.</summary>
    public static string Normalise(string html) =>
        string.Concat(Pre().Split(html).Select((part, i) => i % 2 == 1 ? "\n" + part + "\n" : BlankLines().Replace(BlockTag().Replace(part, "\n$1\n"), "\n").Trim('\n'))).Trim('\n');

    public override string ToString() => $"{File}:{Line}";

    /// <summary>The lines before, between and after the lines that are a single dot.</summary>
    private static string[][] Parts(string[] lines)
    {
        var first = Array.IndexOf(lines, ".");
        if (first < 0) return [lines, [], []];
        var second = Array.IndexOf(lines, ".", first + 1);
        return second < 0 ? [lines[..first], lines[(first + 1)..], []] : [lines[..first], lines[(first + 1)..second], lines[(second + 1)..]];
    }

    private (Dictionary<string, string> Files, string Article) Files()
    {
        if (!Source.StartsWith("@file ", StringComparison.Ordinal)) return (new() { ["articles/spec.md"] = Source }, "articles/spec.md");
        var files = FileHeader().Split(Source).Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1].TrimEnd('\n'));
        return (files, files.Keys.Last());
    }

    private static string Metadata(ArticleDocument document)
    {
        var of = document.Metadata;
        var text = new StringBuilder();
        Add("title", document.IsArticle ? document.Title : "(not an article)");
        Add("description", of.Description);
        Add("slug", document.Path == "articles/spec.md" ? of.Slug : document.Slug);
        Add("section", document.Section == "articles" ? null : document.Section);
        Add("published", Date(of.PublishedAt));
        Add("modified", Date(of.ModifiedAt));
        Add("expires", Date(of.ExpiresAt));
        Add("authors", List(of.Authors.Select(term => term.Label)));
        Add("categories", List(of.Categories.Select(term => term.Label)));
        Add("tags", List(of.Tags.Select(term => term.Label)));
        Add("cover", of.CoverImage?.Value);
        Add("cover alt", of.CoverAlt);
        Add("draft", of.IsDraft ? "true" : null);
        Add("series", of.Series);
        Add("series order", of.SeriesOrder?.ToString(CultureInfo.InvariantCulture));
        Add("aliases", List(of.Aliases.Select(alias => alias.Value)));
        Add("canonical", of.CanonicalUrl);
        Add("language", of.Language);
        Add("toc", of.Toc?.ToString().ToLowerInvariant());
        Add("noindex", of.NoIndex ? "true" : null);
        Add("permalink", of.Permalink);
        Add("lessons", List(of.Lessons.Select(lesson => lesson.Module is null ? lesson.Source : $"{lesson.Module}/{lesson.Source}")));
        Add("video", of.VideoId);
        Add("text", document.Text == Body ? null : document.Text.ReplaceLineEndings(" "));
        return text.ToString().TrimEnd('\n');

        void Add(string key, string? value)
        {
            if (value is { Length: > 0 }) text.Append(key).Append(": ").Append(value).Append('\n');
        }
    }

    private static string? Date(DateTimeOffset? date) => date?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private static string List(IEnumerable<string> items) => string.Join(" | ", items);

    private static string Unescape(string text) =>
        text.Replace('→', '\t').Replace("␍", "\r", StringComparison.Ordinal).Replace('␣', ' ').Replace("[BOM]", "\uFEFF", StringComparison.Ordinal);

    [GeneratedRegex(@"^@file (.+)\n", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex FileHeader();

    [GeneratedRegex(@"(<pre.*?</pre>)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Pre();

    [GeneratedRegex(@"\s*(</?(?:p|div|aside|blockquote|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|th|td|details|summary|figure|figcaption|footer|section|h[1-6]|hr|br)\b[^>]*>)\s*", RegexOptions.CultureInvariant)]
    private static partial Regex BlockTag();

    [GeneratedRegex(@"\n{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex BlankLines();
}
