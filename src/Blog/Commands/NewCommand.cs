using System.CommandLine;
using Blog.Catalogue;
using Blog.Content;

namespace Blog.Commands;

/// <summary><c>new</c>: writes the file of a new article, ready to be filled in.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var title = new Argument<string[]>("title") { Description = "The article's title.", Arity = ArgumentArity.OneOrMore };
        var authors = List("--author", "--authors", "ID", "Who writes it; may be given more than once, as the next two.");
        var categories = List("--category", "--categories", "ID", "Its category.");
        var tags = List("--tags", "--tag", "A,B", "Its tags.");
        var section = new Option<string>("--section") { Description = "The section, which is a folder of the content folder; pages for a page.", HelpName = "NAME", DefaultValueFactory = _ => "articles" };
        var slug = new Option<string?>("--slug") { Description = "The name in its address; by default made from the title.", HelpName = "NAME" };
        var bundle = new Option<bool>("--bundle") { Description = "Gives it a folder of its own, for pictures beside it." };
        var publish = new Option<bool>("--publish") { Description = "Readers see it at once. By default it is a draft." };
        var content = ContentOption.Create();
        var command = new Command("new", "Writes the file of a new article, ready to be filled in.") { title, authors, categories, tags, section, slug, bundle, publish, content };
        command.SetAction((parsed, _) => Run(
            new NewArticle(NewArticle.Clean(string.Join(' ', parsed.GetValue(title)!)))
            {
                Section = parsed.GetValue(section)!,
                Slug = parsed.GetValue(slug),
                Authors = Labels(parsed.GetValue(authors)),
                Categories = Labels(parsed.GetValue(categories)),
                Tags = Labels(parsed.GetValue(tags)),
                IsBundle = parsed.GetValue(bundle),
                IsPublished = parsed.GetValue(publish),
            },
            parsed.GetValue(content)!, TimeProvider.System, Console.Out, Console.Error));
        return command;
    }

    /// <summary>Returns 0 when the file is written, 1 when its place is taken or can't be written to, 2 when there is no such folder or the title or section can't be used.</summary>
    /// <param name="article">What to write.</param>
    /// <param name="content">The content folder.</param>
    /// <param name="time">What says when it is published.</param>
    /// <param name="output">Receives the file's path and nothing else, for scripts.</param>
    /// <param name="remarks">Receives what is to be said of it.</param>
    internal static async Task<int> Run(NewArticle article, string content, TimeProvider time, TextWriter output, TextWriter remarks)
    {
        var folder = new ContentFolder(StartFolder.Resolve(content));
        if (!folder.Exists) return await Say(2, ContentOption.Missing(folder));
        if (article.Title.Length == 0) return await Say(2, "The title has no character that can be shown. Give one in quotes: new \"Hello, world\"");
        if (article.Title.Length > ArticleMetadata.MaxTitle)
        {
            await Say(0, $"The title has {article.Title.Length} characters; it is cut after {ArticleMetadata.MaxTitle}. Say it in fewer words.");
            article = article with { Title = CleanText.Cut(article.Title, ArticleMetadata.MaxTitle).TrimEnd() };
        }

        var found = folder.Find().Files;
        var rules = ContentRules.Read(folder, found, null);
        var permalinks = new Permalinks(rules.Settings);
        var now = TimeZoneInfo.ConvertTime(time.GetUtcNow(), rules.Settings.Zone);
        var sections = found.Where(file => file.Kind is ContentKind.Article or ContentKind.SectionIndex).Select(file => ContentLayout.SectionOf(file.Path)).Distinct().ToList();
        if (NewArticlePlace.Of(article, found, now) is not { } place)
            return await Say(2, $"“{article.Section}” can't be a section. Give the name of a folder in the content folder, such as {string.Join(", ", sections.DefaultIfEmpty("articles"))}.");
        var address = place.Address(permalinks, now);
        if (permalinks.IsReserved(address) || sections.Any(section => Permalinks.ForSection(section) == address))
            return await Say(1, $"The address {address} belongs to the site itself. Give the article another name with --slug NAME.");
        if (place.TakenBy(folder, found, permalinks, rules.Settings.Zone, now) is { } other) return await Say(1, Taken(place, other));

        var text = article.Text(rules, now);
        try
        {
            if (!NewFile.TryWrite(Path.Combine(folder.Root, place.Path), text)) return await Say(1, Taken(place, place.Path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await Say(1, $"{place.Path} can't be written: {e.Message}");
        }

        await output.WriteLineAsync(Path.Combine(content, place.Path));
        if (!sections.Contains(place.Section) && NearestName.Of(place.Section, sections) is { } near) await Say(0, $"“{place.Section}” is a new section. Did you mean “{near}”?");
        foreach (var problem in Undescribed(place.Path, text, rules)) await Say(0, problem.ToString());
        return await Say(0, article.IsPublished ? $"Readers see it now, at {address}." : $"It is a draft. Take out the line “draft: true”, and readers see it at {address}.");

        async Task<int> Say(int code, string remark)
        {
            await remarks.WriteLineAsync(remark);
            return code;
        }
    }

    private static Option<string[]> List(string name, string alias, string helpName, string description) => new(name, alias) { Description = description, HelpName = helpName, DefaultValueFactory = _ => [] };

    /// <summary>The names in values such as “a,b”, without those that no address can be made from.</summary>
    private static List<string> Labels(string[]? values) =>
        (values ?? []).SelectMany(value => value.Split(',')).Select(label => NewArticle.Clean(label).TrimStart('@', '#')).Where(label => Slug.Fold(label).Length > 0).DistinctBy(Slug.Fold).ToList();

    private static string Taken(NewArticlePlace place, string other)
    {
        var why = other == place.Path ? "it is there already"
            : place.IsBundle && other.StartsWith($"{place.Folder}/{place.Slug}/", StringComparison.Ordinal) ? $"{other} would become a part of it"
            : $"{other} has that name or address";
        return $"{place.Path} is not written: {why}. Give the new article another title, or another name with --slug NAME.";
    }

    /// <summary>The problems that <c>check</c> will find: authors and categories that nothing describes.</summary>
    private static IEnumerable<Problem> Undescribed(string path, string text, ContentRules rules)
    {
        var metadata = ArticleReader.ReadMetadata(new SourceFile(path, text, "", []), rules.Settings.Zone);
        return Of(Taxonomy.Author, "author", metadata.Authors).Concat(Of(Taxonomy.Category, "category", metadata.Categories));

        IEnumerable<Problem> Of(Taxonomy taxonomy, string what, IReadOnlyList<TermReference> terms)
        {
            var ids = rules.Profiles.Values.Where(profile => profile.Taxonomy == taxonomy).Select(profile => profile.Id).ToList();
            foreach (var term in terms.Where(term => !rules.Profiles.ContainsKey((taxonomy, term.Key))))
                yield return new Problem(path, term.Line, term.Column, Severity.Warning, $"unknown-{what}", $"Nothing describes the {what} “{term.Label}”; the page has only the name.",
                    NearestName.DidYouMean(Slug.From(term.Label), ids, $"Describe it in {taxonomy.Plural()}.yml."));
        }
    }
}
