using Blog.Catalogue;
using Blog.Content;
using Microsoft.Extensions.Logging.Abstractions;

namespace Blog.Tests.Catalogue;

/// <summary>The search index of a big site is made after its first start, and is then the one that it would have been.</summary>
public sealed class IndexTests
{
    [Fact]
    public void Made_later_it_is_the_same()
    {
        var folder = Directory.CreateTempSubdirectory("blog-index-").FullName;
        try
        {
            var content = Path.Combine(folder, "content");
            Directory.CreateDirectory(Path.Combine(content, "articles"));
            for (var i = 0; i < 600; i++) Write(i, $"Some words, of which {i} is one");
            using var atOnce = CatalogueFile.Open(Path.Combine(folder, "one"), NullLogger.Instance);
            using var later = CatalogueFile.Open(Path.Combine(folder, "two"), NullLogger.Instance);
            var (first, second) = (Sync(atOnce, 1000), Sync(later, 10));
            Assert.NotEqual(CatalogueDump.Of(atOnce), CatalogueDump.Of(later));
            Assert.True(Index(second));
            var overtaken = second.Index.Take()!;
            // Meanwhile somebody saves what is in the index already, and what is not.
            Write(3, "Changed early");
            Write(135, "Changed while its words were looked for");
            Write(590, "Changed late");
            foreach (var sync in new[] { first, second }) sync.Run(SyncScope.Everything(SyncReason.Look), false, CancellationToken.None);
            second.Index.Write(overtaken, overtaken.Find(CancellationToken.None));
            while (Index(second)) { }
            Assert.True(second.Index.IsComplete);
            Assert.Equal(CatalogueDump.Of(atOnce), CatalogueDump.Of(later));

            static bool Index(CatalogueSync sync)
            {
                if (sync.Index.Take() is not { } batch) return false;
                sync.Index.Write(batch, batch.Find(CancellationToken.None));
                return true;
            }

            void Write(int number, string text) => File.WriteAllText(Path.Combine(content, "articles", $"a{number}.md"), $"---\ntitle: Number {number}\ntags: [t{number % 7}]\n---\n{text}.\n");

            CatalogueSync Sync(CatalogueFile file, int most)
            {
                var sync = new CatalogueSync(new ContentFolder(content), file, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance) { MaxIndexedAtOnce = most };
                sync.Run(SyncScope.Everything(SyncReason.Start), true, CancellationToken.None);
                return sync;
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
