using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using NetVips;

namespace Blog.Tests.Images;

/// <summary>Pictures of all kinds, as pages show them and as they are served.</summary>
public sealed class PictureTests
{
    private static readonly Dictionary<string, (Func<byte[]> File, string Fallback)> StillFiles = new()
    {
        ["photo.jpg"] = (() => TestPictures.Jpeg(720, 480), "jpg"),
        ["progressive.jpg"] = (() => TestPictures.ProgressiveJpeg(720, 480), "jpg"),
        ["cmyk.jpg"] = (() => TestPictures.CmykJpeg(720, 480), "jpg"),
        ["grey.jpeg"] = (() => TestPictures.GreyJpeg(720, 480), "jpg"),
        ["drawn.png"] = (() => TestPictures.Png(720, 480), "png"),
        ["deep.png"] = (() => TestPictures.Png16(720, 480), "png"),
        ["palette.png"] = (() => TestPictures.PalettePngWithAlpha(720, 480), "png"),
        ["web.webp"] = (() => TestPictures.WebP(720, 480), "jpg"),
        ["av.avif"] = (() => TestPictures.Avif(720, 480), "jpg"),
        ["still.gif"] = (() => TestPictures.Gif(720, 480), "png"),
        ["CAPITALS.JPG"] = (() => TestPictures.Jpeg(720, 480), "jpg"),
        ["with space.jpg"] = (() => TestPictures.Jpeg(720, 480), "jpg"),
        ["50% größer, 写真 (1)+[2].jpg"] = (() => TestPictures.Jpeg(720, 480), "jpg"),
    };

    public static TheoryData<string> Stills() => new(StillFiles.Keys);

    [Theory]
    [MemberData(nameof(Stills))]
    public async Task A_still_picture_is_offered_in_all_formats_and_widths(string name)
    {
        var (file, fallback) = (StillFiles[name].File(), StillFiles[name].Fallback);
        await using var site = await Started($"![A picture]({Uri.EscapeDataString(name)})", (name, file));
        Assert.Empty(await site.Problems());
        var page = await site.Page("/articles/a");
        var image = (IHtmlImageElement)page.QuerySelector(".prose img")!;
        Assert.Equal(("720", "480", "A picture", "async"), (image.GetAttribute("width"), image.GetAttribute("height"), image.AlternativeText, image.GetAttribute("decoding")));
        Assert.Equal(["image/avif", "image/webp"], image.ParentElement!.QuerySelectorAll("source").Select(source => source.GetAttribute("type")));
        Assert.Equal(name == "palette.png", image.GetAttribute("data-tone") is null);
        Assert.EndsWith("." + fallback, image.GetAttribute("src"), StringComparison.Ordinal);
        foreach (var source in image.ParentElement.QuerySelectorAll("source"))
        {
            Assert.Equal(["320w", "480w", "640w", "720w"], Candidates(source).Select(candidate => candidate.Width));
            foreach (var (url, width) in Candidates(source).Where(candidate => candidate.Width == "480w"))
            {
                using var variant = await Fetch(site, url, source.GetAttribute("type")!);
                Assert.Equal((int.Parse(width.TrimEnd('w'), null), int.Parse(width.TrimEnd('w'), null) * 2 / 3), (variant.Width, variant.Height));
                Assert.Equal(name == "palette.png", variant.HasAlpha());
                AssertLooksRight(variant, name);
            }
        }

        using var plain = await Fetch(site, image.GetAttribute("src")!, "image/" + fallback.Replace("jpg", "jpeg", StringComparison.Ordinal));
        Assert.Equal(720, plain.Width);
        AssertLooksRight(plain, name);
    }

    [Fact]
    public async Task A_picture_is_turned_upright_and_says_nothing_of_where_it_was_taken()
    {
        await using var site = await Started("![Upright](turned.jpg)", ("turned.jpg", TestPictures.Jpeg(600, 400, 6, true)));
        var image = (await site.Page("/articles/a")).QuerySelector(".prose img")!;
        Assert.Equal(("400", "600"), (image.GetAttribute("width"), image.GetAttribute("height")));
        foreach (var url in image.ParentElement!.QuerySelectorAll("source").Select(source => Candidates(source)[0].Url).Append(image.GetAttribute("src")!))
        {
            var bytes = await site.Client.GetByteArrayAsync(new Uri(url, UriKind.Relative));
            using var variant = Image.NewFromBuffer(bytes);
            Assert.True(variant.Height > variant.Width);
            // Turned clockwise: what was to the left is above.
            Assert.True(variant.Getpoint(variant.Width / 2, 10)[0] > variant.Getpoint(variant.Width / 2, variant.Height - 10)[0] + 60);
            Assert.DoesNotContain(variant.GetFields(), field => field.StartsWith("exif", StringComparison.Ordinal) || field.StartsWith("xmp", StringComparison.Ordinal) || field == "icc-profile-data");
            Assert.False(bytes.AsSpan().IndexOf("SecretCamera"u8) >= 0);
        }
    }

    private static readonly Dictionary<string, Func<byte[]>> MovieFiles = new()
    {
        ["moving.gif"] = () => TestPictures.AnimatedGif(400, 300),
        ["moving.webp"] = () => TestPictures.AnimatedWebP(400, 300),
        ["moving.png"] = () => TestPictures.AnimatedPng(400, 300),
    };

    public static TheoryData<string> Movies() => new(MovieFiles.Keys);

    [Theory]
    [MemberData(nameof(Movies))]
    public async Task A_moving_picture_goes_on_moving(string name)
    {
        var file = MovieFiles[name]();
        await using var site = await Started($"![It moves]({name})", (name, file));
        var image = (await site.Page("/articles/a")).QuerySelector(".prose img")!;
        Assert.Equal(("400", "300"), (image.GetAttribute("width"), image.GetAttribute("height")));
        Assert.Null(image.Closest("picture"));
        Assert.Equal(file, await site.Client.GetByteArrayAsync(new Uri(image.GetAttribute("src")!, UriKind.Relative)));
        Assert.Equal(HttpStatusCode.NotFound, await site.Status(image.GetAttribute("src")!.Replace(Path.GetExtension(name), "-320.avif", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Only_what_pages_ask_for_can_be_asked_for()
    {
        await using var site = await Started("![A picture](photo.jpg)", ("photo.jpg", TestPictures.Jpeg(720, 480)));
        var url = (await site.Page("/articles/a")).QuerySelector(".prose img")!.GetAttribute("src")!;
        var hash = url["/media/".Length..][..16];
        foreach (var name in new[] { $"{hash}-321.avif", $"{hash}-720.jpeg", $"{hash}-0320.avif", $"{hash}-0.avif", $"{hash}-99999.avif", $"{hash}-999999999999.avif", $"{hash}-1920.avif", $"{hash}-320.jpg", $"{hash}-320.png", $"{hash}-320.gif", $"{hash}-320.svg", $"{hash}.jpg", $"{hash}.svg", $"{hash[..15]}-320.avif", $"{new string('0', 16)}-320.avif", $"{hash}-320.avif.tmp", $"{hash}-320", hash, "%2e%2e-320.avif" })
        {
            Assert.True(await site.Status("/media/" + name) == HttpStatusCode.NotFound, name);
        }

        Assert.False(Directory.Exists(Path.Combine(site.DataPath, "images")));
        Assert.Equal(HttpStatusCode.OK, await site.Status($"/media/{hash}-320.avif"));
        Assert.Equal(HttpStatusCode.OK, await site.Status("/media/articles/photo.jpg"));
    }

    /// <summary>Browsers put a picture that is opened by itself on a page of their own, with styles in it.</summary>
    [Fact]
    public async Task A_picture_by_itself_lets_the_browser_style_its_page_and_runs_nothing()
    {
        await using var site = await Started("![A picture](photo.jpg)", ("photo.jpg", TestPictures.Jpeg(700, 500)));
        site.Write("static/logo.png", TestPictures.Png(40, 40));
        var image = (await site.Page("/articles/a")).QuerySelector(".prose img")!;
        foreach (var url in new[] { image.GetAttribute("src")!, "/media/articles/photo.jpg", "/logo.png" })
        {
            using var answer = await site.Client.GetAsync(new Uri(url, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        }
    }

    /// <summary>Asked for with whatever is no page.</summary>
    [Fact]
    public async Task The_icon_is_found_where_browsers_look_for_it_unless_the_author_has_one_there()
    {
        await using var site = await Started("Words");
        var icon = (await site.Page("/articles/a")).QuerySelector("link[rel=icon]")!.GetAttribute("href")!;
        using (var answer = await site.Client.GetAsync(new Uri("/favicon.ico", UriKind.Relative)))
        {
            Assert.Equal((HttpStatusCode.Redirect, icon), (answer.StatusCode, answer.Headers.Location!.OriginalString));
            Assert.Contains("s-maxage=5", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }

        site.Write("static/favicon.ico", TestPictures.Png(16, 16));
        Assert.Equal(HttpStatusCode.OK, await site.Status("/favicon.ico"));
    }

    [Fact]
    public async Task A_variant_is_kept_and_may_be_kept_for_ever()
    {
        await using var site = await Started("![A picture](photo.jpg)", ("photo.jpg", TestPictures.Jpeg(700, 500)));
        var url = Candidates((await site.Page("/articles/a")).QuerySelector(".prose source")!)[0].Url;
        using var head = await site.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        Assert.Equal((HttpStatusCode.OK, "image/avif"), (head.StatusCode, head.Content.Headers.ContentType!.MediaType));
        Assert.Equal("public, max-age=31536000, immutable", head.Headers.CacheControl!.ToString());
        Assert.Equal(head.Content.Headers.ContentLength, (await site.Client.GetByteArrayAsync(new Uri(url, UriKind.Relative))).Length);
        var again = new HttpRequestMessage(HttpMethod.Get, url);
        again.Headers.IfNoneMatch.Add(head.Headers.ETag!);
        using var unchanged = await site.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        var part = new HttpRequestMessage(HttpMethod.Get, url);
        part.Headers.Range = new System.Net.Http.Headers.RangeHeaderValue(0, 9);
        using var some = await site.Client.SendAsync(part);
        Assert.Equal((HttpStatusCode.PartialContent, 10L), (some.StatusCode, some.Content.Headers.ContentLength));
        Assert.Single(Directory.GetFiles(Path.Combine(site.DataPath, "images"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_picture_that_is_replaced_gets_other_addresses_and_one_that_is_gone_none()
    {
        await using var site = await Started("![A picture](photo.jpg)", ("photo.jpg", TestPictures.Jpeg(700, 500)));
        var before = (await site.Page("/articles/a")).QuerySelector(".prose img")!.GetAttribute("src")!;
        var version = site.Catalogue.State.Version;
        site.Write("articles/photo.jpg", TestPictures.Jpeg(640, 640));
        await site.Sync();
        var image = (await site.Page("/articles/a")).QuerySelector(".prose img")!;
        Assert.NotEqual(before, image.GetAttribute("src"));
        Assert.Equal(("640", "640"), (image.GetAttribute("width"), image.GetAttribute("height")));
        Assert.NotEqual(version, site.Catalogue.State.Version);
        Assert.Equal(HttpStatusCode.NotFound, await site.Status(before));
        Assert.Equal(HttpStatusCode.OK, await site.Status(image.GetAttribute("src")!));
        File.Delete(Path.Combine(site.ContentPath, "articles/photo.jpg"));
        await site.Sync();
        var gone = (await site.Page("/articles/a")).QuerySelector(".prose img")!;
        Assert.Equal("/media/articles/photo.jpg", gone.GetAttribute("src"));
        Assert.Equal(HttpStatusCode.NotFound, await site.Status("/media/articles/photo.jpg"));
        Assert.Contains(await site.Problems(), problem => problem.Code == "missing-file");
    }

    private static readonly Dictionary<string, (Func<byte[]> File, string Code, string Message)> BrokenFiles = new()
    {
        ["empty.png"] = (() => [], "broken-picture", "The file is empty."),
        ["text.png"] = (() => "not really a picture"u8.ToArray(), "broken-picture", "The file is no picture that can be read."),
        ["lfs.jpg"] = (() => "version https://git-lfs.github.com/spec/v1\noid sha256:0\n"u8.ToArray(), "broken-picture", "The file is a pointer of Git LFS and not the picture itself."),
        ["phone.jpg"] = (() => [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "heicmif1"u8], "broken-picture", "The file is HEIC, which few browsers show."),
        ["head-only.png"] = (() => TestPictures.Png(300, 200)[..20], "broken-picture", "The picture can't be read: "),
        ["truncated.jpg"] = (() => TestPictures.Jpeg(700, 500)[..9000], "broken-picture", "The picture can't be read to its end: "),
        ["truncated.png"] = (() => TestPictures.Png(300, 200)[..20000], "broken-picture", "The picture can't be read to its end: "),
        ["large-truncated.png"] = (() => TestPictures.HalfOfLargePng(), "broken-picture", "The picture can't be read to its end: "),
        ["bomb.png"] = (() => TestPictures.Bomb(50_000, 50_000), "picture-too-large", "The picture has 50000 × 50000 pixels; "),
        ["really.jpg"] = (() => TestPictures.Png(300, 200), "picture-extension", "The file is PNG, but its name ends in .jpg."),
        ["broken.svg"] = (() => "<svg xmlns='http://www.w3.org/2000/svg'><g>"u8.ToArray(), "broken-picture", "The picture can't be read: "),
        ["other.svg"] = (() => "<?xml version='1.0'?><note/>"u8.ToArray(), "broken-picture", "The picture can't be read: Its outermost element is not svg"),
    };

    public static TheoryData<string> Broken() => new(BrokenFiles.Keys);

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_picture_is_a_problem_and_no_crash(string name)
    {
        var (make, code, message) = BrokenFiles[name];
        var file = make();
        await using var site = await Started($"![A picture]({name})\n\n![Another](good.jpg)", (name, file), ("good.jpg", TestPictures.Jpeg(700, 500)));
        var problem = Assert.Single(await site.Problems());
        Assert.Equal(("articles/" + name, 1, code), (problem.Path, problem.Line, problem.Code));
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.NotNull(problem.Suggestion);
        var images = (await site.Page("/articles/a")).QuerySelectorAll(".prose img");
        Assert.Equal(code != "picture-extension", images[0].GetAttribute("src") == "/media/articles/" + name);
        Assert.NotNull(images[1].Closest("picture"));
        Assert.Equal(HttpStatusCode.OK, await site.Status(images[0].GetAttribute("src")!));
        // A look at the whole folder does not forget what is wrong with a file that stayed the same.
        site.Write("articles/b.md", "---\ntitle: B\n---\nText\n");
        await site.Sync();
        Assert.Single(await site.Problems());
    }

    [Fact]
    public async Task Many_who_ask_for_the_same_have_it_made_once()
    {
        await using var site = await Started("![A picture](photo.jpg)", ("photo.jpg", TestPictures.Jpeg(720, 480)));
        var urls = (await site.Page("/articles/a")).QuerySelectorAll(".prose source").SelectMany(Candidates).Select(candidate => candidate.Url).ToList();
        var statuses = await Task.WhenAll(urls.SelectMany(url => Enumerable.Repeat(url, 6)).Select(site.Status));
        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(urls.Count, Directory.GetFiles(Path.Combine(site.DataPath, "images"), "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task Without_room_or_a_folder_to_write_pictures_are_served_all_the_same_and_health_says_so()
    {
        await using var site = new TestSite().Write("articles/a.md", "---\ntitle: A\n---\n![A picture](photo.jpg)\n").Write("articles/photo.jpg", TestPictures.Jpeg(700, 500));
        Directory.CreateDirectory(site.DataPath);
        // A file where the folder should be: not even root can write there.
        await File.WriteAllTextAsync(Path.Combine(site.DataPath, "images"), "");
        await site.Started();
        var url = Candidates((await site.Page("/articles/a")).QuerySelector(".prose source")!)[0].Url;
        Assert.Equal(HttpStatusCode.OK, await site.Status(url));
        Assert.Equal(HttpStatusCode.OK, await site.Status(url));
        Assert.Contains("Pictures can", await site.Text("/health/ready"), StringComparison.Ordinal);
        File.Delete(Path.Combine(site.DataPath, "images"));
        Assert.Equal(HttpStatusCode.OK, await site.Status(url));
        Assert.DoesNotContain("Pictures can", await site.Text("/health/ready"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cache_keeps_to_its_limit_and_those_used_last_stay()
    {
        await using var site = new TestSite().Set("Blog:ImageCacheMegabytes", "1").Write("articles/photo.png", TestPictures.Png(1200, 800)).Write("articles/a.md", "---\ntitle: A\n---\n![A picture](photo.png)\n");
        await site.Started();
        var image = (await site.Page("/articles/a")).QuerySelector(".prose img")!;
        foreach (var url in image.ParentElement!.QuerySelectorAll("source").SelectMany(Candidates).Select(candidate => candidate.Url).Append(image.GetAttribute("src")!)) Assert.Equal(HttpStatusCode.OK, await site.Status(url));
        var folder = new DirectoryInfo(Path.Combine(site.DataPath, "images"));
        foreach (var file in folder.GetFiles("*", SearchOption.AllDirectories)) file.LastWriteTimeUtc = file.LastWriteTimeUtc.AddDays(-9);
        var used = Candidates(image.ParentElement.QuerySelector("source")!)[0].Url;
        await site.Status(used);
        site.Write("articles/other.png", TestPictures.Png(800, 600)).Write("articles/a.md", "---\ntitle: A\n---\n![A picture](other.png)\n");
        await site.Sync();
        Assert.Equal(HttpStatusCode.OK, await site.Status((await site.Page("/articles/a")).QuerySelector(".prose img")!.GetAttribute("src")!));
        Assert.True(folder.GetFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) <= 1024 * 1024);
        Assert.True(File.Exists(Path.Combine(folder.FullName, used["/media/".Length..][..2], used["/media/".Length..])));
    }

    [Fact]
    public async Task The_same_content_gives_the_same_page_whatever_has_been_made()
    {
        (string, byte[])[] files = [("photo.jpg", TestPictures.Jpeg(720, 480)), ("drawn.png", TestPictures.Png(300, 200))];
        await using var one = await Started("![A picture](photo.jpg) ![Another](drawn.png)", files);
        await using var two = await Started("![A picture](photo.jpg) ![Another](drawn.png)", files);
        var page = await one.Text("/articles/a");
        foreach (var url in (await one.Page("/articles/a")).QuerySelectorAll(".prose source").SelectMany(Candidates)) await one.Status(url.Url);
        Assert.Equal(page, await one.Text("/articles/a"));
        Assert.Equal(page.ReplaceLineEndings(), (await two.Text("/articles/a")).ReplaceLineEndings());
        Assert.Equal(one.Catalogue.State.Version, two.Catalogue.State.Version);
    }

    internal static async Task<TestSite> Started(string body, params (string Name, byte[] File)[] pictures)
    {
        var site = new TestSite().Write("articles/a.md", $"---\ntitle: A\ndate: 2024-05-01\nlastmod: 2024-05-02\n---\n{body}\n");
        foreach (var (name, file) in pictures) site.Write("articles/" + name, file);
        return await site.Started();
    }

    internal static IReadOnlyList<(string Url, string Width)> Candidates(IElement source) =>
        source.GetAttribute("srcset")!.Split(", ").Select(candidate => candidate.Split(' ')).Select(parts => (parts[0], parts[1])).ToList();

    private static async Task<Image> Fetch(TestSite site, string url, string type)
    {
        using var response = await site.Client.GetAsync(new Uri(url, UriKind.Relative));
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{url} answers {(int)response.StatusCode}");
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var image = Image.NewFromBuffer(bytes);
        Assert.Equal(Enums.BandFormat.Uchar, image.Format);
        return image;
    }

    /// <summary>Red to the left and blue to the right, whatever the colours were made of.</summary>
    private static void AssertLooksRight(Image image, string name)
    {
        if (name.StartsWith("grey", StringComparison.Ordinal)) return;
        var (left, right) = (image.Getpoint(image.Width / 20, image.Height * 9 / 10), image.Getpoint(image.Width * 19 / 20, image.Height * 9 / 10));
        Assert.True(left[0] > 150 && left[2] < 110, $"{name}: {string.Join(' ', left)}");
        Assert.True(right[2] > 120 && right[0] < 120, $"{name}: {string.Join(' ', right)}");
    }
}
