using System.Net;
using AngleSharp.Html.Parser;

namespace Blog.Tests.Site.Desk;

/// <summary>Who gets to the desk, and who does not even learn that there is one.</summary>
public sealed class LoginTests
{
    private const string Token = "a token of more than sixteen characters";

    private static readonly string[] Addresses = ["/desk", "/desk/login", "/desk/problems", "/desk/events", "/desk/redirects/aliases.yml"];

    [Fact]
    public async Task Without_a_token_there_is_no_desk_outside_of_development()
    {
        await using var site = await new TestSite().Started();
        using var unknown = await site.Client.GetAsync(new Uri("/no-such-page", UriKind.Relative));
        foreach (var address in Addresses)
        {
            using var answer = await site.Client.GetAsync(new Uri(address, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal(unknown.Headers.Select(header => header.Key).Order(), answer.Headers.Select(header => header.Key).Order());
            Assert.Equal(unknown.Headers.CacheControl!.ToString(), answer.Headers.CacheControl!.ToString());
        }

        Assert.False(Directory.Exists(Path.Combine(site.DataPath, "keys")));
    }

    [Fact]
    public void A_short_token_stops_the_start()
    {
        BlogOptions With(string token) => new() { ContentPath = Path.GetTempPath(), DeskToken = token };
        Assert.Contains("Blog__DeskToken", new BlogOptionsCheck().Validate(null, With("fifteen letters")).FailureMessage, StringComparison.Ordinal);
        Assert.True(new BlogOptionsCheck().Validate(null, With("sixteen letters.")).Succeeded);
        Assert.True(new BlogOptionsCheck().Validate(null, With("")).Succeeded);
    }

    [Fact]
    public async Task The_token_opens_the_page_that_was_asked_for_until_one_logs_out()
    {
        await using var site = await new TestSite().Set("Blog:DeskToken", Token).Started();
        using var asked = await site.Client.GetAsync(new Uri("/desk/problems?q=x", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        Assert.Equal("/desk/login?returnUrl=%2Fdesk%2Fproblems%3Fq%3Dx", asked.Headers.Location!.ToString());
        Assert.Equal("no-store", asked.Headers.CacheControl!.ToString());

        using (var wrong = await Post(site, asked.Headers.Location.ToString(), "/desk/login", ("token", "a token of more than sixteen letters")))
        {
            Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
            Assert.Contains("That is not the token.", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Redirect, await site.Status("/desk"));
        }

        using var entered = await Post(site, asked.Headers.Location.ToString(), "/desk/login", ("token", Token));
        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
        Assert.Equal("/desk/problems?q=x", entered.Headers.Location!.ToString());
        var cookie = entered.Headers.GetValues("Set-Cookie").Single(header => header.StartsWith("desk=", StringComparison.Ordinal)).ToLowerInvariant();
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/desk", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("; secure", cookie, StringComparison.Ordinal);
        foreach (var room in Blog.Site.Desk.DeskRoom.All) Assert.Equal(HttpStatusCode.OK, await site.Status(room.Path));
        // Who is in is not asked again.
        using (var again = await site.Client.GetAsync(new Uri("/desk/login?returnUrl=/desk/terms", UriKind.Relative))) Assert.Equal("/desk/terms", again.Headers.Location?.ToString());

        using var left = await Post(site, "/desk", "/desk/login/end");
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, await site.Status("/desk"));
    }

    [Fact]
    public async Task Over_https_the_session_goes_over_nothing_else()
    {
        await using var site = await new TestSite().Set("Blog:DeskToken", Token).Started();
        site.Client.BaseAddress = new Uri("https://localhost");
        using var entered = await Post(site, "/desk/login", "/desk/login", ("token", Token));
        Assert.Contains(entered.Headers.GetValues("Set-Cookie"), header => header.StartsWith("desk=", StringComparison.Ordinal) && header.Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/desk")]
    [InlineData("/\\evil.example/desk")]
    [InlineData("/desk/../articles")]
    [InlineData("/desktop")]
    [InlineData("/desk/login?returnUrl=/desk/login")]
    [InlineData("")]
    public async Task A_login_leads_nowhere_but_to_the_desk(string url)
    {
        await using var site = await new TestSite().Set("Blog:DeskToken", Token).Started();
        using var entered = await Post(site, "/desk/login?returnUrl=" + Uri.EscapeDataString(url), "/desk/login", ("token", Token));
        Assert.Equal("/desk", entered.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_form_that_the_site_did_not_hand_out_is_refused()
    {
        await using var site = await new TestSite().Set("Blog:DeskToken", Token).Started();
        using var form = new FormUrlEncodedContent([new("token", Token)]);
        using var answer = await site.Client.PostAsync(new Uri("/desk/login", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);

        await using var open = await new TestSite().In("Development").Started();
        using var nothing = new FormUrlEncodedContent([]);
        using var confirmed = await open.Client.PostAsync(new Uri("/desk/deletions", UriKind.Relative), nothing);
        Assert.Equal(HttpStatusCode.BadRequest, confirmed.StatusCode);
    }

    [Fact]
    public async Task A_token_can_be_tried_five_times_a_minute()
    {
        await using var site = await new TestSite().Set("Blog:DeskToken", Token).Started();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await Post(site, "/desk/login", "/desk/login", ("token", $"a guess number {i} at the token"));
            Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        }

        using var sixth = await Post(site, "/desk/login", "/desk/login", ("token", Token));
        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.StatusCode);
        Assert.InRange(sixth.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("Please try again in", await sixth.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_survives_a_restart_and_ends_with_its_token()
    {
        var data = Directory.CreateTempSubdirectory("blog-test-data-").FullName;
        try
        {
            string cookie;
            await using (var first = await new TestSite().Set("Blog:DeskToken", Token).Set("Blog:DataPath", data).Started())
            {
                using var entered = await Post(first, "/desk/login", "/desk/login", ("token", Token));
                cookie = entered.Headers.GetValues("Set-Cookie").Single(header => header.StartsWith("desk=", StringComparison.Ordinal)).Split(';')[0];
            }

            await using (var second = await new TestSite().Set("Blog:DeskToken", Token).Set("Blog:DataPath", data).Started())
                Assert.Equal(HttpStatusCode.OK, await StatusWith(second, cookie));
            await using (var third = await new TestSite().Set("Blog:DeskToken", Token + " of today").Set("Blog:DataPath", data).Started())
                Assert.Equal(HttpStatusCode.Redirect, await StatusWith(third, cookie));
        }
        finally
        {
            Directory.Delete(data, true);
        }
    }

    private static async Task<HttpStatusCode> StatusWith(TestSite site, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/desk", UriKind.Relative));
        request.Headers.Add("Cookie", cookie);
        using var answer = await site.Client.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Opens a page and sends a form with what the page hides in its own.</summary>
    internal static async Task<HttpResponseMessage> Post(TestSite site, string page, string action, params (string Name, string Value)[] fields)
    {
        using var opened = await site.Client.GetAsync(new Uri(page, UriKind.Relative));
        var document = await new HtmlParser().ParseDocumentAsync(await opened.Content.ReadAsStringAsync());
        var hidden = document.QuerySelector($"form[action='{action}']")!.QuerySelectorAll("input[type=hidden]").Select(input => new KeyValuePair<string, string>(input.GetAttribute("name")!, input.GetAttribute("value") ?? ""));
        using var form = new FormUrlEncodedContent([.. hidden, .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))]);
        return await site.Client.PostAsync(new Uri(action, UriKind.Relative), form);
    }
}
