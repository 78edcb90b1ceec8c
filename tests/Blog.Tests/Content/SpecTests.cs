namespace Blog.Tests.Content;

/// <summary>Every example in <c>Specs/*.md</c> says what it says.</summary>
public sealed class SpecTests
{
    private static readonly string Folder = Repository.Path("tests", "Blog.Tests", "Content", "Specs");

    public static TheoryData<string, int> Examples()
    {
        var data = new TheoryData<string, int>();
        foreach (var example in Directory.EnumerateFiles(Folder, "*.md").Order(StringComparer.Ordinal).SelectMany(SpecExample.ReadAll)) data.Add(example.File, example.Line);
        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_true(string file, int line)
    {
        var example = SpecExample.ReadAll(Path.Combine(Folder, file)).Single(candidate => candidate.Line == line);
        var (output, problems) = example.Run();
        if (example.IsMetadata) Assert.Equal(example.Expected, output);
        else Assert.Equal(SpecExample.Normalise(example.Expected), SpecExample.Normalise(output));
        Assert.Equal(example.Problems, problems);
    }
}
