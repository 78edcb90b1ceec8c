using Xunit.Abstractions;

namespace Blog.Tests.Site.Search;

/// <summary>Readers of a real publication find what they mean among the first three.</summary>
public sealed class RelevanceTests(ITestOutputHelper output)
{
    private const double Wanted = 0.9;

    [SkippableFact]
    public async Task Nine_of_ten_queries_have_what_was_meant_among_the_first_three()
    {
        await using var site = await new TestSite().On(SharedFolder.Path("corpus/guides")).Started();
        var queries = (await File.ReadAllLinesAsync(Repository.Path("tests", "Blog.Tests", "Site", "Search", "relevance.txt")))
            .Where(line => line.Contains(" | ", StringComparison.Ordinal) && !line.StartsWith('#')).Select(line => line.Split(" | ")).Select(parts => (Query: parts[0], Url: $"/guides/{Blog.Content.Slug.From(parts[1])}")).ToList();
        Assert.True(queries.Count >= 60);
        var (first, among) = (0, 0);
        foreach (var (query, url) in queries)
        {
            var page = await site.Page("/search?q=" + Uri.EscapeDataString(query));
            var found = page.QuerySelectorAll(".result-title a").Select(link => link.GetAttribute("href")!).ToList();
            var place = found.IndexOf(url);
            if (place == 0) first++;
            if (place is >= 0 and < 3) among++;
            if (place != 0) output.WriteLine($"{query}: {url} is {(place < 0 ? "missing" : $"number {place + 1}")} after {string.Join(", ", found.Take(3))}");
        }

        output.WriteLine($"{queries.Count} queries, first {first}, among the first three {among}");
        Assert.True(among >= Wanted * queries.Count, $"Only {among} of {queries.Count} are among the first three.");
    }
}
