using Blog.Catalogue;
using Blog.Content;
using Microsoft.Extensions.Logging.Abstractions;

namespace Blog.Tests.Catalogue;

/// <summary>Whatever editors do to files and folders while the site runs, it comes to rest in the state of a fresh start, but for broken files, which keep their last good version.</summary>
public sealed class LivePropertyTests
{
    // The first of a run of seeds: to look for faults that these don't find, and not by chance on somebody else's change.
    private static readonly int First = int.Parse(Environment.GetEnvironmentVariable("BLOG_TEST_SEED") ?? "1", System.Globalization.CultureInfo.InvariantCulture);

    public static TheoryData<string, int> Seeds() => new() { { "events", First }, { "events", First + 1 }, { "events", First + 2 }, { "events", First + 3 }, { "poll", First + 4 }, { "auto", First + 5 } };

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task At_rest_the_live_catalogue_is_a_fresh_one(string mode, int seed)
    {
        await using var site = await new TestSite().Set("Blog:Watch", mode).Set("Blog:PollSeconds", "1").Set("Blog:HoldDeletionsSeconds", "0").Write("articles/first.md", "---\ntitle: First\n---\nText\n").Started();
        var editor = new Editor(site.ContentPath, seed);
        for (var step = 0; step < 15; step++)
        {
            for (var i = editor.Random.Next(1, 7); i > 0; i--) editor.Act();
            var difference = "";
            for (var waited = 0; waited < 200; waited++)
            {
                difference = editor.Compare(site.Catalogue.File);
                if (difference.Length == 0) break;
                await Task.Delay(100);
            }

            editor.Rest();
            Assert.True(difference.Length == 0, $"Seed {seed}, step {step}:\n{difference}\n\nWhat was done:\n{string.Join('\n', editor.Acts)}\n\nWhat the site made of it, the last first:\n{string.Join('\n', site.Catalogue.RecentSyncs.Take(8).Select(sync => $"{sync.At:ss.fff} {sync.Reason}: {string.Join(", ", sync.Files.Select(file => $"{file.Change} {file.Path}"))}"))}");
        }
    }

    /// <summary>Somebody who does everything wrong and right that can be done with files, and remembers what readers should see.</summary>
    private sealed class Editor(string root, int seed)
    {
        private static readonly string[] Folders = ["articles", "articles/deep", "articles/deep/er", "guides", "guides/posts", "courses/one", "courses/two", "pages", "tutorials/x"];

        /// <summary>The last good version of each broken file, with its time; those that moved while broken keep the last part of their address.</summary>
        private readonly Dictionary<string, Good> _broken = new(StringComparer.Ordinal);
        /// <summary>Files touched since the site was last at rest: it may not have seen each state that they were in.</summary>
        private readonly HashSet<string> _unseen = new(StringComparer.Ordinal);
        private int _count;

        public Random Random { get; } = new(seed);

        public List<string> Acts { get; } = [];

        /// <summary>The site has seen everything.</summary>
        public void Rest() => _unseen.Clear();

        private List<string> Files => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(root, path)).Where(path => !path.StartsWith('.')).Order(StringComparer.Ordinal).ToList();

        private List<string> Articles => Files.Where(ContentLayout.IsMarkdown).ToList();

        public void Act()
        {
            switch (Random.Next(16))
            {
                case 0 or 1 or 2 or 3:
                    Create();
                    break;
                case 4 or 5:
                    if (Pick(Articles) is { } edited) Save(edited, Text());
                    break;
                case 6 or 7:
                    if (Pick(Articles) is { } broken) Break(broken);
                    break;
                case 8:
                    if (Pick([.. _broken.Keys]) is { } mended) Save(mended, Text());
                    break;
                case 9:
                    if (Pick(Files) is { } moved) Move(moved, $"{Pick(Folders)}/moved-{++_count}{Path.GetExtension(moved)}");
                    break;
                case 10:
                    if (Pick(Articles) is { } deleted) Delete(deleted);
                    break;
                case 11:
                    if (Pick(Directories()) is { } folder) Move(folder, $"{folder.Split('/')[0]}/folder-{++_count}");
                    break;
                case 12:
                    if (Random.Next(3) == 0 && Pick(Directories()) is { } gone) Delete(gone);
                    break;
                case 13:
                    Save($"articles/picture-{Random.Next(3)}.png", "no picture at all");
                    break;
                case 14:
                    Save("authors.yml", $"ann:\n  name: Ann {Random.Next(4)}\n{(Random.Next(2) == 0 ? "bob:\n  name: Bob\n" : "")}");
                    break;
                default:
                    Save("site.yml", $"title: Site {Random.Next(5)}\n{(Random.Next(4) == 0 ? "permalinks:\n  guides: /:year/:slug\n" : "")}");
                    break;
            }
        }

        /// <summary>The first rows in which the live catalogue and a fresh one differ; empty for none.</summary>
        public string Compare(CatalogueFile live)
        {
            var folder = Directory.CreateTempSubdirectory("blog-fresh-").FullName;
            try
            {
                var content = Path.Combine(folder, "content");
                foreach (var path in Files)
                {
                    var copy = Path.Combine(content, path);
                    Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                    File.Copy(Path.Combine(root, path), copy);
                    if (_broken.GetValueOrDefault(path) is not { } good) continue;
                    File.WriteAllText(copy, good.Text);
                    File.SetLastWriteTimeUtc(copy, good.Modified);
                }

                Directory.CreateDirectory(content);
                Directory.CreateDirectory(Path.Combine(folder, "data"));
                if (File.Exists(live.RedirectsPath)) File.Copy(live.RedirectsPath, Path.Combine(folder, "data", "redirects.jsonl"));
                using var file = CatalogueFile.Open(Path.Combine(folder, "data"), NullLogger.Instance);
                new CatalogueSync(new ContentFolder(content), file, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance).Run(SyncScope.Everything(SyncReason.Start), true, CancellationToken.None);
                var broken = _broken.Keys.ToHashSet(StringComparer.Ordinal);
                var (wanted, found) = (CatalogueDump.Lines(file, broken), CatalogueDump.Lines(live, broken));
                var kept = Kept(live);
                return string.Join('\n', wanted.Except(found).Take(6).Select(row => "only fresh: " + row).Concat(found.Except(wanted).Take(6).Select(row => "only live:  " + row))
                    .Concat(_broken.Where(file => kept.GetValueOrDefault(file.Key) != file.Value.Title).Select(file => $"kept of {file.Key}: “{kept.GetValueOrDefault(file.Key)}”, not “{file.Value.Title}”"))
                    .Concat(kept.Keys.Except(broken).Select(path => $"kept without need: {path}")));
            }
            catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException)
            {
                return e.Message;
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        private static Dictionary<string, string> Kept(CatalogueFile live)
        {
            using var connection = new Microsoft.Data.Sqlite.SqliteConnection(live.ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT Path, Title FROM Articles WHERE BrokenSince IS NOT NULL";
            using var reader = command.ExecuteReader();
            var kept = new Dictionary<string, string>(StringComparer.Ordinal);
            while (reader.Read()) kept[reader.GetString(0)] = reader.GetString(1);
            return kept;
        }

        private void Create()
        {
            var folder = Pick(Folders)!;
            var name = folder.StartsWith("courses", StringComparison.Ordinal) && Random.Next(3) == 0 ? "index" : Random.Next(5) == 0 ? "post" : $"article-{Random.Next(12)}";
            Save($"{folder}/{name}.md", Text());
        }

        private string Text()
        {
            var n = ++_count;
            var target = Pick(Articles) ?? "articles/none.md";
            return $"""
                ---
                title: Title {n}
                {(Random.Next(4) == 0 ? $"slug: slug-{Random.Next(6)}" : "")}
                {(Random.Next(5) == 0 ? "draft: true" : "")}
                {(Random.Next(3) == 0 ? $"aliases: [/old-{Random.Next(8)}, /guides/slug-{Random.Next(6)}]" : "")}
                {(Random.Next(3) == 0 ? $"lessons: [article-{Random.Next(12)}, article-{Random.Next(12)}]" : "")}
                {(Random.Next(6) == 0 ? $"permalink: /articles/deep/slug-{Random.Next(6)}" : "")}
                date: 202{Random.Next(5)}-0{Random.Next(1, 9)}-01
                author: {Pick(["ann", "bob", "Bobb", "carla"])}
                category: {Pick(["Web", "web", "APIs", "api"])}
                tags: [{Pick(["One", "one", "two words", "Two-Words", "three"])}, t{Random.Next(6)}]
                series: {Pick(["A", "B", ""])}
                ---

                ## Part {Random.Next(3)}

                [file](/{target}) [file]({Path.GetFileName(target)}#part-{Random.Next(3)}) [page](/articles/slug-{Random.Next(6)}) [page](/guides/article-{Random.Next(12)}#part-1)
                [section](/{Pick(["guides", "tutorials", "courses"])}) [tag](/tags/t{Random.Next(8)}) [year](/archive/202{Random.Next(8)}) [alias](/old-{Random.Next(8)})
                ![picture](picture-{Random.Next(4)}.png)
                """.Replace("\r", "", StringComparison.Ordinal);
        }

        private void Save(string path, string text)
        {
            Acts.Add($"save {path}");
            var full = Path.Combine(root, path);
            if (Directory.Exists(full)) return;
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            if (Random.Next(2) == 0) File.WriteAllText(full, text);
            else
            {
                // As many editors do it.
                var temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.swp");
                File.WriteAllText(temporary, text);
                File.Move(temporary, full, true);
            }

            _broken.Remove(path);
            _unseen.Add(path);
        }

        private void Break(string path)
        {
            if (!_unseen.Add(path)) return;
            var full = Path.Combine(root, path);
            if (!_broken.ContainsKey(path))
            {
                var text = File.ReadAllText(full);
                _broken[path] = new Good(text, text.Split('\n')[1]["title: ".Length..].Trim(), File.GetLastWriteTimeUtc(full));
            }

            Acts.Add($"break {path}");
            // Each broken in its own way, so that none is taken for another.
            if (Random.Next(2) == 0) File.WriteAllBytes(full, [0, 1, 2, 3, (byte)(_count >> 8), (byte)++_count, 0xFF, 0]);
            else File.WriteAllText(full, $"---\ntitle: Half a front matter {++_count}\n");
        }

        private void Move(string from, string to)
        {
            var (source, target) = (Path.Combine(root, from), Path.Combine(root, to));
            // A file that is broken and moved at once is not known again.
            if (_broken.Keys.Any(file => IsIn(file, from) && _unseen.Contains(file))) return;
            if (Path.Exists(target) || to.StartsWith(from + "/", StringComparison.Ordinal)) return;
            Acts.Add($"move {from} → {to}");
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Directory.Move(source, target);
            foreach (var file in Files.Where(file => IsIn(file, to))) _unseen.Add(file);
            foreach (var (path, good) in _broken.Where(file => IsIn(file.Key, from)).ToList())
            {
                _broken.Remove(path);
                _broken[to + path[from.Length..]] = good;
            }
        }

        private void Delete(string path)
        {
            Acts.Add($"delete {path}");
            var full = Path.Combine(root, path);
            if (Directory.Exists(full)) Directory.Delete(full, true);
            else File.Delete(full);
            foreach (var gone in _broken.Keys.Where(file => IsIn(file, path)).ToList()) _broken.Remove(gone);
        }

        private static bool IsIn(string path, string folder) => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

        private List<string> Directories() => Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(root, path)).Where(path => path.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();

        private T? Pick<T>(IReadOnlyList<T> values) => values.Count == 0 ? default : values[Random.Next(values.Count)];

        private sealed record Good(string Text, string Title, DateTime Modified);
    }
}
