using System.Diagnostics;
using System.Xml.Linq;

namespace Blog.Tests.Site;

/// <summary>Every page of the sample site, and twenty of a real publication, by the Nu HTML checker (npm vnu-jar).</summary>
public sealed class HtmlValidityTests
{
    [SkippableFact]
    public async Task The_sample_site_is_valid()
    {
        await using var site = await new TestSite().On(Repository.Path("content")).Started();
        var sitemap = XDocument.Parse(await site.Text("/sitemap.xml"));
        var urls = sitemap.Descendants().Where(element => element.Name.LocalName == "loc").Select(element => new Uri(element.Value).AbsolutePath).ToList();
        Assert.True(urls.Count > 30);
        await AssertValid(site, [.. urls, "/page/2"]);
    }

    [SkippableFact]
    public async Task The_desk_is_valid()
    {
        await using var site = await new TestSite().In("Development").On(Repository.Path("content")).Started();
        await AssertValid(site, [.. Desk.DeskTests.Pages]);
    }

    [SkippableFact]
    public async Task A_real_publication_is_valid()
    {
        var root = SharedFolder.Path("corpus/guides");
        await using var site = await new TestSite().On(root).Started();
        var slugs = Directory.GetDirectories(Path.Combine(root, "guides", "posts")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        await AssertValid(site, [.. slugs.Where((_, i) => i % 7 == 0).Take(20).Select(slug => "/guides/" + slug), "/", "/guides", "/authors", "/authors/saad", "/categories", "/tags", "/archive"]);
    }

    private static async Task AssertValid(TestSite site, IReadOnlyList<string> urls)
    {
        var jar = await NuChecker.Jar();
        var folder = Directory.CreateTempSubdirectory("blog-html-");
        try
        {
            foreach (var url in urls)
            {
                using var response = await site.Client.GetAsync(new Uri(url, UriKind.Relative));
                if (response.StatusCode == System.Net.HttpStatusCode.NotFound) continue;
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, url.Trim('/').Replace('/', '+') + ".html"), await response.Content.ReadAsStringAsync());
            }

            Assert.Equal("", await NuChecker.Errors(jar, folder.FullName));
        }
        finally
        {
            folder.Delete(true);
        }
    }
}

/// <summary>Fetches and runs the Nu HTML checker; a test is skipped, with the reason, where it can't be had.</summary>
internal static class NuChecker
{
    private static readonly SemaphoreSlim One = new(1, 1);

    public static async Task<string> Jar()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "vnu");
        var jar = Path.Combine(folder, "package", "build", "dist", "vnu.jar");
        await One.WaitAsync();
        try
        {
            if (File.Exists(jar)) return jar;
            Directory.CreateDirectory(folder);
            var fetched = await Run("sh", ["-c", "npm pack vnu-jar --silent && tar xzf vnu-jar-*.tgz && rm vnu-jar-*.tgz"], folder);
            Skip.If(fetched is null, "npm can't fetch vnu-jar on this machine.");
            return File.Exists(jar) ? jar : Directory.GetFiles(folder, "vnu.jar", SearchOption.AllDirectories).First();
        }
        finally
        {
            One.Release();
        }
    }

    /// <summary>The errors that the checker finds in a folder, a line each; empty for none.</summary>
    public static async Task<string> Errors(string jar, string folder)
    {
        var output = await Run("java", ["-jar", jar, "--errors-only", "--exit-zero-always", "--skip-non-html", folder], folder);
        Skip.If(output is null, "java can't run the Nu HTML checker on this machine.");
        return output!.Replace(new Uri(folder).AbsoluteUri, "", StringComparison.Ordinal).Trim();
    }

    private static async Task<string?> Run(string program, string[] arguments, string folder)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
            return process.ExitCode == 0 ? await output + await errors : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
