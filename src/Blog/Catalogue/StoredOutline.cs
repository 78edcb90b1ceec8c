using System.Text.Json;
using Blog.Content;

namespace Blog.Catalogue;

/// <summary>Reads the headings of an article as they are stored. The serializer, which collects what a constructor takes, takes three times as long, for each page.</summary>
internal static class StoredOutline
{
    /// <summary>The headings in their order.</summary>
    /// <param name="json">A list of <see cref="OutlineEntry"/>, in UTF-8.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static IReadOnlyList<OutlineEntry> Read(ReadOnlySpan<byte> json)
    {
        var entries = new List<OutlineEntry>();
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
            if (reader.TokenType == JsonTokenType.StartObject) entries.Add(Entry(ref reader));
        return entries;
    }

    private static OutlineEntry Entry(ref Utf8JsonReader reader)
    {
        var (level, id, text) = (0, "", "");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(nameof(OutlineEntry.Level))) level = reader.Read() ? reader.GetInt32() : 0;
            else if (reader.ValueTextEquals(nameof(OutlineEntry.Id))) id = Text(ref reader);
            else if (reader.ValueTextEquals(nameof(OutlineEntry.Text))) text = Text(ref reader);
            else reader.Skip();
        }

        return new OutlineEntry(level, id, text);
    }

    private static string Text(ref Utf8JsonReader reader) => reader.Read() ? reader.GetString() ?? "" : "";
}
