using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Blog.Content;
using Blog.Content.Components;
using Blog.Content.Markdown;
using Blog.Content.Search;

namespace Blog.Catalogue;

/// <summary>Everything in the content folder that is not an article: settings, components, profiles. Few and small, so all are read when one has changed.</summary>
internal sealed class ContentRules
{
    private ContentRules(SiteSettings settings, ComponentList components, IReadOnlyDictionary<(Taxonomy, string), TermProfile> profiles, IReadOnlyList<SectionSettings> sections, IReadOnlyList<Problem> problems, IReadOnlyDictionary<string, string> hashes, string renderingFingerprint, string termsFingerprint)
    {
        Settings = settings;
        Rendering = RenderingRules.From(settings, components);
        Profiles = profiles;
        SectionFiles = sections;
        Problems = problems;
        Hashes = hashes;
        RenderingFingerprint = renderingFingerprint;
        TermsFingerprint = termsFingerprint;
    }

    public SiteSettings Settings { get; }

    public RenderingRules Rendering { get; }

    /// <summary>Described terms by taxonomy and key.</summary>
    public IReadOnlyDictionary<(Taxonomy, string), TermProfile> Profiles { get; }

    /// <summary>What <c>config.json</c> files say of their sections.</summary>
    public IReadOnlyList<SectionSettings> SectionFiles { get; }

    /// <summary>The style sheets that the settings name, joined.</summary>
    public required string Css { get; init; }

    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>The hashes of the files read, by path.</summary>
    public IReadOnlyDictionary<string, string> Hashes { get; }

    /// <summary>Changes when articles would be rendered, addressed or found differently.</summary>
    public string RenderingFingerprint { get; }

    /// <summary>Changes when a term would be shown differently.</summary>
    public string TermsFingerprint { get; }

    /// <summary>True for files that hold rules.</summary>
    public static bool IsRule(ContentKind kind) => kind is ContentKind.Settings or ContentKind.Component or ContentKind.TermData or ContentKind.TermProfile or ContentKind.SectionSettings or ContentKind.Style;

    /// <summary>The terms that these rules describe otherwise than the others do.</summary>
    public IReadOnlyCollection<(Taxonomy Taxonomy, string Key)> ProfilesOtherThan(ContentRules others) =>
        Profiles.Keys.Union(others.Profiles.Keys).Where(key => JsonSerializer.Serialize(Profiles.GetValueOrDefault(key)) != JsonSerializer.Serialize(others.Profiles.GetValueOrDefault(key))).ToList();

    /// <summary>All that a term is called: as an article writes it, and as it is described.</summary>
    public IEnumerable<(Taxonomy Taxonomy, string Key, string Name)> NamesOf((Taxonomy Taxonomy, string Key, string Label) term)
    {
        yield return term;
        if (Profiles.GetValueOrDefault((term.Taxonomy, term.Key))?.Name is { } name && name != term.Label) yield return (term.Taxonomy, term.Key, name);
    }

    /// <summary>What the search index is to know of a document; null for what nobody is to find.</summary>
    public SearchSource? SourceOf(ArticleDocument document)
    {
        var metadata = document.Metadata;
        if (!document.IsArticle || metadata.IsDraft) return null;
        var terms = metadata.Authors.Select(term => (Taxonomy.Author, term.Key, term.Label)).Concat(metadata.Categories.Select(term => (Taxonomy.Category, term.Key, term.Label))).Concat(metadata.Tags.Select(term => (Taxonomy.Tag, term.Key, term.Label)));
        return new SearchSource(document.Title, document.Description, metadata.Language ?? Settings.Language, document.Html, terms.SelectMany(NamesOf).ToList());
    }

    /// <summary>Reads the rules.</summary>
    /// <param name="folder">The content folder.</param>
    /// <param name="found">Content files in order of path; only those that hold rules are read.</param>
    /// <param name="last">The settings so far, which stay while <c>site.yml</c> can't be read; null at a first start.</param>
    public static ContentRules Read(ContentFolder folder, IReadOnlyList<FoundFile> found, SiteSettings? last)
    {
        var files = found.Where(file => IsRule(file.Kind)).ToList();
        var problems = new List<Problem>();
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        var settings = new SiteSettings();
        var components = new List<Component>();
        var profiles = new Dictionary<(Taxonomy, string), TermProfile>();
        var sections = new List<SectionSettings>();
        var styles = new Dictionary<string, string>(StringComparer.Ordinal);
        var renderingHash = new StringBuilder(typeof(ArticleReader).Assembly.ManifestModule.ModuleVersionId.ToString());
        var termsHash = new StringBuilder();
        foreach (var foundFile in files)
        {
            var file = folder.Read(foundFile);
            var list = new ProblemList(file.Path);
            hashes[file.Path] = file.Hash;
            switch (foundFile.Kind)
            {
                case ContentKind.Settings:
                    settings = file.IsReadable || last is null ? SiteSettings.Read(file.Text, list) : last;
                    renderingHash.Append(settings.SmartPunctuation).Append(settings.TrustsHtml).Append(settings.TimeZone).Append(settings.Language).AppendJoin(';', settings.Permalinks.OrderBy(pair => pair.Key, StringComparer.Ordinal));
                    break;
                case ContentKind.Component:
                    renderingHash.Append(file.Path).Append(file.Hash);
                    if (LiquidComponent.Read(file, list) is { } component) components.Add(component);
                    break;
                case ContentKind.SectionSettings:
                    if (SectionFile.Read(file, list) is { } section) sections.Add(section);
                    break;
                case ContentKind.Style:
                    styles[file.Path] = file.Text;
                    break;
                case ContentKind.TermData:
                    termsHash.Append(file.Path).Append(file.Hash);
                    foreach (var profile in TermProfile.ReadAll(file, list)) Declare(profile, profiles, list);
                    break;
                default:
                    termsHash.Append(file.Path).Append(file.Hash);
                    if (TermProfile.ReadProfile(file, list) is { } own) Declare(own, profiles, list);
                    break;
            }

            problems.AddRange(file.Problems);
            problems.AddRange(list.Sorted());
        }

        // A publication of one section that names itself, and has no site.yml, bears that name.
        if (sections is [{ Title: { } title } only] && files.All(file => file.Kind != ContentKind.Settings)) settings = settings with { Title = title, Description = only.Description };
        var settingsPath = files.FirstOrDefault(file => file.Kind == ContentKind.Settings)?.Path ?? "site.yml";
        problems.AddRange(settings.Styles.Where(path => !styles.ContainsKey(path)).Select(path => new Problem(settingsPath, 1, 1, Severity.Warning, "missing-file", $"There is no style sheet {path}.", NearestName.DidYouMean(path, styles.Keys.ToList(), "Put it beside site.yml."))));
        return new ContentRules(settings, new ComponentList(components), profiles, sections, problems, hashes, Hash(renderingHash), Hash(termsHash)) { Css = string.Join('\n', settings.Styles.Select(path => styles.GetValueOrDefault(path, ""))) };
    }

    private static void Declare(TermProfile profile, Dictionary<(Taxonomy, string), TermProfile> profiles, ProblemList problems)
    {
        if (profiles.TryAdd((profile.Taxonomy, profile.Key), profile)) return;
        var first = profiles[(profile.Taxonomy, profile.Key)];
        problems.Warning(profile.Line, 1, "duplicate-term", $"“{profile.Id}” is described twice; {first.Path} line {first.Line} counts.", "Remove one of the two.");
    }

    private static string Hash(StringBuilder text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
}
