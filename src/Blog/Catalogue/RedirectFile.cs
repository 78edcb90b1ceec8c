using System.Text.Json;
using System.Text.Json.Serialization;

namespace Blog.Catalogue;

/// <summary>
/// The addresses that articles have left, in <c>redirects.jsonl</c> in the data folder: what the site has learned and could not find out again, so that it survives the catalogue.
/// One JSON object a line, appended; the last line for an address counts. A line that can't be read is passed over.
/// </summary>
/// <param name="path">Where the file is or will be.</param>
internal sealed class RedirectFile(string path)
{
    /// <summary>Of the file in the data folder.</summary>
    public const string Name = "redirects.jsonl";

    private const int LinesBeforeRewrite = 1000;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Changes when the file is written, also by another; null while there is none.</summary>
    public string? Stamp => new FileInfo(path) is { Exists: true } info ? $"{info.Length} {info.LastWriteTimeUtc.Ticks}" : null;

    /// <summary>Adds what changed.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Append(IEnumerable<(string Address, Redirect? Redirect)> changes)
    {
        using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        using var writer = new StreamWriter(stream);
        // A line that a full disk or a kill cut short must not take the next one with it.
        if (stream.Position > 0) writer.Write('\n');
        foreach (var (address, redirect) in changes) writer.Write(JsonSerializer.Serialize(Line.Of(address, redirect), Options) + "\n");
        writer.Flush();
        stream.Flush(true);
    }

    /// <summary>All redirects; none where there is no file.</summary>
    public IReadOnlyCollection<Redirect> Read()
    {
        if (!File.Exists(path)) return [];
        var redirects = new Dictionary<string, Redirect>(StringComparer.Ordinal);
        var lines = 0;
        foreach (var text in File.ReadLines(path).Where(text => text.Length > 0))
        {
            lines++;
            if (Line.Parse(text) is not { From: { } from } line) continue;
            if (line.Forgotten) redirects.Remove(from);
            else redirects[from] = line.ToRedirect();
        }

        if (lines > 2 * redirects.Count + LinesBeforeRewrite) Shorten(redirects.Values);
        return redirects.Values;
    }

    /// <summary>Puts these in the place of all that the file holds.</summary>
    /// <exception cref="IOException">It can't be written, and is as it was.</exception>
    public void Replace(IEnumerable<Redirect> redirects)
    {
        try
        {
            using (var stream = new FileStream(path + ".new", FileMode.Create, FileAccess.Write, FileShare.Read))
            {
                using var writer = new StreamWriter(stream);
                foreach (var redirect in redirects) writer.Write(JsonSerializer.Serialize(Line.Of(redirect.Address, redirect), Options) + "\n");
                writer.Flush();
                stream.Flush(true);
            }

            File.Move(path + ".new", path, true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(path + ".new");
            throw;
        }
    }

    private void Shorten(IReadOnlyCollection<Redirect> redirects)
    {
        // Where that fails, it is only longer than it need be.
        try { Replace(redirects); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
    }

    /// <summary>A line of the file.</summary>
    private sealed record Line(string? From, string? To, string? File, string? Hash, string? Id, DateTimeOffset? At, bool Forgotten)
    {
        public static Line Of(string address, Redirect? redirect) => redirect is null
            ? new Line(address, null, null, null, null, null, true)
            : new Line(address, redirect.Target, redirect.Path, redirect.Hash, redirect.Uid, DateTimeOffset.FromUnixTimeMilliseconds(redirect.At), false);

        public static Line? Parse(string text)
        {
            try { return JsonSerializer.Deserialize<Line>(text, Options); }
            catch (JsonException) { return null; }
        }

        public Redirect ToRedirect() => new() { Address = From!, Target = To, Path = File ?? "", Hash = Hash ?? "", Uid = Id, At = At?.ToUnixTimeMilliseconds() ?? 0 };
    }
}
