using System.Net;
using Blog.Site.Errors;
using Microsoft.Extensions.DependencyInjection;

namespace Blog.Tests.Site;

/// <summary>An address where nothing is.</summary>
public sealed class NotFoundTests
{
    [Fact]
    public async Task It_suggests_what_was_meant_unless_too_many_ask_at_once()
    {
        await using var site = await new TestSite()
            .Write("articles/harbours.md", "---\ntitle: Harbours at dusk\ndate: 2024-05-01\n---\nSome words.\n")
            .Write("articles/other.md", "---\ntitle: Something else\ndate: 2024-05-02\n---\nSome words.\n")
            .Started();
        Assert.Equal(["/articles/harbours"], await Suggestions(site));

        var looks = site.Services.GetRequiredService<SimilarArticles>().Looks;
        var held = Enumerable.Range(0, 1_000).Select(_ => looks.AttemptAcquire()).TakeWhile(look => look.IsAcquired).ToList();
        Assert.NotEmpty(held);
        Assert.Empty(await Suggestions(site));

        held.ForEach(look => look.Dispose());
        Assert.Equal(["/articles/harbours"], await Suggestions(site));
    }

    private static async Task<IEnumerable<string?>> Suggestions(TestSite site)
    {
        using var response = await site.Client.GetAsync(new Uri("/articles/harbors-at-dusk", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
        return page.QuerySelectorAll(".card-title a").Select(link => link.GetAttribute("href"));
    }
}
