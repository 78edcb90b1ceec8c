using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Blog.Export;

/// <summary>A file that an export wrote.</summary>
/// <param name="Hash">SHA-256 of its bytes, in lower-case hex.</param>
/// <param name="Length">Of the file, in bytes.</param>
/// <param name="Tag">What the server called the bytes, or for a compressed copy the hash of what it is a copy of; null for neither.</param>
internal sealed record OutputFile(string Hash, long Length, string? Tag);

/// <summary>What an export wrote, in a file of the output folder: by it the next one knows what has changed, and which files it may delete.</summary>
internal static partial class OutputManifest
{
    public const string Name = ".blog-export.json";

    // Compiled beforehand: an export of one edit has no time to find out how to read this.
    private static readonly StoredContext Context = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    /// <summary>True where there is a manifest, though perhaps one that is cut short.</summary>
    public static bool IsIn(string folder)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(folder, Name));
            Span<byte> start = stackalloc byte[10];
            return file.ReadAtLeast(start, start.Length, false) == start.Length && start.SequenceEqual("{\"files\":{"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return false; }
    }

    /// <summary>The files by path, and what identifies them all; null where there is no manifest, or none that can be read.</summary>
    public static (Dictionary<string, OutputFile> Files, string State)? Read(string folder)
    {
        try
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, Name));
            return JsonSerializer.Deserialize(bytes, Context.Stored) is { } stored ? (stored.Files, StateOf(bytes)) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException) { return null; }
    }

    /// <summary>The files that are there now, with their lengths, by their paths in the folder, but for those behind links: looked for all at once, as to ask for each of ten thousand takes several times as long. None where no export has been.</summary>
    public static Dictionary<string, long> Lengths(string folder)
    {
        var lengths = new Dictionary<string, long>(StringComparer.Ordinal);
        if (!IsIn(folder)) return lengths;
        var files = new FileSystemEnumerable<FoundFile>(folder, (ref FileSystemEntry entry) => new FoundFile(entry.ToFullPath(), entry.Length), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) == 0,
            // A link may lead back up, or into a folder of somebody else's.
            ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        try
        {
            foreach (var file in files) lengths[Path.GetRelativePath(folder, file.Path).Replace(Path.DirectorySeparatorChar, '/')] = file.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What was not come to is asked for by itself.
        }

        return lengths;
    }

    /// <summary>Changes when another export has written the manifest; null while there is none.</summary>
    public static string? StampOf(string folder) => new FileInfo(Path.Combine(folder, Name)) is { Exists: true } info ? $"{info.Length} {info.LastWriteTimeUtc.Ticks}" : null;

    /// <summary>What identifies the files of a manifest.</summary>
    public static string StateOf(byte[] manifest) => Convert.ToHexStringLower(SHA256.HashData(manifest));

    /// <summary>The manifest's bytes: the same for the same files.</summary>
    public static byte[] Write(IEnumerable<KeyValuePair<string, OutputFile>> files) =>
        JsonSerializer.SerializeToUtf8Bytes(new Stored(new Dictionary<string, OutputFile>(files.OrderBy(file => file.Key, StringComparer.Ordinal))), Context.Stored);

    private readonly record struct FoundFile(string Path, long Length);

    internal sealed record Stored(Dictionary<string, OutputFile> Files);

    [JsonSerializable(typeof(Stored))]
    private sealed partial class StoredContext : JsonSerializerContext;
}
