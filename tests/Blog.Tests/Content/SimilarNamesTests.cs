using System.Diagnostics;
using Blog.Content;

namespace Blog.Tests.Content;

/// <summary>Names that are probably one.</summary>
public sealed class SimilarNamesTests
{
    [Theory]
    [InlineData("api", "apis")]
    [InlineData("category", "categories")]
    [InlineData("box", "boxes")]
    [InlineData("release", "releases")]
    [InlineData("javascript", "javascrpt")]
    [InlineData("graphql", "grapqhl")]
    [InlineData("webapi", "webapis")]
    [InlineData("kubernetes", "kubernettes")]
    public void A_plural_and_a_slip_make_a_pair(string one, string other) => Assert.Equal([string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one)], SimilarNames.Pairs([one, other, "something-else"]));

    [Theory]
    [InlineData("java", "lava")]
    [InlineData("css", "js")]
    [InlineData("dotnet8", "dotnet9")]
    [InlineData("es2015", "es2016")]
    [InlineData("release1", "release11")]
    [InlineData("react", "redux")]
    public void Short_words_and_numbers_may_differ_by_little(string one, string other) => Assert.Empty(SimilarNames.Pairs([one, other]));

    [Fact]
    public void Thousands_of_names_take_no_time_even_when_they_are_made_to()
    {
        var clock = Stopwatch.StartNew();
        var names = Enumerable.Range(0, 5000).Select(i => $"tag-{i:x}-{i % 7}")
            .Concat(Enumerable.Range(0, 5000).Select(i => "name" + (char)('一' + i)))
            .Concat(Enumerable.Range(1, 300).Select(i => new string('a', i))).ToList();
        Assert.InRange(SimilarNames.Pairs(names).Count, 0, 500);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }
}
