using System.Net;
using System.Text;
using Blog.Catalogue.Search;
using Blog.Content.Search;
using Microsoft.Extensions.DependencyInjection;

namespace Blog.Tests.Site.Search;

/// <summary>Whatever is typed is a query, never an error and never syntax of the index.</summary>
public sealed class AnyInputTests
{
    private static readonly string[] Pieces =
    [
        "\"", "'", "`", "*", "^", ":", "-", "+", "(", ")", "{", "}", "[", "]", "\\", "/", "%", "_", ";", "--", "\0", "\u0001", "\u001F", "\u007F", "\u200B", "\u200E", "\u200F", "\u202E", "\u2066", "\uFEFF", "\uFFFE", "\uFFFF", "\uD800", "\uDC00", "😀", "👩‍👩‍👧", "🇩🇪",
        " ", "\t", "\n", "\u2028", "\u00A0", "AND", "OR", "NOT", "NEAR", "NEAR(a b, 2)", "rank", "rowid", "Title:", "{Title Body}:", "Search", "Facets", "¤2stone", "author:", "tag:", "category:", "author:\"", "tag:*", "author:author:", "tag:''", "category:%",
        "bridge", "Bridges", "the", "of", "a", "c#", "c++", ".net", "node.js", "e-mail", "日本語", "本", "ｶﾀｶﾅ", "ไทย", "한국어", "كِتَاب", "ספר", "ёлка", "ﬁ", "ß", "İ", "ı", "e\u0301", "\u0301", "𐐀", "𠮷野家", "½", "１２３", "…", "„", "“", "”", "«", "»",
        "' OR 1=1 --", "\"; DROP TABLE Search; --", "<script>alert(1)</script>", "&amp;", "x'00'",
    ];

    [Fact]
    public async Task Random_input_never_fails()
    {
        await using var site = await new TestSite().Write("articles/a.md", "---\ntitle: Bridges of stone\ntags: [stone]\nauthor: ann\n---\nA bridge. 日本語 ไทย 한국어 كتاب e-mail node.js c# 😀\n").Started();
        await using var scope = site.Services.CreateAsyncScope();
        var reader = scope.ServiceProvider.GetRequiredService<SearchReader>();
        var random = new Random(20261125);
        for (var i = 0; i < 3000; i++)
        {
            var input = Input(random);
            try
            {
                var found = reader.Search(new SearchRequest(SearchQuery.Parse(input), 1, 10));
                Assert.True(found.Articles.Count <= 1);
                reader.Suggest(SearchQuery.Parse(input), 5);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"“{Escaped(input)}”: {e}");
            }
        }
    }

    [Fact]
    public async Task The_page_bears_it_too()
    {
        await using var site = await new TestSite().Write("articles/a.md", "---\ntitle: Bridges\n---\nA bridge.\n").Started();
        var random = new Random(7);
        for (var i = 0; i < 150; i++)
        {
            var query = $"q={Encoded(Input(random))}&tag={Encoded(Input(random))}&author={Encoded(Input(random))}&page={Encoded(Input(random))}&exact={Encoded(Input(random))}";
            Assert.Contains(await site.Status("/search?" + (query.Length > 6000 ? query[..6000].TrimEnd('%') : query)), new[] { HttpStatusCode.OK, HttpStatusCode.Redirect });
        }

        foreach (var query in new[] { "q=%00", "q=%FF%FE", "q", "q=a&q=b", "q=" + new string('a', 10_000), "q=" + string.Concat(Enumerable.Repeat("%22", 5000)), "page=2", "q=bridge&page=%00" })
            Assert.Contains(await site.Status("/search?" + query), new[] { HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.RequestUriTooLong });
    }

    [Fact]
    public void Ten_thousand_characters_are_cut_between_whole_characters()
    {
        var query = SearchQuery.Parse(string.Concat(Enumerable.Repeat("a😀 ", 3000)));
        Assert.True(query.Text.Length <= SearchQuery.MaxLength);
        Assert.True(query.Parts.Count <= SearchQuery.MaxParts);
        Assert.DoesNotContain(query.Text.EnumerateRunes(), rune => rune == Rune.ReplacementChar);
    }

    private static string Input(Random random)
    {
        var text = new StringBuilder();
        for (var n = random.Next(1, random.Next(20) == 0 ? 2000 : 9); n > 0; n--)
            text.Append(random.Next(4) == 0 ? ((char)random.Next(0x10000)).ToString() : Pieces[random.Next(Pieces.Length)]).Append(random.Next(3) == 0 ? " " : "");
        return text.ToString();
    }

    private static string Encoded(string text) => WebUtility.UrlEncode(text);

    private static string Escaped(string text) => string.Concat(text.Select(c => c is >= ' ' and < '\u007F' ? c.ToString() : $"\\u{(int)c:X4}"));
}
