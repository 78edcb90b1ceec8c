using System.Net;
using System.Text;
using System.Xml.Linq;

namespace Blog.Tests.Images;

/// <summary>SVG drawings: their size, and what is taken out of them.</summary>
public sealed class DrawingTests
{
    private static readonly string[] Harmful =
    [
        "<script>alert(1)</script>",
        "<script xlink:href='https://evil.example/x.js'/>",
        "<g onload='alert(1)' onClick='alert(1)' ONLOAD='alert(1)'/>",
        "<a href='javascript:alert(1)'><text>x</text></a>",
        "<a xlink:href=' java&#10;script:alert(1)'><text>x</text></a>",
        "<image href='https://evil.example/x.png'/>",
        "<image xlink:href='data:image/svg+xml;base64,PHN2Zy8+'/>",
        "<image href='data:text/html,alert(1)'/>",
        "<use href='https://evil.example/x.svg#a'/>",
        "<use xlink:href='data:image/svg+xml,alert(1)#a'/>",
        "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='https://evil.example'/></foreignObject>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><img src='x' onerror='alert(1)'/></body></foreignObject>",
        "<foreignObject><div xmlns='http://www.w3.org/1999/xhtml' onclick='alert(1)' style='background:url(https://evil.example)'>x</div></foreignObject>",
        "<style>@import 'https://evil.example/x.css'; rect { fill: url(https://evil.example/#a) }</style>",
        "<style>@im\\port 'https://evil.example/x.css'; rect { fill: u\\72l(https://evil.example/#a) }</style>",
        "<style>@im/**/port 'x'; rect { fill: url( \"https://evil.example\" ) }</style>",
        "<style><![CDATA[ rect { background: image-set('https://evil.example/x.png' 1x) } ]]></style>",
        "<rect fill='url(https://evil.example/#a)' style='fill: url(//evil.example)'/>",
        "<set attributeName='href' to='javascript:alert(1)'/>",
        "<animate attributeName='xlink:href' values='javascript:alert(1)'/>",
        "<animate attributeName='onclick' to='alert(1)'/>",
        "<handler xmlns='http://www.w3.org/2001/xml-events' type='alert(1)'/>",
        "<x:script xmlns:x='http://www.w3.org/2000/svg'>alert(1)</x:script>",
        "<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
        "<?xml-stylesheet href='https://evil.example/x.css'?><!-- https://evil.example -->",
    ];

    [Theory]
    [InlineData("width='400' height='300'", "400", "300")]
    [InlineData("viewBox='0 0 640 480'", "640", "480")]
    [InlineData("viewBox='0,0,640,480' width='100%'", "640", "480")]
    [InlineData("viewBox='0 0 640 480' width='320'", "320", "240")]
    [InlineData("width='10cm' height='2in'", "378", "192")]
    [InlineData("width='1e3px' height='.5E3'", "1000", "500")]
    [InlineData("width='0' height='0'", null, null)]
    [InlineData("width='NaN' height='1e999' viewBox='0 0 -1 x'", null, null)]
    [InlineData("", null, null)]
    public async Task A_drawing_has_the_size_that_it_says(string attributes, string? width, string? height)
    {
        await using var site = await PictureTests.Started("![A drawing](d.svg)", ("d.svg", Encoding.UTF8.GetBytes($"<svg xmlns='http://www.w3.org/2000/svg' {attributes}><rect width='9' height='9'/></svg>")));
        var image = (await site.Page("/articles/a")).QuerySelector(".prose img")!;
        Assert.Equal((width, height), (image.GetAttribute("width"), image.GetAttribute("height")));
        Assert.Matches("^/media/[0-9a-f]{16}\\.svg$", image.GetAttribute("src"));
        Assert.Equal(width is null ? ["picture-without-size"] : [], (await site.Problems()).Select(problem => problem.Code));
    }

    [Fact]
    public async Task What_could_run_or_be_fetched_is_taken_out()
    {
        await using var site = await PictureTests.Started(string.Join("\n\n", Harmful.Select((_, i) => $"![A drawing]({i}.svg)")), [.. Harmful.Select((harm, i) => ($"{i}.svg", Encoding.UTF8.GetBytes(Whole($"<g id='before'/>{harm}<rect id='after' fill='url(#before)' style='stroke: url(#before)'/>"))))]);
        var urls = (await site.Page("/articles/a")).QuerySelectorAll(".prose img").Select(image => image.GetAttribute("src")!).ToList();
        Assert.Equal(Harmful.Length, urls.Distinct().Count());
        foreach (var (url, harm) in urls.Zip(Harmful))
        {
            var (text, type, policy) = await Served(site, url);
            Assert.False(text.Contains("alert", StringComparison.Ordinal) || text.Contains("evil", StringComparison.Ordinal) || text.Contains("import", StringComparison.Ordinal), $"{harm}: {text}");
            Assert.Equal(["before", "after"], XDocument.Parse(text).Descendants().Select(element => (string?)element.Attribute("id")).Where(id => id is "before" or "after"));
            Assert.Contains("url(#before)", text, StringComparison.Ordinal);
            Assert.Equal("image/svg+xml", type);
            Assert.Equal("default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox", policy);
        }
    }

    [Fact]
    public async Task What_is_drawn_stays()
    {
        const string drawn = """
            <title>A chart</title><defs><linearGradient id="g"><stop offset="0" stop-color="#f00"/></linearGradient><filter id="f"><feGaussianBlur stdDeviation="2"/></filter></defs>
            <style>text { font: 12px sans-serif; fill: url(#g) }</style><g transform="rotate(4)" filter="url(#f)"><path d="M0 0 L 9 9"/><use href="#g"/><use xlink:href="#f"/>
            <text x="1" xml:space="preserve">Größe &lt; 3 <tspan dy="2">π</tspan></text><image href="data:image/png;base64,iVBORw0KGgo=" width="1"/>
            <animate attributeName="opacity" values="0;1" dur="1s"/><switch><foreignObject><div xmlns="http://www.w3.org/1999/xhtml" style="color: red">Label<br/></div></foreignObject><text>Label</text></switch></g>
            """;
        await using var site = await PictureTests.Started("![A drawing](d.svg)", ("d.svg", Encoding.UTF8.GetBytes(Whole(drawn))));
        var (text, _, _) = await Served(site, (await site.Page("/articles/a")).QuerySelector(".prose img")!.GetAttribute("src")!);
        Assert.True(XNode.DeepEquals(XDocument.Parse(Whole(drawn)).Root, XDocument.Parse(text).Root), text);
    }

    [Fact]
    public async Task A_drawing_that_expands_to_gigabytes_does_not()
    {
        var bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaaaaaaaa'>" + string.Concat(Enumerable.Range(1, 20).Select(i => $"<!ENTITY a{i} '{string.Concat(Enumerable.Repeat(i == 1 ? "&a;" : $"&a{i - 1};", 10))}'>")) + "]><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><text>&a20;</text></svg>";
        await using var site = await PictureTests.Started("![A drawing](d.svg)", ("d.svg", Encoding.UTF8.GetBytes(bomb)));
        Assert.Equal(["broken-picture"], (await site.Problems()).Select(problem => problem.Code));
        Assert.Equal(HttpStatusCode.OK, await site.Status("/articles/a"));
    }

    [Fact]
    public async Task Link_previews_show_a_drawing_as_png()
    {
        await using var site = new TestSite().Write("articles/d.svg", Encoding.UTF8.GetBytes(Whole("<rect width='640' height='320' fill='#00f'/>"))).Write("articles/a.md", "---\ntitle: A\ncoverImage: d.svg\n---\nText\n");
        await site.Started();
        var page = await site.Page("/articles/a");
        string? Meta(string name) => page.QuerySelector($"meta[property='{name}']")?.GetAttribute("content");
        Assert.Equal(("1200", "600"), (Meta("og:image:width"), Meta("og:image:height")));
        Assert.Matches("^https://blog\\.example/media/[0-9a-f]{16}-1200\\.png$", Meta("og:image"));
        using var image = NetVips.Image.NewFromBuffer(await site.Client.GetByteArrayAsync(new Uri(Meta("og:image")!["https://blog.example".Length..], UriKind.Relative)));
        Assert.Equal((1200, 600), (image.Width, image.Height));
        Assert.True(image.Getpoint(600, 300) is [< 30, < 30, > 220, ..]);
    }

    private static string Whole(string inner) => $"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 640 320\">{inner}</svg>";

    private static async Task<(string Text, string Type, string Policy)> Served(TestSite site, string url)
    {
        using var response = await site.Client.GetAsync(new Uri(url, UriKind.Relative));
        return (await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType!.MediaType!, response.Headers.GetValues("Content-Security-Policy").Single());
    }
}
