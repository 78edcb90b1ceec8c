namespace Blog.Images;

/// <summary>What is known of a picture without showing it; a row of the catalogue.</summary>
public sealed record Picture
{
    /// <summary>How many characters of a file's SHA-256 stand in addresses: 64 bits.</summary>
    public const int HashLength = 16;

    /// <summary>Its content path.</summary>
    public required string Path { get; init; }

    /// <summary>The first <see cref="HashLength"/> characters of the file's SHA-256 in lower-case hex.</summary>
    public required string Hash { get; init; }

    /// <summary>By what is in the file, whatever its name.</summary>
    public PictureFormat Format { get; init; }

    /// <summary>In pixels, turned as it is shown (EXIF orientation); 0 where it is not known.</summary>
    public int Width { get; init; }

    /// <summary>Likewise.</summary>
    public int Height { get; init; }

    /// <summary>True for several pictures that are shown one after the other.</summary>
    public bool IsAnimated { get; init; }

    /// <summary>True when what is behind it may show through.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>False when it can't be decoded to its end, or has too many pixels, so that it is served as it is.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The colour to show until it has come, as a <see cref="Images.Tone"/>; null for none.</summary>
    public string? Tone { get; init; }
}
