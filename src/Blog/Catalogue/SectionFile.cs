using Blog.Content;
using Blog.Content.FrontMatter;

namespace Blog.Catalogue;

/// <summary>Reads <c>&lt;section&gt;/config.json</c>, with which the seed publication names its sections.</summary>
internal static class SectionFile
{
    /// <summary>The section's name, title and description; null when the file says neither.</summary>
    public static SectionSettings? Read(SourceFile file, ProblemList problems)
    {
        var value = new MapValue(YamlText.Read(file.Text.Replace('\t', ' '), problems), 1, 1);
        var title = (value["siteName"] ?? value["title"] ?? value["name"])?.Text;
        var description = value["description"]?.Text;
        return title is null && description is null ? null : new SectionSettings(ContentLayout.SectionOf(file.Path), title, description);
    }
}
