using System.Diagnostics;
using System.Globalization;
using Blog.Catalogue;
using Blog.Catalogue.Search;
using Blog.Content;
using Blog.Content.Search;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Blog.Benchmarks;

/// <summary>How long it takes to index a corpus and to answer, in this process, through the classes that the pages use.</summary>
internal static class SearchBenchmark
{
    private const int Queries = 1000;
    private const int PerPage = 10;
    private const int WarmUp = 100;

    public static async Task Run(Options options, CancellationToken cancelled)
    {
        using var workspace = new Workspace();
        var content = options.Corpus ?? (await Corpus.Make(options, options.Articles(100_000), 1, workspace.At("content"), cancelled)).Folder;
        var data = options.Data ?? workspace.At("data");
        var rows = new List<(string, string)>();
        using var file = CatalogueFile.Open(data, NullLogger.Instance);
        var folder = new ContentFolder(content);
        if (State(file) is null)
        {
            var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var sync = new CatalogueSync(folder, file, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance) { MaxIndexedAtOnce = 0 };
            sync.Run(SyncScope.Everything(SyncReason.Start), true, cancelled);
            Took("catalogue");
            while (sync.Index.Take() is { } batch)
            {
                sync.Index.Write(batch, batch.Find(cancelled));
                file.Checkpoint();
            }

            Took("index");

            void Took(string what)
            {
                rows.Add(($"{what}, and the processors' time", $"{Table.Seconds(clock.Elapsed)}, {Table.Seconds(Environment.CpuUsage.TotalTime - processor)}"));
                (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            }
        }

        using var catalogue = new SiteCatalogue(folder, file);
        catalogue.Serve(State(file)!);
        var contexts = new DbContextOptionsBuilder<CatalogueContext>().UseSqlite(file.ConnectionString).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options;
        await using var db = new CatalogueContext(contexts);
        rows.AddRange(
        [
            ("articles", (await db.Articles.CountAsync(cancelled)).ToString("N0", CultureInfo.InvariantCulture)),
            ("index: tokens of articles", Megabytes(file, "SELECT (SELECT SUM(LENGTH(block)) FROM Search_data) + (SELECT SUM(LENGTH(sz) + 4) FROM Search_docsize)")),
            ("index: vocabulary", Megabytes(file, "SELECT SUM(LENGTH(Folded) + 2 * LENGTH(Surface) + 2 * LENGTH(Token) + LENGTH(Reversed) + 2 * LENGTH(Folded) + 16) FROM Words")),
            ("catalogue", Megabytes(file, "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")),
        ]);

        using var readers = new CatalogueReaders(catalogue);
        var reader = new SearchReader(readers, catalogue, TimeProvider.System);
        var mixed = await Mixed(db, options.Seed, cancelled);
        var search = Measure(mixed.Select(query => query.Text), text => reader.Search(new SearchRequest(SearchQuery.Parse(text), 1, PerPage)).Listed);
        rows.Add(($"{Queries} mixed queries after {WarmUp} others, whole page: median, p99, slowest", Summary(search.Skip(WarmUp))));
        foreach (var kind in mixed.Zip(search.Skip(WarmUp)).GroupBy(pair => pair.First.Kind))
            rows.Add(($"… {kind.Key} ({kind.Count()}, {kind.Count(pair => pair.Second.Found > 0)} with results)", Summary(kind.Select(pair => pair.Second))));
        var slowest = mixed.Zip(search.Skip(WarmUp)).OrderByDescending(pair => pair.Second.Took).Take(5).Select(pair => $"{pair.First.Text} ({Distribution.Format(pair.Second.Took)})");
        rows.Add(("slowest", string.Join("; ", slowest)));
        var suggest = Measure(mixed.Select(query => query.Text), text => reader.Suggest(SearchQuery.Parse(text), 6).Count);
        rows.Add(("the same as suggestions", Summary(suggest.Skip(WarmUp))));
        var ids = await db.Articles.Where(article => article.IsListed).OrderBy(article => article.Hash).Select(article => article.Id).Take(Queries).ToListAsync(cancelled);
        var related = Measure(ids.Select(id => id.ToString(CultureInfo.InvariantCulture)), id =>
        {
            using var lease = readers.Rent();
            return Likeness.Find(lease.Reader.Index, int.Parse(id, CultureInfo.InvariantCulture)).Count;
        });
        rows.Add(($"what is like {ids.Count} articles, found out beforehand", Summary(related.Skip(WarmUp))));
        Table.Print("search", rows);

        List<(double Took, int Found)> Measure(IEnumerable<string> asked, Func<string, int> answer)
        {
            var all = asked.ToList();
            var took = new List<(double Took, int Found)>();
            var processor = Environment.CpuUsage.TotalTime;
            foreach (var text in all.Take(WarmUp).Concat(all))
            {
                var clock = Stopwatch.StartNew();
                var found = answer(text);
                took.Add((clock.Elapsed.TotalMilliseconds, found));
            }

            // On a busy machine, this tells more than the clock.
            rows.Add(("processor time of one, on average, of what follows", Distribution.Format((Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / took.Count)));
            return took;
        }
    }

    private static string Summary(IEnumerable<(double Took, int Found)> times)
    {
        var all = new Distribution(times.Select(time => time.Took));
        return $"{all.At(0.5)}, {all.At(0.99)}, {all.At(1)}";
    }

    /// <summary>Queries as readers type them, of words from titles: as common and as rare as these are.</summary>
    private static async Task<List<(string Kind, string Text)>> Mixed(CatalogueContext db, int seed, CancellationToken cancelled)
    {
        var random = new Random(seed);
        var titles = await db.Articles.Where(article => article.IsListed).OrderBy(article => article.Hash).Select(article => article.Title).Take(Queries).ToListAsync(cancelled);
        var tags = await db.Terms.OrderBy(term => term.Key).ToListAsync(cancelled);
        return titles.Select((title, i) =>
        {
            var words = title.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var at = random.Next(words.Length);
            var (word, two) = (words[at], string.Join(' ', words.Skip(Math.Max(0, Math.Min(at, words.Length - 2))).Take(2)));
            var term = tags[random.Next(tags.Count)];
            return (i % 10) switch
            {
                0 or 1 => ("one word", word),
                2 or 3 => ("two words", two),
                4 => ("three words", string.Join(' ', words.OrderBy(_ => random.Next()).Take(3))),
                5 => ("whole title", title),
                6 => ("phrase", $"\"{two}\""),
                7 => ("unfinished", two[..Math.Max(3, two.Length - 2)]),
                8 => ("misspelt", Misspelt(word, random) + " " + words[^1]),
                _ => ("filtered", $"{(term.Taxonomy switch { Taxonomy.Author => "author", Taxonomy.Category => "category", _ => "tag" })}:{term.Slug} {word}"),
            };
        }).ToList();
    }

    private static string Misspelt(string word, Random random)
    {
        if (word.Length < 4) return word;
        var at = random.Next(1, word.Length - 1);
        return random.Next(2) == 0 ? word.Remove(at, 1) : $"{word[..at]}{word[at + 1]}{word[at]}{word[(at + 2)..]}";
    }

    private static SiteState? State(CatalogueFile file)
    {
        using var db = new CatalogueContext(new DbContextOptionsBuilder<CatalogueContext>().UseSqlite(file.ConnectionString).Options);
        return SiteState.FromJson(db.Facts.FirstOrDefault(fact => fact.Name == "site")?.Value);
    }

    private static string Megabytes(CatalogueFile file, string sql)
    {
        using var connection = new SqliteConnection(file.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (Convert.ToInt64(command.ExecuteScalar() is var value and not DBNull ? value : 0L, CultureInfo.InvariantCulture) / 1e6).ToString("N1", CultureInfo.InvariantCulture) + " MB";
    }
}
