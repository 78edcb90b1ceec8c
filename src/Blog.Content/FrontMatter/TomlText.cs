using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Blog.Content.FrontMatter;

/// <summary>Reads TOML 1.0, the front matter of Zola and Hugo, into the same entries as YAML.</summary>
public static class TomlText
{
    /// <summary>The top-level entries; a line that is not TOML is reported and left out.</summary>
    /// <param name="lines">Without line ends.</param>
    /// <param name="firstLine">The 1-based number that the first line has in its file.</param>
    /// <param name="problems">Receives what was wrong, with lines of the file.</param>
    public static IReadOnlyList<FrontMatterEntry> Read(IReadOnlyList<string> lines, int firstLine, ProblemList problems)
    {
        var document = SyntaxParser.Parse(string.Join('\n', lines) + "\n", null, true);
        foreach (var diagnostic in document.Diagnostics)
            problems.Error(firstLine + diagnostic.Span.Start.Line, diagnostic.Span.Start.Column + 1, "toml-syntax", $"The line is not TOML: {diagnostic.Message}", "Write it as key = \"value\".");
        var entries = Entries(document.KeyValues, firstLine).ToList();
        foreach (var tables in document.Tables.GroupBy(table => table.Name?.ToString().Trim() ?? ""))
        {
            var first = tables.First();
            var (line, column) = Place(first, firstLine);
            var maps = tables.Select(table => (FrontMatterValue)new MapValue(Entries(table.Items, firstLine).ToList(), Place(table, firstLine).Line, Place(table, firstLine).Column)).ToList();
            entries.Add(new FrontMatterEntry(tables.Key, first is TableArraySyntax ? new ListValue(maps, line, column) : maps[0], line, column));
        }

        return entries;
    }

    private static IEnumerable<FrontMatterEntry> Entries(IEnumerable<KeyValueSyntax> items, int firstLine)
    {
        foreach (var item in items)
        {
            if (item.Key is null || item.Value is null) continue;
            var (line, column) = Place(item.Key, firstLine);
            yield return new FrontMatterEntry(KeyOf(item.Key), ValueOf(item.Value, firstLine), line, column);
        }
    }

    private static string KeyOf(KeySyntax key) => key.Key is StringValueSyntax quoted ? quoted.Value ?? "" : key.ToString().Trim();

    private static FrontMatterValue ValueOf(ValueSyntax value, int firstLine)
    {
        var (line, column) = Place(value, firstLine);
        return value switch
        {
            StringValueSyntax text => new ScalarValue(CleanText.Of(text.Value ?? ""), line, column),
            ArraySyntax array => new ListValue(array.Items.Select(item => item.Value).OfType<ValueSyntax>().Select(item => ValueOf(item, firstLine)).ToList(), line, column),
            InlineTableSyntax table => new MapValue(Entries(table.Items.Select(item => item.KeyValue).OfType<KeyValueSyntax>(), firstLine).ToList(), line, column),
            _ => new ScalarValue(CleanText.Of(value.ToString().Trim()), line, column),
        };
    }

    private static (int Line, int Column) Place(SyntaxNode node, int firstLine) => (firstLine + node.Span.Start.Line, node.Span.Start.Column + 1);
}
