using System.Text;
using Blog.Site.Shared;

namespace Blog.Tests.Site;

/// <summary>What views write is UTF-8, in whatever pieces it comes.</summary>
public sealed class PageWriterTests
{
    [Fact]
    public void Pieces_make_the_text_that_they_are_of()
    {
        var random = new Random(5);
        string[] texts = ["", "a", "<p class=\"x\">", "Ünïcödé", "بحر", "🚀", "👩‍🚀\u0301", new string('x', 70_000)];
        for (var round = 0; round < 200; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => texts[random.Next(texts.Length - (round % 20 == 0 ? 0 : 1))]));
            var writer = PageWriter.Rent();
            for (var at = 0; at < text.Length;)
            {
                // Between the halves of a pair of surrogates, too.
                var length = Math.Min(text.Length - at, random.Next(1, round % 20 == 0 ? 9_000 : 4));
                if (length == 1) writer.Write(text[at]);
                else if (random.Next(2) == 0) writer.Write(text.Substring(at, length));
                else writer.Write(text.ToCharArray(), at, length);
                at += length;
            }

            Assert.Equal(text, Encoding.UTF8.GetString(writer.Written.Span));
            PageWriter.Return(writer);
        }
    }

    [Fact]
    public void A_writer_that_was_left_in_the_midst_of_a_pair_begins_anew()
    {
        var writer = PageWriter.Rent();
        writer.Write('\ud83d');
        PageWriter.Return(writer);
        var others = Enumerable.Range(0, 32).Select(_ => PageWriter.Rent()).ToList();
        foreach (var other in others)
        {
            other.Write("a");
            Assert.Equal("a", Encoding.UTF8.GetString(other.Written.Span));
        }

        foreach (var other in others) PageWriter.Return(other);
    }
}
