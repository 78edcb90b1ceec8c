using System.Globalization;
using System.Text.RegularExpressions;

namespace Blog.Content.FrontMatter;

/// <summary>Turns front matter into <see cref="ArticleMetadata"/>, reporting what it can't use.</summary>
internal sealed partial class MetadataReader(FrontMatterBlock block, TimeZoneInfo zone, ProblemList problems)
{
    private const int MaxText = 2_000;
    private const int MaxTerms = 100;
    private const int MaxLessons = 2_000;

    private readonly Dictionary<FrontMatterKey, FrontMatterEntry> _entries = [];
    private bool? _isPublished;

    public ArticleMetadata Read()
    {
        foreach (var entry in block.Entries) Sort(entry);
        return new ArticleMetadata
        {
            Title = OneLine(FrontMatterKeys.Title),
            Description = OneLine(FrontMatterKeys.Description),
            Slug = ReadSlug(),
            PublishedAt = ReadDate(FrontMatterKeys.PublishedDate),
            ModifiedAt = ReadDate(FrontMatterKeys.LastModifiedDate),
            ExpiresAt = ReadDate(FrontMatterKeys.ExpiryDate),
            Authors = ReadTerms(FrontMatterKeys.Authors),
            Categories = ReadTerms(FrontMatterKeys.Categories),
            Tags = ReadTerms(FrontMatterKeys.Tags),
            CoverImage = ReadCover(),
            CoverAlt = OneLine(FrontMatterKeys.CoverImageAlt) ?? Value(FrontMatterKeys.CoverImage)?.Items[0]["alt"]?.Text,
            IsDraft = ReadFlag(FrontMatterKeys.Draft) ?? _isPublished is false,
            Series = OneLine(FrontMatterKeys.Series),
            SeriesOrder = ReadNumber(FrontMatterKeys.SeriesOrder),
            Aliases = ReadAliases(),
            CanonicalUrl = ReadCanonical(),
            Language = ReadLanguage(),
            Toc = ReadFlag(FrontMatterKeys.Toc),
            NoIndex = ReadFlag(FrontMatterKeys.NoIndex) ?? false,
            Permalink = ReadPermalink(),
            Lessons = [.. ReadLessons(FrontMatterKeys.Modules), .. ReadLessons(FrontMatterKeys.Lessons)],
            Uid = OneLine(FrontMatterKeys.Id),
            VideoId = Value(FrontMatterKeys.VideoId)?.Text,
        };
    }

    /// <summary>Files an entry under its key. An empty one never displaces a filled one; of two filled ones the key's own name wins over a synonym.</summary>
    private void Sort(FrontMatterEntry entry)
    {
        if (FrontMatterKeys.Find(entry.Key) is not { } key)
        {
            if (FrontMatterKeys.IsKnown(entry.Key)) return;
            if (NearestName.Of(entry.Key, FrontMatterKeys.Suggestions) is { } near)
                problems.Warning(entry.Line, entry.Column, "unknown-key", $"“{entry.Key}” is not a key that the site reads.", $"Did you mean “{near}”?");
            else
                problems.Info(entry.Line, entry.Column, "unknown-key", $"“{entry.Key}” is not a key that the site reads.", "Remove it, or leave it for another tool.");
            return;
        }

        if (FrontMatterKey.Fold(entry.Key) == FrontMatterKeys.PublishedFlag && Flag(entry.Value.Text) is { } isPublished)
        {
            _isPublished = isPublished;
            return;
        }

        if (_entries.TryGetValue(key, out var other) && !IsEmpty(other.Value)
            && (IsEmpty(entry.Value) || (FrontMatterKey.Fold(other.Key) == FrontMatterKey.Fold(key.Name) && FrontMatterKey.Fold(entry.Key) != FrontMatterKey.Fold(key.Name)))) return;
        if (key == FrontMatterKeys.PublishedDate && other is not null && FrontMatterKey.Fold(other.Key) is "date" or "publisheddate" && FrontMatterKey.Fold(entry.Key) is "created" or "createdat") return;
        _entries[key] = entry;
    }

    private static bool IsEmpty(FrontMatterValue value) => value switch
    {
        ListValue list => list.Values.All(IsEmpty),
        MapValue map => map.Entries.Count == 0,
        _ => value.Text is null,
    };

    private FrontMatterValue? Value(FrontMatterKey key) => _entries.TryGetValue(key, out var entry) && !IsEmpty(entry.Value) ? entry.Value : null;

    private string? OneLine(FrontMatterKey key)
    {
        if (Value(key) is not { } value) return null;
        var text = value.Text ?? (value is MapValue ? (value["title"] ?? value["name"] ?? value["text"])?.Text : null);
        if (text is null)
        {
            var parts = value is ListValue list ? list.Values.Select(item => item.Text).OfType<string>().ToList() : [];
            text = parts.Count == 0 ? null : string.Join(", ", parts);
            problems.Warning(value.Line, value.Column, "wrong-type", $"“{key.Name}” should be a text.", "Write it on one line, in quotes.");
        }

        if (text is null) return null;
        var most = key == FrontMatterKeys.Title || key == FrontMatterKeys.Series ? ArticleMetadata.MaxTitle : MaxText;
        if (text.Length > most)
        {
            problems.Warning(value.Line, value.Column, "too-long", $"“{key.Name}” has {text.Length} characters; it is cut after {most}.", "Say it in fewer words.");
            text = CleanText.Cut(text, most) + "…";
        }

        // An override of the writing direction would turn round what stands beside the text.
        return Spaces().Replace(text.Replace("\u202D", "", StringComparison.Ordinal).Replace("\u202E", "", StringComparison.Ordinal), " ");
    }

    private string? ReadSlug()
    {
        if (Value(FrontMatterKeys.Slug) is not { } value || OneLine(FrontMatterKeys.Slug) is not { } text) return null;
        var last = text.Trim('/').Split('/')[^1];
        var slug = Slug.From(last);
        if (slug.Length == 0)
            problems.Warning(value.Line, value.Column, "bad-slug", $"“{Short(text)}” can't be used in an address; the file's name is used.", "Use letters, digits and hyphens.");
        else if (slug != text)
            problems.Warning(value.Line, value.Column, "bad-slug", $"“{Short(text)}” is not a plain slug; “{slug}” is used.", $"Write slug: {slug}");
        return slug.Length == 0 ? null : slug;
    }

    private DateTimeOffset? ReadDate(FrontMatterKey key)
    {
        if (Value(key) is not { } value) return null;
        value = value["date"] ?? value["on"] ?? value;
        var date = DateReader.Read(value.Text ?? "", zone, out var isAmbiguous);
        if (date is null)
            problems.Warning(value.Line, value.Column, "bad-date", $"“{Short(value.Text ?? "")}” is not a date that exists.", "Write it as 2024-05-31 or 2024-05-31T09:30:00Z.");
        else if (isAmbiguous)
            problems.Warning(value.Line, value.Column, "ambiguous-date", $"“{value.Text}” is not a plain date; it was read as {date:yyyy-MM-dd}.", $"Write it as {date:yyyy-MM-dd}.");
        return date;
    }

    private List<TermReference> ReadTerms(FrontMatterKey key)
    {
        var terms = new List<TermReference>();
        if (Value(key) is not { } value) return terms;
        foreach (var item in value.Items.Take(10 * MaxTerms))
        {
            var text = item.Text ?? (item["id"] ?? item["slug"] ?? item["name"] ?? item["title"])?.Text;
            if (text is null)
            {
                if (!IsEmpty(item)) problems.Warning(item.Line, item.Column, "wrong-type", $"An item of “{key.Name}” should be a text.", "Write one name an item.");
                continue;
            }

            foreach (var label in value is ListValue ? [text] : Names(text))
            {
                if (terms.Count == MaxTerms)
                {
                    problems.Warning(item.Line, item.Column, "too-many-terms", $"“{key.Name}” has more than {MaxTerms} entries; the others are left out.", "Keep those that a reader would look for.");
                    return terms;
                }

                var clean = Spaces().Replace(CleanText.Cut(key == FrontMatterKeys.Authors ? NameOf(label) : label.TrimStart('#'), ArticleMetadata.MaxTitle), " ").Trim();
                var folded = Slug.Fold(clean);
                if (folded.Length == 0)
                    problems.Warning(item.Line, item.Column, "bad-term", $"“{Short(label)}” in “{key.Name}” has no letter or digit.", "Remove it.");
                else if (terms.All(term => term.Key != folded)) terms.Add(new TermReference(clean, folded, item.Line, item.Column));
            }
        }

        return terms;
    }

    /// <summary>The names in “a, b” or “#a #b”.</summary>
    private static string[] Names(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && words.All(word => word.StartsWith('#')) ? words : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The name in “[Ada](https://ada.example)”, “Ada &lt;ada@example.com&gt;” and “@ada”.</summary>
    private static string NameOf(string author)
    {
        var name = author.TrimStart('@');
        if (name.StartsWith('[') && name.IndexOf("](", StringComparison.Ordinal) is > 1 and var end) name = name[1..end];
        return name.IndexOf('<', StringComparison.Ordinal) is > 0 and var mail && name.EndsWith('>') ? name[..mail] : name;
    }

    private Place<string>? ReadCover()
    {
        if (Value(FrontMatterKeys.CoverImage) is not { } value) return null;
        var found = value.Items[0].Text is null ? value.Items[0]["src"] ?? value.Items[0]["url"] ?? value.Items[0]["path"] ?? value.Items[0]["image"] ?? value : value.Items[0];
        return found.Text is { } text ? new Place<string>(text, found.Line, found.Column) : null;
    }

    private List<Place<string>> ReadAliases()
    {
        var aliases = new List<Place<string>>();
        foreach (var item in (Value(FrontMatterKeys.Aliases)?.Items ?? []).Take(MaxTerms))
        {
            if (item.Text is not { } text) continue;
            var path = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme.StartsWith("http", StringComparison.Ordinal) ? url.AbsolutePath : text;
            if (path.Contains("..", StringComparison.Ordinal) || path.Any(c => char.IsControl(c) || c is '?' or '#' or '\\') || path.Trim('/').Length == 0)
                problems.Warning(item.Line, item.Column, "bad-alias", $"“{Short(text)}” is not an address on this site.", "Write it as /old/address.");
            else aliases.Add(new Place<string>("/" + path.Trim('/').ToLowerInvariant(), item.Line, item.Column));
        }

        return aliases;
    }

    private string? ReadCanonical()
    {
        if (Value(FrontMatterKeys.CanonicalUrl) is not { Text: { } text } value) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return url.AbsoluteUri;
        problems.Warning(value.Line, value.Column, "bad-url", $"“{Short(text)}” is not a whole web address.", "Write it with https:// and the host.");
        return null;
    }

    private string? ReadPermalink()
    {
        if (Value(FrontMatterKeys.Permalink) is not { Text: { } text }) return null;
        var path = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url.AbsolutePath : text;
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => Slug.From(part.EndsWith(".html", StringComparison.OrdinalIgnoreCase) ? part[..^5] : part)).ToList();
        // A pattern such as /:year/:title/ or {{ page.slug }} belongs to another tool.
        return parts.Count == 0 || path.AsSpan().IndexOfAny(":{}*") >= 0 || parts.Any(part => part.Length == 0) ? null : "/" + string.Join('/', parts);
    }

    private string? ReadLanguage()
    {
        if (Value(FrontMatterKeys.Language) is not { Text: { } text } value) return null;
        if (LanguageTag.Normalise(text) is { } tag) return tag;
        problems.Warning(value.Line, value.Column, "bad-language", $"“{Short(text)}” is not a language tag.", "Write a BCP 47 tag such as en, de-AT or ar.");
        return null;
    }

    private bool? ReadFlag(FrontMatterKey key)
    {
        if (Value(key) is not { } value) return null;
        if (Flag(value.Text) is { } flag) return flag;
        problems.Warning(value.Line, value.Column, "wrong-type", $"“{key.Name}” should be true or false.", $"Write {key.Name}: true or leave it out.");
        return null;
    }

    private static bool? Flag(string? text) =>
        FrontMatterKeys.True.Contains(text, StringComparer.OrdinalIgnoreCase) ? true
        : FrontMatterKeys.False.Contains(text, StringComparer.OrdinalIgnoreCase) ? false
        : null;

    private int? ReadNumber(FrontMatterKey key)
    {
        if (Value(key) is not { } value) return null;
        if (int.TryParse(value.Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)) return number;
        problems.Warning(value.Line, value.Column, "wrong-type", $"“{key.Name}” should be a whole number.", $"Write {key.Name}: 1");
        return null;
    }

    private List<LessonReference> ReadLessons(FrontMatterKey key, FrontMatterValue? within = null, string? module = null)
    {
        var lessons = new List<LessonReference>();
        foreach (var item in ((within ?? Value(key))?.Items ?? []).Take(MaxLessons))
        {
            var title = (item["title"] ?? item["name"])?.Text;
            if ((item["lessons"] ?? item["items"]) is { } nested && within is null) lessons.AddRange(ReadLessons(key, nested, title));
            else if ((item.Text ?? (item["source"] ?? item["file"] ?? item["slug"])?.Text) is { } source)
            {
                var name = Path.GetFileName(source.Replace('\\', '/').TrimEnd('/'));
                name = ContentLayout.IsMarkdown(name) ? Path.GetFileNameWithoutExtension(name) : name;
                // A course that names itself as its module says nothing.
                if (name.Length > 0 && name != "index") lessons.Add(new LessonReference(name, module, item.Line));
            }
        }

        return lessons;
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
