using System.Text;
using Microsoft.Extensions.ObjectPool;

namespace Blog.Content;

/// <summary>Builders of texts as long as articles, used again and again: what each needs while it grows is more than the text itself, and would be collected with every article.</summary>
public static class TextBuilders
{
    // Characters that hold most articles with their markup.
    private const int UsualLength = 16 * 1024;

    // What a text of unusual length took is not kept.
    private const int MostKept = 64 * 1024;

    // A document that is being read has some at a time.
    private const int MostAtRest = 16;

    private static readonly ObjectPool<StringBuilder> Pool = new DefaultObjectPoolProvider { MaximumRetained = MostAtRest }.CreateStringBuilderPool(UsualLength, MostKept);

    /// <summary>An empty builder. Whoever forgets to finish it loses nothing but time.</summary>
    public static StringBuilder Rent() => Pool.Get();

    /// <summary>The text, and the builder given back.</summary>
    public static string Finish(StringBuilder builder)
    {
        var text = builder.ToString();
        Return(builder);
        return text;
    }

    /// <summary>The text without white space at its ends, and the builder given back.</summary>
    public static string FinishTrimmed(StringBuilder builder)
    {
        var text = Trimmed(builder);
        Return(builder);
        return text;
    }

    /// <summary>Gives a builder back, whatever it holds.</summary>
    public static void Return(StringBuilder builder) => Pool.Return(builder);

    /// <summary>The text without white space at its ends.</summary>
    public static string Trimmed(StringBuilder builder)
    {
        var (start, end) = (0, builder.Length);
        while (end > 0 && char.IsWhiteSpace(builder[end - 1])) end--;
        while (start < end && char.IsWhiteSpace(builder[start])) start++;
        return builder.ToString(start, end - start);
    }
}
