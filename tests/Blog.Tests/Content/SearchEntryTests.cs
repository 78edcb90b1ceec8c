using Blog.Content;
using Blog.Content.Search;

namespace Blog.Tests.Content;

/// <summary>What the search index is told of an article.</summary>
public sealed class SearchEntryTests
{
    [Theory]
    [InlineData("en", "The Who on Node.js and C#", "<p>The band runs, running and ran; e-mail about Node.js, node.js.</p><h2 id=\"a\">Runs of 1969</h2><p>Café or cafe &amp; crème</p><pre><code>var ran = 1;</code></pre>")]
    [InlineData("de", "Über Häuser", "<h2>Haus</h2><p>Häuser, Haus-Tür und Hausboote; das Haus der Häuser.</p>")]
    [InlineData("zh", "静态网站", "<p>一个静态网站，Hugo 和 一个网站。</p>")]
    [InlineData("ar", "المقالات", "<p>مقالات عن المواقع والمقالة</p>")]
    [InlineData("tlh", "", "")]
    public void Key_words_by_themselves_are_those_of_the_whole(string language, string title, string html)
    {
        var source = new SearchSource(title, "A description, described", language, html, [(Taxonomy.Author, "ada", "Ada L."), (Taxonomy.Tag, "the-web", "The Web"), (Taxonomy.Category, "the-web", "The Web")]);
        var (whole, part) = (SearchEntry.Of(source), SearchEntry.Of(source, onlyKeyWords: true));
        Assert.Equal(whole.KeyWords, part.KeyWords);
        Assert.Equal(whole.Facets, part.Facets);
        Assert.Equal("", part.Title + part.Headings + part.Description + part.Topics + part.Authors + part.Body + part.Code + part.Marks);
        Assert.Empty(part.Words);
    }

    [Fact]
    public void Words_weigh_by_where_they_stand_and_how_often()
    {
        var entry = SearchEntry.Of(new SearchSource("Orchards", "", "en", "<h2>Grafting</h2><p>An orchard, the orchard's apples: grafting apples, apples.</p><pre>pears pears pears pears pears pears pears</pre>", [(Taxonomy.Tag, "cider", "Cider")]));
        var weights = entry.KeyWords.ToDictionary(word => word.Facet, word => Math.Round(word.Weight * word.Weight, 6));
        // Six in the title and two in the text; three in the text; two in a heading and one in the text; four as a topic.
        Assert.Equal(8, weights[KeyWord.Token("orchard")]);
        Assert.Equal(3, weights[KeyWord.Token("appl")]);
        Assert.Equal(3, weights[KeyWord.Token("graft")]);
        Assert.Equal(4, weights[KeyWord.Token("cider")]);
        Assert.DoesNotContain(KeyWord.Token("pear"), weights.Keys);
        Assert.Contains(SearchEntry.Facet(Taxonomy.Tag, "cider"), weights.Keys);
        Assert.Equal(["apples", "cider", "grafting", "orchard", "orchard's", "orchards"], entry.Words.Select(word => word.Surface).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Words_are_the_same_whoever_else_looks_for_some()
    {
        // More than there are places for, by several at once: they take each other's.
        string Text(int seed) => $"<p>{string.Join(' ', Enumerable.Range(0, 4000).Select(i => "w" + Convert.ToString((i * 7919 + seed * 104729) % 90_001, 8)))}</p>";
        var sources = Enumerable.Range(0, 60).Select(seed => new SearchSource($"Number {seed}", "", "en", Text(seed), [])).ToList();
        var alone = sources.Select(source => SearchEntry.Of(source)).ToList();
        var together = new SearchEntry[sources.Count];
        Parallel.For(0, sources.Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = SearchEntry.Of(sources[i]));
        for (var i = 0; i < sources.Count; i++)
        {
            Assert.Equal(alone[i].Body, together[i].Body);
            Assert.Equal(alone[i].KeyWords, together[i].KeyWords);
            Assert.True(alone[i].Words.ToHashSet().SetEquals(together[i].Words));
            Assert.Equal(alone[i].Words.Count, together[i].Words.Count);
        }
    }

    /// <summary>The vectors of the draft, whose bytes are code units here.</summary>
    [Theory]
    [InlineData("", 0x811c9dc5, 0xcbf29ce484222325)]
    [InlineData("a", 0xe40c292c, 0xaf63dc4c8601ec8c)]
    [InlineData("foobar", 0xbf9cf968, 0x85944171f73967e8)]
    public void Hashes_are_those_of_the_standard(string text, uint hash32, ulong hash64)
    {
        Assert.Equal(hash32, Fnv.Hash32(text));
        Assert.Equal(hash64, Fnv.Hash64(text));
    }
}
