using AngleSharp.Dom;

namespace Blog.Tests.Images;

/// <summary>What becomes of a picture in an article, by how it is written.</summary>
public sealed class PictureMarkupTests : IAsyncLifetime
{
    private readonly TestSite _site = new();

    public async Task InitializeAsync()
    {
        _site.Write("articles/large.jpg", TestPictures.Jpeg(1800, 1200)).Write("articles/small.jpg", TestPictures.Jpeg(200, 100)).Write("articles/face.png", TestPictures.PalettePngWithAlpha(300, 300)).Write("static/cover.jpg", TestPictures.Jpeg(2000, 1000));
        await _site.Started();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task The_first_picture_comes_at_once_and_the_others_when_they_are_near()
    {
        var images = (await Prose("![One](large.jpg)\n\n![Two](small.jpg)\n\n![Three](https://other.example/x.png)")).QuerySelectorAll("img");
        Assert.Equal([("high", null), (null, "lazy"), (null, "lazy")], images.Select(image => (image.GetAttribute("fetchpriority"), image.GetAttribute("loading"))));
        Assert.All(images, image => Assert.Equal("async", image.GetAttribute("decoding")));
    }

    [Fact]
    public async Task Below_a_cover_all_come_when_they_are_near()
    {
        var page = await Page("![One](large.jpg)", "coverImage: /cover.jpg\ncoverImageAlt: A cover");
        var cover = page.QuerySelector(".article-cover img")!;
        Assert.Equal(("high", "A cover", "2000", "1000"), (cover.GetAttribute("fetchpriority"), cover.GetAttribute("alt"), cover.GetAttribute("width"), cover.GetAttribute("height")));
        Assert.NotNull(cover.Closest("picture"));
        Assert.Equal("lazy", page.QuerySelector(".prose img")!.GetAttribute("loading"));
        Assert.Matches("^https://blog.example/media/[0-9a-f]{16}-1200.jpg$", page.QuerySelector("meta[property='og:image']")!.GetAttribute("content"));
        Assert.Equal("600", page.QuerySelector("meta[property='og:image:height']")!.GetAttribute("content"));
        Assert.NotNull((await _site.Page("/")).QuerySelector(".card-cover picture img[width='2000']"));
    }

    [Fact]
    public async Task A_title_becomes_a_caption_where_the_picture_stands_alone()
    {
        var prose = await Prose("![One](large.jpg \"What is *seen* & \\\"said\\\"\")\n\nText ![Two](small.jpg \"A title\") text.\n\n[![Three](small.jpg 'Linked')](https://other.example)\n");
        Assert.Equal(["What is *seen* & \"said\"", "Linked"], prose.QuerySelectorAll("figure > figcaption").Select(caption => caption.TextContent));
        Assert.Equal("A title", prose.QuerySelector("p img")!.GetAttribute("title"));
        Assert.Null(prose.QuerySelector("figure img[title]"));
        Assert.NotNull(prose.QuerySelector("figure > a[href='https://other.example'] img"));
    }

    [Fact]
    public async Task A_picture_that_is_larger_than_shown_leads_to_its_largest_size_unless_it_is_a_link_or_has_no_words()
    {
        var prose = await Prose("![Large](large.jpg)\n\n![Small](small.jpg)\n\n[![Linked](large.jpg)](/)\n\n![](large.jpg)\n\n<Figure src=\"large.jpg\" alt=\"In a figure\" width=\"400\" />\n");
        Assert.Equal(["Large", "In a figure"], prose.QuerySelectorAll("a.zoom img").Select(image => image.GetAttribute("alt")));
        Assert.Matches("^/media/[0-9a-f]{16}-1800.jpg$", prose.QuerySelector("a.zoom")!.GetAttribute("href"));
        Assert.Equal(System.Net.HttpStatusCode.OK, await _site.Status(prose.QuerySelector("a.zoom")!.GetAttribute("href")!));
        Assert.Equal(("400", "267"), (prose.QuerySelector("figure img")!.GetAttribute("width"), prose.QuerySelector("figure img")!.GetAttribute("height")));
    }

    [Fact]
    public async Task Pictures_in_html_are_pictures_too_and_what_their_author_chose_stays()
    {
        var prose = await Prose("<p><img src='large.jpg' alt=\"An &quot;x&quot;\" class=x width=300 height=1></p>\n\n<picture><source srcset=\"small.jpg\" media=\"(width < 9px)\"><img src=\"large.jpg\" alt=\"Own\"></picture>\n\n<img src=\"large.jpg\" srcset=\"small.jpg 2x\" alt=\"Set\">\n");
        var images = prose.QuerySelectorAll("img");
        Assert.Equal(("An \"x\"", "x", "300", "200"), (images[0].GetAttribute("alt"), images[0].GetAttribute("class"), images[0].GetAttribute("width"), images[0].GetAttribute("height")));
        Assert.Equal(2, images[0].ParentElement!.QuerySelectorAll("source").Length);
        Assert.Equal(("picture", "/media/articles/large.jpg", 2), (images[1].ParentElement!.LocalName, images[1].GetAttribute("src"), images[1].ParentElement!.ChildElementCount));
        Assert.NotNull(images[2].GetAttribute("srcset"));
        Assert.Equal("lazy", images[2].GetAttribute("loading"));
    }

    [Theory]
    [InlineData("<b title=\"<img src=/media/articles/large.jpg> onmouseover=alert(1) x=\">text</b>")]
    [InlineData("<b title='<img src=/media/articles/large.jpg>'>text</b>")]
    [InlineData("`<img src=\"/media/articles/large.jpg\">` text")]
    [InlineData("text <!-- <img src=\"/media/articles/large.jpg\"> -->")]
    [InlineData("text <!--> <b><!-- <img src=\"/media/articles/large.jpg\"> --></b>")]
    public async Task What_only_looks_like_a_picture_is_left_alone(string body)
    {
        var prose = await Prose(body + "\n\n![Real](small.jpg)");
        Assert.Equal(["Real"], prose.QuerySelectorAll("img").Select(image => image.GetAttribute("alt")));
        Assert.Contains("text", prose.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(prose.QuerySelectorAll("*"), element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Where_html_is_trusted_scripts_and_their_text_stay_as_they_are()
    {
        _site.Write("site.yml", "title: T\nhtml: trusted\n");
        var html = "<script>const a = '<img src=\"/media/articles/large.jpg\">';</script>\n\n<textarea><img src=\"/media/articles/large.jpg\"></textarea>\n\n<IMG SRC=/media/articles/small.jpg ALT=Real>\n";
        var prose = await Prose(html);
        Assert.Equal("const a = '<img src=\"/media/articles/large.jpg\">';", prose.QuerySelector("script")!.TextContent);
        Assert.Equal("<img src=\"/media/articles/large.jpg\">", prose.QuerySelector("textarea")!.TextContent);
        Assert.Equal(["Real"], prose.QuerySelectorAll("picture img").Select(image => image.GetAttribute("alt")));
    }

    [Fact]
    public async Task Feeds_have_one_whole_address_a_picture()
    {
        await Prose("![Large](large.jpg)\n\n![Small](small.jpg)");
        var feed = await _site.Text("/feed.xml");
        Assert.Contains("src=\"https://blog.example/media/", feed, StringComparison.Ordinal);
        Assert.Contains("-1280.jpg\" alt=\"Large\" width=\"1800\" height=\"1200\"", feed, StringComparison.Ordinal);
        Assert.DoesNotContain("<picture", feed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Avatars_and_the_logo_come_small()
    {
        _site.Write("site.yml", "title: T\nlogo: /cover.jpg\n").Write("authors.yml", "ann:\n  name: Ann\n  bio: Writes.\n  avatar: articles/face.png\n");
        var page = await Page("Text", "author: ann");
        var avatar = page.QuerySelector(".byline .avatar")!;
        Assert.Equal(("40", "40"), (avatar.GetAttribute("width"), avatar.GetAttribute("height")));
        Assert.Equal(["1x", "2x"], PictureTests.Candidates(avatar.ParentElement!.QuerySelector("source")!).Select(candidate => candidate.Width));
        Assert.Null(page.QuerySelector(".site-logo")!.GetAttribute("loading"));
        foreach (var url in page.QuerySelectorAll(".byline source, .site-header source").SelectMany(PictureTests.Candidates).Select(candidate => candidate.Url).Append(avatar.GetAttribute("src")!)) Assert.Equal(System.Net.HttpStatusCode.OK, await _site.Status(url));
        Assert.NotNull((await _site.Page("/authors/ann")).QuerySelector("picture .avatar[width='96']"));
    }

    private async Task<IElement> Prose(string body) => (await Page(body, "")).QuerySelector(".prose")!;

    private async Task<IDocument> Page(string body, string frontMatter)
    {
        _site.Write("articles/a.md", $"---\ntitle: A\ndate: 2024-05-01\n{frontMatter}\n---\n{body}\n");
        await _site.Sync();
        return await _site.Page("/articles/a");
    }
}
