using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Blog.Content;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Blog.Tests.Site;

/// <summary>In Development pages hear of what is saved and can ask what is wrong with it; in Production there is nothing of that.</summary>
public sealed class LiveTests
{
    [Fact]
    public async Task Production_has_neither_script_nor_anybody_to_ask()
    {
        await using var site = await Publication().Set("Blog:DeskToken", "a secret of the desk").Started();
        foreach (var url in new[] { Permalinks.Changes, Permalinks.Problems + "?path=articles/a.md", "/assets/live.0000000000.js", "/assets/live.0000000000.css", "/js/live/follow.js" })
            Assert.Equal(HttpStatusCode.NotFound, await site.Status(url));
        var page = await site.Text("/articles/a");
        foreach (var trace in new[] { "live", "content-source", "data-stamp", "a.md" }) Assert.DoesNotContain(trace, page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_listener_is_greeted_hears_of_changes_and_is_let_go_when_the_site_stops()
    {
        await using var site = await Publication().In("Development").Set("Blog:Watch", "off").Started();
        using var response = await site.Client.GetAsync(new Uri(Permalinks.Changes, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["identity"], response.Content.Headers.ContentEncoding);
        await using var events = SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());
        var greeting = events.Current;
        Assert.Equal("hello", greeting.EventType);
        Assert.Contains($"data-stamp=\"{Stamp(greeting.Data)}\"", await site.Text("/articles/a"), StringComparison.Ordinal);
        site.Write("articles/a.md", "---\ntitle: A\n---\nOther text, and longer\n");
        await site.Sync();
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("change", events.Current.EventType);
        Assert.NotEqual(Stamp(greeting.Data), Stamp(events.Current.Data));
        site.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.False(await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task Problems_come_with_their_place_and_the_lines_around_it()
    {
        await using var site = await Publication().In("Development").Write("articles/b.md", "---\ntitle: B\nauther: ann\n---\nOne\n\nTwo [away](missing.md) <b>\n\nThree\n").Started();
        var report = JsonDocument.Parse(await site.Text(Permalinks.Problems + "?path=articles/b.md&path=articles/a.md")).RootElement;
        Assert.Equal("/articles/b", report.GetProperty("url").GetString());
        var problems = report.GetProperty("problems").EnumerateArray().ToList();
        Assert.Equal(["error", "warning"], problems.Select(problem => problem.GetProperty("severity").GetString()));
        var link = problems[0];
        Assert.Equal(("articles/b.md", 7, 5), (link.GetProperty("path").GetString(), link.GetProperty("line").GetInt32(), link.GetProperty("column").GetInt32()));
        Assert.Equal(["5 One", "6 ", "7 Two [away](missing.md) <b>", "8 ", "9 Three"], link.GetProperty("excerpt").EnumerateArray().Select(line => $"{line.GetProperty("number").GetInt32()} {line.GetProperty("text").GetString()}"));
        Assert.Equal(7, link.GetProperty("excerpt").EnumerateArray().Single(line => line.GetProperty("isHere").GetBoolean()).GetProperty("number").GetInt32());
    }

    [Theory]
    [InlineData("../secret.md")]
    [InlineData("/etc/passwd")]
    [InlineData("articles/nothing.md")]
    [InlineData("")]
    public async Task Nothing_is_told_of_other_files(string path)
    {
        await using var site = await Publication().In("Development").Started();
        Assert.Equal("""{"url":null,"title":"","problems":[]}""", await site.Text($"{Permalinks.Problems}?path={Uri.EscapeDataString(path)}"));
    }

    [Fact]
    public async Task A_page_says_which_file_it_shows()
    {
        await using var site = await Publication().In("Development").Started();
        Assert.Equal("articles/a.md", (await site.Page("/articles/a")).QuerySelector("meta[name=content-source]")!.GetAttribute("content"));
    }

    private static TestSite Publication() => new TestSite().Write("articles/a.md", "---\ntitle: A\n---\nText\n");

    private static string Stamp(string json) => JsonDocument.Parse(json).RootElement.GetProperty("stamp").GetString()!;
}
