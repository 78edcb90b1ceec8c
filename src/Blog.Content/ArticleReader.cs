using Blog.Content.FrontMatter;
using Blog.Content.Markdown;

namespace Blog.Content;

/// <summary>Turns a content file into an <see cref="ArticleDocument"/>: pure, so that the same file and rules always give the same document.</summary>
public static class ArticleReader
{
    // What a character of ASCII is to a word.
    private const byte InWord = 1;
    private const byte WithinWord = 2;

    private const int WordsPerMinute = 230;
    private const int CjkCharactersPerMinute = 450;
    private const int MaxExcerpt = 200;

    private static readonly byte[] Ascii = [.. Enumerable.Range(0, 128).Select(c => char.IsAsciiLetterOrDigit((char)c) ? InWord : (char)c is '\'' or '-' or '_' or '.' ? WithinWord : (byte)0)];

    /// <summary>Reads an article, page or section index. Whatever is wrong with it is in <see cref="ArticleDocument.Problems"/>.</summary>
    public static ArticleDocument Read(SourceFile file, ContentKind kind, RenderingRules rules)
    {
        var problems = new ProblemList(file.Path);
        var block = file.IsReadable ? FrontMatterBlock.Read(file.Text, problems) : new FrontMatterBlock([], 0, 1, false);
        var metadata = new MetadataReader(block, rules.Zone, problems).Read();
        var raw = file.IsReadable ? file.Text[block.BodyStart..] : "";
        if (!file.IsReadable) return NotAnArticle(file, kind, problems);
        if (!block.IsPresent && !BelongsToSite(file.Path, kind))
        {
            if (!ContentLayout.IsRepositoryFile(file.Path)) problems.Info(1, 1, "not-an-article", "The file has no front matter and is not taken for an article.", "If it is one, begin it with --- and a title.");
            return NotAnArticle(file, kind, problems);
        }

        if (string.IsNullOrWhiteSpace(file.Text))
        {
            problems.Warning(1, 1, "empty-file", "The file is empty.", "Write a title and text, or remove the file.");
            return NotAnArticle(file, kind, problems);
        }

        ReportOddCharacters(file.Text, problems);
        if (kind != ContentKind.Page && ContentLayout.IsInReservedFolder(file.Path))
            problems.Warning(1, 1, "reserved-section", "The name of the folder belongs to the site itself; the article stands under “articles”.", "Give the folder another name.");
        var body = MarkdownBody.Render(raw, block.BodyLine, metadata.Title, file.Path, rules, problems, metadata.Language);
        var name = kind == ContentKind.SectionIndex ? ContentLayout.SectionOf(file.Path) : ContentLayout.NameOf(file.Path);
        var title = metadata.Title ?? body.Heading ?? Slug.Humanise(name);
        if (metadata.Title is null)
            problems.Warning(1, 1, block.IsPresent ? "missing-title" : "no-front-matter", block.IsPresent ? $"The article has no title; “{title}” is used." : $"The file has no front matter; “{title}” is its title.", $"Add title: {title}");
        metadata = WithDateOfName(metadata, file.Path, rules.Zone);
        if (ContentLayout.IsDraft(file.Path)) metadata = metadata with { IsDraft = true };
        if (kind == ContentKind.Article && body.Html.Length == 0 && metadata.Lessons.Count == 0 && !metadata.IsDraft) problems.Info(block.BodyLine, 1, "empty-body", "The article has no text.", "Write some, or set draft: true.");
        var (words, minutes) = Count(body.Text);
        var cover = metadata.CoverImage is { } image ? Cover(image, file.Path, problems) : (null, null);
        return new ArticleDocument
        {
            Path = file.Path,
            Kind = kind,
            Section = kind == ContentKind.Page ? "pages" : ContentLayout.SectionOf(file.Path),
            Slug = metadata.Slug ?? (Slug.From(name) is { Length: > 0 } slug ? slug : "article-" + file.Hash[..8]),
            Title = title,
            Description = metadata.Description ?? Excerpt(body.Text),
            Metadata = metadata,
            CoverImage = cover.Address,
            Html = body.Html,
            Outline = body.Outline,
            Anchors = body.Anchors,
            Text = body.Text,
            WordCount = words,
            ReadingMinutes = minutes,
            Links = cover.Link is null ? body.Links : [cover.Link, .. body.Links],
            Problems = [.. file.Problems, .. problems.Sorted()],
        };
    }

    /// <summary>What an article says about itself and its file's name about its date, without a look at its text.</summary>
    public static ArticleMetadata ReadMetadata(SourceFile file, TimeZoneInfo zone)
    {
        var ignored = new ProblemList(file.Path);
        return WithDateOfName(new MetadataReader(FrontMatterBlock.Read(file.Text, ignored), zone, ignored).Read(), file.Path, zone);
    }

    /// <summary>A Markdown file without front matter is an article where only articles are; elsewhere it belongs to the repository.</summary>
    private static bool BelongsToSite(string path, ContentKind kind) =>
        !ContentLayout.IsRepositoryFile(path) && (kind != ContentKind.Article || ContentLayout.SectionOf(path) == "articles" && path.Contains('/', StringComparison.Ordinal) || path.Contains("/posts/", StringComparison.Ordinal) || path.Contains("/_posts/", StringComparison.Ordinal) || ContentLayout.IsBundle(path));

    private static void ReportOddCharacters(string text, ProblemList problems)
    {
        if (CleanText.FirstBad(text, 0) is >= 0 and var bad)
            problems.Warning(LineOf(bad), 1, "control-character", $"Here stands the control character U+{(int)text[bad]:X4}; it and its like are shown as \uFFFD.", "Remove it.");
        if (text.AsSpan().IndexOfAny('\u202D', '\u202E') is >= 0 and var turn)
            problems.Warning(LineOf(turn), 1, "bidi-override", "Here stands an invisible character that turns round the direction of the text, so that it reads other than it is.", "Remove it.");

        int LineOf(int index) => text.AsSpan(0, index).Count('\n') + 1;
    }

    private static ArticleDocument NotAnArticle(SourceFile file, ContentKind kind, ProblemList problems) => new()
    {
        Path = file.Path,
        Kind = kind,
        Section = ContentLayout.SectionOf(file.Path),
        Slug = "",
        Title = "",
        Description = "",
        Metadata = new ArticleMetadata(),
        Html = "",
        Problems = [.. file.Problems, .. problems.Sorted()],
        IsArticle = false,
    };

    private static ArticleMetadata WithDateOfName(ArticleMetadata metadata, string path, TimeZoneInfo zone) =>
        metadata.PublishedAt is null && ContentLayout.DateOf(path, metadata.Permalink) is { } date && DateReader.Read(date, zone, out _) is { } published ? metadata with { PublishedAt = published } : metadata;

    private static (string? Address, ArticleLink? Link) Cover(Place<string> cover, string path, ProblemList problems)
    {
        var scopeless = cover.Value;
        if (!LinkTarget.IsSafe(scopeless))
        {
            problems.Error(cover.Line, cover.Column, "unsafe-link", "The cover image's address is not safe; it is left out.", "Use a file beside the article or an https address.");
            return (null, null);
        }

        if (LinkTarget.IsExternal(scopeless)) return (scopeless, null);
        if (scopeless.StartsWith('/')) return (scopeless, new ArticleLink(LinkKind.Page, Uri.UnescapeDataString(scopeless), "", cover.Line, cover.Column));
        if (LinkTarget.ResolvePath(scopeless, path) is { Length: > 0 } resolved)
            return (Permalinks.ForAsset(resolved), new ArticleLink(LinkKind.Asset, resolved, "", cover.Line, cover.Column));
        problems.Warning(cover.Line, cover.Column, "link-outside-folder", "The cover image lies outside of the content folder.", "Copy it beside the article.");
        return (null, null);
    }

    private static (int Words, int Minutes) Count(string text)
    {
        var (words, cjk, inWord) = (0, 0, false);
        foreach (var c in text)
        {
            if (c < Ascii.Length)
            {
                var kind = Ascii[c];
                if (kind == InWord && !inWord) words++;
                inWord = kind == InWord || (inWord && kind == WithinWord);
                continue;
            }

            var isCjk = c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF';
            if (isCjk) cjk++;
            var isWord = !isCjk && char.IsLetterOrDigit(c);
            if (isWord && !inWord) words++;
            inWord = isWord || (inWord && c is '’');
        }

        return (words + cjk, Math.Max(1, (int)Math.Ceiling(words / (double)WordsPerMinute + cjk / (double)CjkCharactersPerMinute)));
    }

    /// <summary>The first sentences of the text, cut at a sentence or a word.</summary>
    private static string Excerpt(string text)
    {
        var line = string.Join(' ', CleanText.Cut(text, 4 * MaxExcerpt).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= MaxExcerpt) return line;
        var sentence = line.LastIndexOfAny(['.', '!', '?', '。', '！', '？'], MaxExcerpt);
        if (sentence > MaxExcerpt / 3) return line[..(sentence + 1)];
        var word = line.LastIndexOf(' ', MaxExcerpt - 1);
        return (word > 0 ? line[..word] : line[..(char.IsHighSurrogate(line[MaxExcerpt - 2]) ? MaxExcerpt - 2 : MaxExcerpt - 1)]) + "…";
    }
}
