using Blog.Export;

namespace Blog.Tests.Commands;

/// <summary>How an export finds what its pages need.</summary>
public sealed class PageScannerTests
{
    [Theory]
    [InlineData("<a href=\"/a\">", "/a")]
    [InlineData("<A HREF='/a'  class=x>", "/a")]
    [InlineData("<a title=\"a > b\" href=/a>", "/a")]
    [InlineData("<img src=\"/a\" srcset=\"/b 1x, /c 2x\">", "/a /b /c")]
    [InlineData("<img srcset=\"data:image/gif;base64,R0 1x\">", "")]
    [InlineData("<video poster=\"/p\"><source src=\"/v\"></video>", "/p /v")]
    [InlineData("<script src=\"/s\">let a = '<a href=\"/no\">';</script><a href=\"/b\">", "/s /b")]
    [InlineData("<!-- <a href=\"/no\"> --><a href=\"/b\">", "/b")]
    [InlineData("<x><![CDATA[<a href=\"/b\">]]></x>", "/b")]
    [InlineData("<meta property=\"og:image\" content=\"https://blog.example/c.png\"><meta name=\"description\" content=\"/no\">", "https://blog.example/c.png")]
    [InlineData("1 < 2 <a href=\"/b\"", "/b")]
    public void Finds_links_in_html(string html, string links) => Assert.Equal(links.Split(' ', StringSplitOptions.RemoveEmptyEntries), PageScanner.Html(html).Links);

    [Fact]
    public void Finds_ids_in_html() => Assert.Equal(["a", "b"], PageScanner.Html("<h2 id=\"a\">x</h2><a name=\"b\"></a><input name=\"c\">").Anchors);

    [Theory]
    [InlineData("a{background:url(/a.png)}b{src:url( \"/b.woff2\" )}", "/a.png /b.woff2")]
    [InlineData("a{background:url(/a.png", "/a.png")]
    [InlineData("a{}", "")]
    public void Finds_links_in_css(string css, string links) => Assert.Equal(links.Split(' ', StringSplitOptions.RemoveEmptyEntries), PageScanner.Css(css).Links);

    [Theory]
    [InlineData("/b#c", "/b", "c")]
    [InlineData("/b?c=d&amp;e#f", "/b", "f")]
    [InlineData("#c", "/x/y", "c")]
    [InlineData("b", "/x/b", "")]
    [InlineData("../b", "/b", "")]
    [InlineData("/a%20b/%E5%8C%97", "/a b/北", "")]
    [InlineData("https://blog.example", "/", "")]
    [InlineData("https://blog.example/b#:~:text=c", "/b", "")]
    public void Resolves_what_is_of_the_site(string link, string path, string fragment) => Assert.Equal((path, fragment), new LinkResolver("https://blog.example").Resolve(link, "/x/y"));

    [Theory]
    [InlineData("https://blog.example.org/b")]
    [InlineData("//cdn.example/b")]
    [InlineData("mailto:a@b.example")]
    [InlineData("data:text/plain,x")]
    public void Leaves_what_is_elsewhere(string link) => Assert.Null(new LinkResolver("https://blog.example").Resolve(link, "/x/y"));
}
