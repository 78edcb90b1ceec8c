using System.IO.Compression;
using System.Security.Cryptography;
using AngleSharp.Html.Parser;
using Blog.Commands;
using Blog.Export;

namespace Blog.Tests.Commands;

/// <summary>The command that writes the site as files.</summary>
public sealed class ExportCommandTests : IAsyncDisposable
{
    private static readonly (string Url, string File)[] Addresses =
    [
        ("/", "index.html"),
        ("/page/2", "page/2.html"),
        ("/feed.xml", "feed.xml"),
        ("/atom.xml", "atom.xml"),
        ("/articles", "articles.html"),
        ("/articles/page/2", "articles/page/2.html"),
        ("/articles/feed.xml", "articles/feed.xml"),
        ("/articles/ebb", "articles/ebb.html"),
        ("/articles/map", "articles/map.html"),
        ("/about", "about.html"),
        ("/archive", "archive.html"),
        ("/archive/2024", "archive/2024.html"),
        ("/authors", "authors.html"),
        ("/authors/ada", "authors/ada.html"),
        ("/authors/ada/atom.xml", "authors/ada/atom.xml"),
        ("/categories/sea", "categories/sea.html"),
        ("/tags", "tags.html"),
        ("/tags/moon", "tags/moon.html"),
        ("/tags/北京", "tags/北京.html"),
        ("/sitemap.xml", "sitemap.xml"),
        ("/robots.txt", "robots.txt"),
        ("/opensearch.xml", "opensearch.xml"),
        ("/ada.svg", "ada.svg"),
        ("/notes/readme.txt", "notes/readme.txt"),
        ("/media/articles/map/map.svg", "media/articles/map/map.svg"),
        ("/media/articles/map/table.csv", "media/articles/map/table.csv"),
        ("/error", "404.html"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("blog-test-").FullName;

    private readonly TestSite _site = new TestSite()
        .Write("site.yml", "title: Tides\narticlesPerPage: 2\n")
        .Write("categories.yml", "sea: { name: Sea }\n")
        .Write("authors.yml", "ada: { name: Ada, avatar: /ada.svg }\n")
        .Write("static/ada.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>")
        .Write("static/notes/readme.txt", "As it is.\n")
        .Write("articles/ebb.md", "---\ntitle: Ebb\ndate: 2024-03-01\nauthor: ada\ncategory: sea\ntags: [moon, 北京]\naliases: [/old/ebb.html, /2019/ebb]\n---\n## Low water\n\nSee [flood](flood.md#high-water).\n\n```csharp\nvar low = 1;\n```\n")
        .Write("articles/flood.md", "---\ntitle: Flood\ndate: 2024-04-01\ncategory: sea\ntags: [moon]\n---\n## High water\n\nSee [ebb](ebb.md), [above](#high-water), and [the list](/tags/moon?from=here).\n")
        .Write("articles/map/index.md", "---\ntitle: Map\ndate: 2023-05-01\n---\n![A map](map.svg) and [a table](table.csv).\n\n```mermaid\ngraph TD; A-->B\n```\n")
        .Write("articles/map/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"900\"/>")
        .Write("articles/map/table.csv", "a,b\n")
        .Write("articles/secret/index.md", "---\ntitle: Secret\ndraft: true\n---\n![x](secret.svg)\n")
        .Write("articles/secret/secret.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .Write("pages/about.md", "---\ntitle: About\n---\nText\n");

    private string Out => Path.Combine(_folder, "public");

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        Directory.Delete(_folder, true);
    }

    [Fact]
    public async Task Writes_what_the_server_sends()
    {
        await _site.Started();
        // A live page waits for the colours of its code only so long.
        for (var tries = 0; tries < 300 && !(await _site.Text("/articles/ebb")).Contains("<span class=\"k\">", StringComparison.Ordinal); tries++) await Task.Delay(100);
        Assert.Equal(0, (await Export()).Code);
        foreach (var (url, file) in Addresses)
        {
            using var sent = await _site.Client.GetAsync(new Uri(url, UriKind.Relative));
            var (wanted, written) = (await sent.Content.ReadAsByteArrayAsync(), await File.ReadAllBytesAsync(Path.Combine(Out, file)));
            Assert.True(Enumerable.SequenceEqual(wanted, written), $"{file} is not what is sent for {url}.");
        }
    }

    [Fact]
    public async Task Writes_every_address_that_a_page_or_style_sheet_names()
    {
        Assert.Equal(0, (await Export()).Code);
        await _site.Started();
        foreach (var page in Files().Where(file => file.EndsWith(".html", StringComparison.Ordinal)))
        {
            var document = new HtmlParser().ParseDocument(Read(page));
            foreach (var url in document.QuerySelectorAll("[href], [src]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!).Where(url => url.StartsWith('/')))
            {
                var path = Uri.UnescapeDataString(url.Split('#', '?')[0]).TrimStart('/');
                Assert.True(path.Length == 0 || File.Exists(Path.Combine(Out, path)) || File.Exists(Path.Combine(Out, path + ".html")), $"{page} links to {url}");
            }
        }

        Assert.Contains(Files(), file => file.StartsWith("assets/diagram.", StringComparison.Ordinal));
        Assert.Contains(Files(), file => file.StartsWith("assets/mermaid.", StringComparison.Ordinal));
        Assert.Contains(Files(), file => file.StartsWith("assets/speculation.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Writes_nothing_of_drafts()
    {
        Assert.Equal(0, (await Export()).Code);
        Assert.DoesNotContain(Files(), file => file.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Colours_code_however_long_it_takes()
    {
        await Export();
        Assert.Contains("<span class=\"k\">var</span>", Read("articles/ebb.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_place_of_the_search_page_is_one_that_says_that_there_is_none()
    {
        _site.Write("site.yml", "title: Tides\nlanguage: de\n");
        await Export();
        Assert.Contains("in der nicht gesucht werden kann", Read("search.html"), StringComparison.Ordinal);
        Assert.Contains("href=\"/archive\"", Read("search.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("search-form", Read("search.html"), StringComparison.Ordinal);
        Assert.Contains("search-form", await (await _site.Started()).Text("/search"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_addresses_lead_on_by_a_list_and_by_pages()
    {
        await Export();
        Assert.Equal("/2019/ebb /articles/ebb 301\n/old/ebb.html /articles/ebb 301\n", Read("_redirects"));
        foreach (var page in new[] { "old/ebb.html", "2019/ebb.html" })
        {
            Assert.Contains("<link rel=\"canonical\" href=\"https://blog.example/articles/ebb\">", Read(page), StringComparison.Ordinal);
            Assert.Contains("content=\"noindex\"", Read(page), StringComparison.Ordinal);
            Assert.Contains("content=\"0; url=/articles/ebb\"", Read(page), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Addresses_that_articles_left_between_two_exports_lead_on_or_are_gone()
    {
        await Export();
        File.Move(Path.Combine(_site.ContentPath, "pages/about.md"), Path.Combine(_site.ContentPath, "pages/who.md"));
        File.Delete(Path.Combine(_site.ContentPath, "articles/map/index.md"));
        await Export();
        Assert.Contains("/about /who 301\n", Read("_redirects"), StringComparison.Ordinal);
        Assert.Contains("/articles/map /404.html 410\n", Read("_redirects"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Out, "articles/map.html")));
        Assert.Contains("url=/who", Read("about.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_live_site_has_learned_leads_on_here_too()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "data", "redirects.jsonl"), "{\"from\":\"/articles/tide\",\"to\":\"/articles/ebb\"}\n{\"from\":\"/articles/storm\"}\n{\"from\":\"/articles/x\",\"to\":\"/articles/secret\"}\n{\"from\":\"/about\",\"to\":\"/articles/ebb\"}\n");
        await Export();
        Assert.Contains("/articles/tide /articles/ebb 301\n", Read("_redirects"), StringComparison.Ordinal);
        Assert.Contains("/articles/storm /404.html 410\n", Read("_redirects"), StringComparison.Ordinal);
        Assert.DoesNotContain("/articles/x ", Read("_redirects"), StringComparison.Ordinal);
        Assert.DoesNotContain("/about ", Read("_redirects"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_redirects_of_ones_own_comes_first()
    {
        _site.Write("static/_redirects", "/shop https://shop.example 302");
        await Export();
        Assert.StartsWith("/shop https://shop.example 302\n/2019/ebb /articles/ebb 301\n", Read("_redirects"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_has_changed_is_written_and_what_is_gone_is_deleted()
    {
        _site.Write("static/extra/deep/one.txt", "1");
        await Export();
        var before = DateTime.UnixEpoch.AddYears(40);
        foreach (var file in Files()) File.SetLastWriteTimeUtc(Path.Combine(Out, file), before);
        var (code, text) = await Export();
        Assert.Equal(0, code);
        Assert.Contains(" 0 written ", text, StringComparison.Ordinal);
        Assert.All(Files(), file => Assert.Equal(before, File.GetLastWriteTimeUtc(Path.Combine(Out, file))));

        Directory.Delete(Path.Combine(_site.ContentPath, "static/extra"), true);
        _site.Write("pages/about.md", "---\ntitle: About\n---\nOther text\n").Write("articles/map/table.csv", "a,b,c\n");
        await Export();
        Assert.Contains("Other text", Read("about.html"), StringComparison.Ordinal);
        Assert.Equal("a,b,c\n", Read("media/articles/map/table.csv"));
        Assert.False(Directory.Exists(Path.Combine(Out, "extra")));
        Assert.Equal(before, File.GetLastWriteTimeUtc(Path.Combine(Out, "articles/ebb.html")));
        Assert.NotEqual(before, File.GetLastWriteTimeUtc(Path.Combine(Out, "about.html")));
    }

    [Fact]
    public async Task What_somebody_changed_in_the_output_is_mended()
    {
        await Export();
        var ebb = Read("articles/ebb.html");
        File.Delete(Path.Combine(Out, "about.html"));
        await File.WriteAllTextAsync(Path.Combine(Out, "index.html"), "short");
        await File.WriteAllTextAsync(Path.Combine(Out, "articles/ebb.html"), new string('x', 1) + ebb[1..]);
        await Export();
        Assert.Contains("About", Read("about.html"), StringComparison.Ordinal);
        Assert.NotEqual("short", Read("index.html"));
        Assert.NotEqual(ebb, Read("articles/ebb.html"));
        await Export(options => options with { IsFull = true });
        Assert.Equal(ebb, Read("articles/ebb.html"));
    }

    [Fact]
    public async Task The_same_content_makes_the_same_files()
    {
        await Export();
        Assert.Contains("zoom-view", Read("articles/map.html"), StringComparison.Ordinal);
        var first = Hashes();
        await Export(options => options with { Output = Path.Combine(_folder, "again"), Data = Path.Combine(_folder, "other-data") });
        Assert.Equal(first, Hashes(Path.Combine(_folder, "again")));
    }

    [Fact]
    public async Task Files_of_others_are_left_alone_and_a_folder_of_others_is_refused()
    {
        Directory.CreateDirectory(Out);
        await File.WriteAllTextAsync(Path.Combine(Out, "CNAME"), "blog.example");
        await File.WriteAllTextAsync(Path.Combine(Out, "index.html"), "mine");
        var (code, text) = await Export();
        Assert.Equal(2, code);
        Assert.Contains("--force", text, StringComparison.Ordinal);
        Assert.Equal(["CNAME", "index.html"], Files().Order(StringComparer.Ordinal));

        Assert.Equal(0, (await Export(options => options with { IsForced = true })).Code);
        Assert.NotEqual("mine", Read("index.html"));
        await File.WriteAllTextAsync(Path.Combine(Out, "later.html"), "mine");
        _site.Write("pages/later.md", "---\ntitle: Later\n---\nText\n");
        (code, text) = await Export();
        Assert.Equal(1, code);
        Assert.Contains("later.html:1:1 error file-in-the-way", text, StringComparison.Ordinal);
        Assert.Equal("mine", Read("later.html"));
        Assert.Equal("blog.example", Read("CNAME"));
    }

    [Theory]
    [InlineData("content/public")]
    [InlineData("content")]
    [InlineData("")]
    public async Task A_folder_in_the_content_folder_or_around_it_is_refused(string folder)
    {
        var around = Path.GetDirectoryName(_site.ContentPath)!;
        var (code, text) = await Export(options => options with { Output = Path.Combine(around, folder), IsForced = true });
        Assert.Equal(2, code);
        Assert.Contains("Give another folder as --out DIR.", text, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(around, folder, OutputManifest.Name)));
    }

    [Fact]
    public async Task A_killed_export_is_gone_on_with()
    {
        await Export();
        // As it is when the process ends before its manifest is written.
        File.Delete(Path.Combine(Out, OutputManifest.Name));
        Directory.CreateDirectory(Path.Combine(Out, ".blog-export.tmp"));
        await File.WriteAllTextAsync(Path.Combine(Out, ".blog-export.tmp", "begun"), string.Join('\n', Files()) + "\ngone.html\n");
        await File.WriteAllTextAsync(Path.Combine(Out, ".blog-export.tmp", "half"), "<html");
        await File.WriteAllTextAsync(Path.Combine(Out, "gone.html"), "of the killed one");
        await File.WriteAllTextAsync(Path.Combine(Out, "about.html"), "of the killed one");
        Assert.Equal(0, (await Export()).Code);
        Assert.Contains("<h1>About</h1>", Read("about.html"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Out, "gone.html")));
        Assert.False(Directory.Exists(Path.Combine(Out, ".blog-export.tmp")));
    }

    [Fact]
    public async Task Links_that_lead_nowhere_are_told_with_their_place_and_the_files_are_written()
    {
        _site.Write("articles/wrong.md", "---\ntitle: Wrong\ndate: 2024-05-01\n---\n[gone](/articles/eb) and\n[nowhere](/articles/flood#low), [there](/articles/ebb#low-water)\n");
        var (code, text) = await Export();
        Assert.Equal(1, code);
        Assert.Contains("articles/wrong.md:5:1 error broken-link The link /articles/eb leads to nothing that is exported. — Did you mean “/articles/ebb”?", text, StringComparison.Ordinal);
        Assert.Contains("articles/wrong.md:6:1 error broken-anchor The link /articles/flood#low leads to a page that has no id “low”.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/articles/ebb#low-water leads", text, StringComparison.Ordinal);
        Assert.Contains("Wrong", Read("articles/wrong.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_on_every_page_is_told_once()
    {
        _site.Write("site.yml", "title: Tides\nnavigation:\n  - { title: Lost, url: /lost }\n");
        var (code, text) = await Export();
        Assert.Equal(1, code);
        Assert.Single(text.Split('\n'), line => line.Contains("The link /lost leads to nothing that is exported. So it does on ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compressed_copies_hold_the_same_and_are_made_once()
    {
        Assert.Equal(0, (await Export(options => options with { Compresses = true })).Code);
        foreach (var file in new[] { "index.html", "feed.xml", "articles/ebb.html", "ada.svg", "media/articles/map/table.csv", "404.html" })
        {
            await using var gzip = new GZipStream(File.OpenRead(Path.Combine(Out, file + ".gz")), CompressionMode.Decompress);
            await using var brotli = new BrotliStream(File.OpenRead(Path.Combine(Out, file + ".br")), CompressionMode.Decompress);
            foreach (var stream in new Stream[] { gzip, brotli })
            {
                using var content = new MemoryStream();
                await stream.CopyToAsync(content);
                Assert.Equal(File.ReadAllBytes(Path.Combine(Out, file)), content.ToArray());
            }
        }

        Assert.Contains(" 0 written ", (await Export(options => options with { Compresses = true })).Text, StringComparison.Ordinal);
        await Export();
        Assert.DoesNotContain(Files(), file => file.EndsWith(".br", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compressed_pages_are_those_that_the_server_keeps()
    {
        await Export(options => options with { Compresses = true });
        await _site.Started();
        byte[] kept;
        var until = DateTime.UtcNow.AddSeconds(30);
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/about") { Headers = { { "Accept-Encoding", "br" } } };
            using var response = await _site.Client.SendAsync(request);
            kept = await response.Content.ReadAsByteArrayAsync();
            if (response.Headers.ETag!.Tag.EndsWith("-br\"", StringComparison.Ordinal)) break;
            await Task.Delay(50);
        }
        while (DateTime.UtcNow < until);
        Assert.Equal(kept, File.ReadAllBytes(Path.Combine(Out, "about.html.br")));
    }

    [Fact]
    public async Task Says_that_addresses_are_guessed_where_nobody_has_told_them()
    {
        Assert.Contains("Add --base-url", (await Export(options => options with { BaseUrl = null })).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Add --base-url", (await Export()).Text, StringComparison.Ordinal);
        _site.Write("site.yml", "title: Tides\nbaseUrl: https://tides.example\n");
        Assert.DoesNotContain("Add --base-url", (await Export(options => options with { BaseUrl = null })).Text, StringComparison.Ordinal);
        Assert.Contains("https://tides.example/articles/ebb", Read("feed.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_it_keeps_what_was_there()
    {
        await Export();
        var before = Hashes();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var (code, text) = await Export(cancelled: cancelled.Token);
        Assert.Equal(1, code);
        Assert.Contains("Cancelled.", text, StringComparison.Ordinal);
        Assert.Equal(before, Hashes());
    }

    [Fact]
    public async Task Without_content_it_says_what_to_give() =>
        Assert.Equal((2, $"The content folder {_folder}/none does not exist. Give the folder with your articles as --content DIR."), await Export(options => options with { Content = Path.Combine(_folder, "none") }));

    [Theory]
    [InlineData(0, 0, 80, "Reading the content …")]
    [InlineData(50, 100, 30, "████████░░░░░░░░░  50 of 100")]
    [InlineData(1500, 3000, 16, "1,500 of 3,000")]
    [InlineData(1500, 3000, 8, "1,500 o")]
    [InlineData(1500, 3000, 0, "")]
    public void The_bar_fits_the_terminal(int done, int total, int width, string line)
    {
        var drawn = ExportProgress.Line(new ExportStep(done, total), width);
        Assert.True(drawn.Length < Math.Max(1, width));
        Assert.Equal(line, drawn);
    }

    private async Task<(int Code, string Text)> Export(Func<ExportOptions, ExportOptions>? change = null, CancellationToken cancelled = default)
    {
        var options = new ExportOptions(_site.ContentPath, Out, Path.Combine(_folder, "data")) { BaseUrl = "https://blog.example", Program = Repository.Path("src", "Blog") };
        using var text = new StringWriter();
        var code = await ExportCommand.Run(change?.Invoke(options) ?? options, TimeProvider.System, text, text, cancelled);
        return (code, text.ToString().Trim());
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(Out, file));

    private List<string> Files() => [.. Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Out, file)).Where(file => file != OutputManifest.Name)];

    private List<(string, string)> Hashes(string? folder = null) =>
        [.. Directory.EnumerateFiles(folder ?? Out, "*", SearchOption.AllDirectories).Select(file => (Path.GetRelativePath(folder ?? Out, file), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))))).Order()];
}
