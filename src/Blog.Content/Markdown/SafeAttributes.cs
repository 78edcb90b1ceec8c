using Markdig.Extensions.GenericAttributes;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers.Html;

namespace Blog.Content.Markdown;

/// <summary>Attributes in braces behind an element, <c>{.class #id lang=de}</c>, as far as they can do no harm; any other text in braces stays text.</summary>
internal sealed class SafeAttributes : GenericAttributesParser
{
    private static readonly HashSet<string> Allowed = new(StringComparer.OrdinalIgnoreCase)
    {
        "lang", "dir", "title", "width", "height", "rel", "hreflang", "start", "reversed", "translate", "role", "aria-label", "aria-hidden", "loading", "decoding",
    };

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var ahead = slice;
        if (!TryParse(ref ahead, out var attributes) || !IsSafe(attributes) || !StandsBehindElement(slice, ahead)) return false;
        return base.Match(processor, ref slice);
    }

    /// <summary>True right behind a link, code or emphasis, and at the end of a heading or paragraph. “The set {.a} of” is text.</summary>
    private static bool StandsBehindElement(StringSlice at, StringSlice behind) => at.PeekCharExtra(-1) is ')' or ']' or '`' or '*' or '_' or '~' or '>' || behind.IsEmptyOrWhitespace();

    private static bool IsSafe(HtmlAttributes attributes) =>
        (attributes.Id is not null || attributes.Classes is { Count: > 0 } || attributes.Properties is { Count: > 0 })
        && (attributes.Id is null || attributes.Id.All(IsNameCharacter)) && (attributes.Classes?.All(name => name.All(IsNameCharacter)) ?? true)
        && (attributes.Properties?.All(property => property.Value is not null && Allowed.Contains(property.Key)) ?? true);

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' or ':' or '.';
}
