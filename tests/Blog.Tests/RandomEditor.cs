using System.Text;
using Blog.Tests.Images;

namespace Blog.Tests;

/// <summary>Somebody who changes all that can be changed.</summary>
internal sealed class RandomEditor(TestSite site, int seed)
{
    private static readonly string[] Folders = ["articles", "articles/deep", "guides", "guides", "courses/one", "courses/one", "courses/two", "pages"];
    private int _count;

    public Random Random { get; } = new(seed);

    public List<string> Acts { get; } = [];

    private List<string> Articles => [.. Directory.EnumerateFiles(site.ContentPath, "*.md", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(site.ContentPath, path)).Order(StringComparer.Ordinal)];

    public void Act(bool all)
    {
        var articles = Articles;
        switch (all ? Random.Next(20) : Random.Next(4))
        {
            case 0 or 1 or 2 or 3:
                var folder = Pick(Folders);
                Save($"{folder}/{(folder.StartsWith("courses", StringComparison.Ordinal) && Random.Next(2) == 0 || Random.Next(9) == 0 ? "index" : $"article-{Random.Next(12)}")}.md", Text());
                break;
            case 4 or 5 or 6:
                Change(Pick(articles), line => line.StartsWith("Words", StringComparison.Ordinal) ? $"Words {++_count}." : line);
                break;
            case 7:
                Change(Pick(articles), line => line.StartsWith("title:", StringComparison.Ordinal) ? $"title: Title {++_count}" : line);
                break;
            case 8:
                Change(Pick(articles), line => line.StartsWith("tags:", StringComparison.Ordinal) ? Tags() : line);
                break;
            case 9:
                Change(Pick(articles), line => line.StartsWith("date:", StringComparison.Ordinal) ? Date() : line);
                break;
            case 10:
                Change(Pick(articles), line => line.StartsWith("series:", StringComparison.Ordinal) ? $"series: {Pick(["A", "B", ""])}" : line);
                break;
            case 11:
                Change(Pick(articles), line => line.StartsWith("draft:", StringComparison.Ordinal) ? $"draft: {(Random.Next(2) == 0 ? "true" : "false")}" : line);
                break;
            case 12:
                if (articles.Count > 5) Delete(Pick(articles));
                break;
            case 13:
                Move(Pick(articles), $"{Pick(Folders)}/moved-{++_count}.md");
                break;
            case 14 or 15:
                var picture = $"static/picture-{Random.Next(3)}.png";
                Acts.Add($"draw {picture}");
                if (Random.Next(4) == 0 && File.Exists(Path.Combine(site.ContentPath, picture))) File.Delete(Path.Combine(site.ContentPath, picture));
                else site.Write(picture, TestPictures.Png(Random.Next(1, 9) * 100, 100));
                break;
            case 16:
                Save("authors.yml", $"ann:\n  name: Ann {Random.Next(4)}\n  avatar: /picture-{Random.Next(3)}.png\n{(Random.Next(2) == 0 ? $"bob:\n  name: Bob\n  bio: Bio {Random.Next(3)}\n" : "")}");
                break;
            case 17:
                if (Random.Next(4) == 0) Save("site.yml", $"title: Site {Random.Next(5)}\narticlesPerPage: {Random.Next(3, 6)}\n");
                break;
            case 18:
                // As a copy does: another time, the same words.
                var touched = Pick(articles);
                Acts.Add($"touch {touched}");
                File.SetLastWriteTimeUtc(Path.Combine(site.ContentPath, touched), new DateTime(2026, 1, Random.Next(1, 28), 0, 0, 0, DateTimeKind.Utc));
                break;
            default:
                Change(Pick(articles), line => line.StartsWith("[file]", StringComparison.Ordinal) ? $"[file](/{Pick(articles)})" : line);
                break;
        }
    }

    private string Text() => new StringBuilder().AppendJoin('\n',
        "---", $"title: Title {++_count}", Random.Next(4) == 0 ? $"slug: slug-{Random.Next(6)}" : "#", $"draft: {(Random.Next(6) == 0 ? "true" : "false")}", Date(), Random.Next(5) == 0 ? $"expiryDate: 2026-06-{Random.Next(10, 30)}" : "#",
        Random.Next(4) == 0 ? $"lessons: [article-{Random.Next(12)}, article-{Random.Next(12)}]" : "#", Random.Next(8) == 0 ? $"permalink: /{Pick(["guides", "other"])}" : "#", $"author: {Pick(["ann", "bob", "Carla"])}", $"category: {Pick(["Web", "web", "APIs"])}", Tags(), $"series: {Pick(["A", "B", ""])}",
        Random.Next(3) == 0 ? $"cover: /picture-{Random.Next(3)}.png" : "#", "---", "", $"Words {++_count}.", "", $"[file](/{(Articles.Count == 0 ? "articles/none.md" : Pick(Articles))})", "", $"[file](/articles/article-{Random.Next(12)})", "", Random.Next(2) == 0 ? $"![picture](/picture-{Random.Next(3)}.png)" : "", "").ToString();

    private string Tags() => $"tags: [{Pick(["One", "one", "two words", "three"])}, t{Random.Next(6)}]";

    private string Date() => Random.Next(8) == 0 ? "date:" : $"date: 202{Random.Next(4, 7)}-0{Random.Next(5, 8)}-{Random.Next(10, 28)}";

    private void Save(string path, string text)
    {
        Acts.Add($"save {path}");
        site.Write(path, text);
    }

    private void Change(string path, Func<string, string> change)
    {
        Acts.Add($"change {path}");
        site.Write(path, string.Join('\n', File.ReadAllLines(Path.Combine(site.ContentPath, path)).Select(change)) + "\n");
    }

    private void Delete(string path)
    {
        Acts.Add($"delete {path}");
        File.Delete(Path.Combine(site.ContentPath, path));
    }

    private void Move(string from, string to)
    {
        Acts.Add($"move {from} → {to}");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(site.ContentPath, to))!);
        File.Move(Path.Combine(site.ContentPath, from), Path.Combine(site.ContentPath, to), true);
    }

    private T Pick<T>(IReadOnlyList<T> values) => values[Random.Next(values.Count)];
}
