using System.Text.RegularExpressions;

namespace Blog.Tests.Architecture;

/// <summary>The rules of the house that the compiler can't hold.</summary>
public sealed partial class ArchitectureTests
{
    [Fact]
    public void Content_is_pure()
    {
        var references = typeof(Blog.Content.ArticleReader).Assembly.GetReferencedAssemblies().Select(name => name.Name!).ToList();
        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) || name.StartsWith("Serilog", StringComparison.Ordinal) || name.Contains("Sqlite", StringComparison.Ordinal));
        Assert.Empty(Lines("src/Blog.Content", "*.cs").Where(line => Clock().IsMatch(line.Text)).Select(line => line.Place));
    }

    [Fact]
    public void Time_comes_from_TimeProvider_only() => Assert.Empty(Lines("src/Blog", "*.cs").Where(line => Clock().IsMatch(line.Text)).Select(line => line.Place));

    [Fact]
    public void The_catalogue_knows_no_pages_and_nobody_knows_the_commands()
    {
        Assert.Empty(Lines("src/Blog/Catalogue", "*.cs").Where(line => line.Text.Contains("using Blog.Site", StringComparison.Ordinal)).Select(line => line.Place));
        Assert.Empty(Lines("src/Blog/Catalogue", "*.cs").Concat(Lines("src/Blog/Site", "*.cs")).Where(line => line.Text.Contains("using Blog.Commands", StringComparison.Ordinal)).Select(line => line.Place));
    }

    [Fact]
    public void Sql_stands_where_the_bulk_is_written_only() =>
        Assert.Empty(Lines("src/Blog", "*.cs").Where(line => Sql().IsMatch(line.Text) && !line.Place.Contains("CatalogueWriter", StringComparison.Ordinal) && !line.Place.Contains("CatalogueFile", StringComparison.Ordinal) && !line.Place.Contains("HighlightStore", StringComparison.Ordinal) && !line.Place.Contains("SearchIndex", StringComparison.Ordinal) && !line.Place.Contains("CatalogueReader.", StringComparison.Ordinal)).Select(line => line.Place));

    [Fact]
    public void Views_are_typed_and_write_no_html_but_the_body()
    {
        foreach (var view in Directory.GetFiles(Repository.Path("src/Blog"), "*.cshtml", SearchOption.AllDirectories).Where(view => !Path.GetFileName(view).StartsWith("_View", StringComparison.Ordinal)))
            Assert.Matches("^@(model |inherits SiteView<)", File.ReadAllText(view));
        var lines = Lines("src/Blog", "*.cshtml").ToList();
        Assert.Empty(lines.Where(line => line.Text.Contains("ViewBag", StringComparison.Ordinal) || line.Text.Contains("ViewData", StringComparison.Ordinal)).Select(line => line.Place));
        Assert.Empty(lines.Where(line => line.Text.Contains("Raw(", StringComparison.Ordinal) && !line.Text.Contains("@Raw(Model.Body.Html)", StringComparison.Ordinal)).Select(line => line.Place));
        // Nobody would fill what MVC fills for its own views.
        foreach (var view in Directory.GetFiles(Repository.Path("src/Blog/Site"), "*.cshtml", SearchOption.AllDirectories).Select(File.ReadAllText).Where(view => view.StartsWith("@inherits SiteView<", StringComparison.Ordinal)))
            Assert.DoesNotMatch(Injected(), view);
        Assert.Empty(lines.Where(line => InlineCode().IsMatch(line.Text)).Select(line => line.Place));
    }

    private static IEnumerable<(string Place, string Text)> Lines(string folder, string pattern) =>
        from file in Directory.GetFiles(Repository.Path(folder), pattern, SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
        from line in File.ReadLines(file).Select((text, i) => ($"{Path.GetFileName(file)}:{i + 1}", text))
        select line;

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"""\s*(SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE) ")]
    private static partial Regex Sql();

    [GeneratedRegex(@"@inject\b|@section\b|\bLayout\s*=|\b(Html|Url|Json|Component)\.")]
    private static partial Regex Injected();

    [GeneratedRegex(@"\sstyle=""|\son[a-z]+=""|<script(?![^>]*\ssrc=)", RegexOptions.IgnoreCase)]
    private static partial Regex InlineCode();
}
