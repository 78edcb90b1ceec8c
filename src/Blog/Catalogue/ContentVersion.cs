using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Blog.Catalogue;

/// <summary>
/// Identifies a whole content folder by the sum of its files' hashes: the same for the same files, whatever their times and the order in which they came,
/// so that a change of one file costs one addition.
/// </summary>
internal struct ContentVersion
{
    private UInt128 _sum;

    /// <summary>The version as <see cref="ToString"/> wrote it; that of an empty folder for null.</summary>
    public static ContentVersion Parse(string? text) => new() { _sum = UInt128.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var sum) ? sum : 0 };

    /// <summary>Takes in a file.</summary>
    /// <param name="path">Its content path.</param>
    /// <param name="size">In bytes; stands for the content of a file that is not read.</param>
    /// <param name="hash">Of its content; empty for a file that is not read.</param>
    public void Add(string path, long size, string hash) => _sum += Part(path, size, hash);

    /// <summary>Takes out a file, by what it was taken in with.</summary>
    public void Remove(string path, long size, string hash) => _sum -= Part(path, size, hash);

    public override readonly string ToString() => _sum.ToString("x32", CultureInfo.InvariantCulture);

    private static UInt128 Part(string path, long size, string hash) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(hash.Length > 0 ? $"{path}\n{hash}" : $"{path}\n{size.ToString(CultureInfo.InvariantCulture)}")));
}
