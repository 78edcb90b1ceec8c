namespace Blog.Site.Highlighting;

/// <summary>What a run of characters in code is. The value is the class that it has in a page, and how it is stored.</summary>
public enum TokenKind : byte
{
    Plain = (byte)'p',
    Comment = (byte)'c',
    Keyword = (byte)'k',
    String = (byte)'s',
    Number = (byte)'n',
    Function = (byte)'f',
    Type = (byte)'t',
    Attribute = (byte)'a',
    Meta = (byte)'m',
    Inserted = (byte)'i',
    Deleted = (byte)'d',
    Emphasis = (byte)'e',
    Strong = (byte)'b',
}

/// <summary>A run of characters of one kind. A piece of code is stored as its runs, never as HTML: whatever made them can't put anything into a page but colours.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Length">How many, in UTF-16 code units; at least one.</param>
public readonly record struct TokenRun(TokenKind Kind, int Length)
{
    /// <summary>Each run as a byte for its kind and its length in groups of seven bits, the lowest first.</summary>
    public static byte[] Pack(IReadOnlyList<TokenRun> runs)
    {
        var bytes = new List<byte>(runs.Count * 2);
        foreach (var run in runs)
        {
            bytes.Add((byte)run.Kind);
            var length = (uint)run.Length;
            for (; length >= 0x80; length >>= 7) bytes.Add((byte)(length | 0x80));
            bytes.Add((byte)length);
        }

        return [.. bytes];
    }

    /// <summary>The runs in bytes of <see cref="Pack"/>; as far as they can be read in others.</summary>
    public static TokenRun[] Unpack(ReadOnlySpan<byte> bytes)
    {
        var runs = new List<TokenRun>(bytes.Length / 2);
        for (var i = 0; i < bytes.Length;)
        {
            var kind = (TokenKind)bytes[i++];
            var (length, shift) = (0u, 0);
            while (i < bytes.Length && shift < 28)
            {
                length |= (uint)(bytes[i] & 0x7F) << shift;
                shift += 7;
                if (bytes[i++] < 0x80) break;
            }

            if (length > 0 && Enum.IsDefined(kind)) runs.Add(new TokenRun(kind, (int)length));
        }

        return [.. runs];
    }

    /// <summary>The kind of a scope of highlight.js, such as <c>title.function</c>.</summary>
    public static TokenKind KindOf(string scope) => scope switch
    {
        "comment" or "quote" => TokenKind.Comment,
        "title.class" or "title.class.inherited" or "type" or "class" or "built_in" or "selector-tag" or "name" or "variable.language" => TokenKind.Type,
        "keyword" or "literal" or "doctag" or "template-tag" or "selector-pseudo" => TokenKind.Keyword,
        "string" or "regexp" or "char.escape" or "link" or "code" or "template-variable" => TokenKind.String,
        "number" or "symbol" or "bullet" => TokenKind.Number,
        "attr" or "attribute" or "property" or "variable" or "variable.constant" or "selector-attr" or "selector-id" or "selector-class" => TokenKind.Attribute,
        "meta" or "meta.prompt" or "meta.keyword" or "meta.string" => TokenKind.Meta,
        "addition" => TokenKind.Inserted,
        "deletion" => TokenKind.Deleted,
        "emphasis" => TokenKind.Emphasis,
        "strong" => TokenKind.Strong,
        "section" or "title" => TokenKind.Function,
        _ when scope.StartsWith("title.", StringComparison.Ordinal) => TokenKind.Function,
        _ => TokenKind.Plain,
    };
}
