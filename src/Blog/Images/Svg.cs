using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Blog.Images;

/// <summary>An SVG drawing.</summary>
/// <param name="Root">Its svg element, as written.</param>
/// <param name="Size">In CSS pixels, by its width and height or else its viewBox; null without either.</param>
internal sealed record Svg(XElement Root, (int Width, int Height)? Size)
{
    /// <summary>The namespace of SVG.</summary>
    public static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    private const int MaxElements = 100_000;
    private const int MaxDepth = 200;
    private const int MaxSide = 100_000;

    /// <summary>Reads a drawing. A document type is passed over, with whatever entities and addresses are in it.</summary>
    /// <exception cref="XmlException">It is not well-formed XML.</exception>
    /// <exception cref="InvalidDataException">It is not SVG, or has more in it than is read.</exception>
    public static Svg Read(Stream file)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, CloseInput = false };
        using (var reader = XmlReader.Create(file, settings))
        {
            // Before a tree is built of it.
            for (var elements = 0; reader.Read();)
                if (reader.NodeType == XmlNodeType.Element && (++elements > MaxElements || reader.Depth > MaxDepth)) throw new InvalidDataException($"It has more than {MaxElements} elements, or more than {MaxDepth} within each other.");
        }

        file.Position = 0;
        using var again = XmlReader.Create(file, settings);
        var root = XDocument.Load(again).Root!;
        if (root.Name.LocalName != "svg" || root.Name.Namespace != Namespace) throw new InvalidDataException("Its outermost element is not svg of the namespace http://www.w3.org/2000/svg.");
        return new Svg(root, SizeOf(root));
    }

    /// <summary>The drawing as it is written, without what <see cref="SvgPolicy"/> takes out.</summary>
    public byte[] Cleaned()
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true, CheckCharacters = true })) SvgPolicy.Clean(Root).Save(writer);
        return stream.ToArray();
    }

    private static (int Width, int Height)? SizeOf(XElement root)
    {
        var (width, height) = (Pixels((string?)root.Attribute("width")), Pixels((string?)root.Attribute("height")));
        var box = ((string?)root.Attribute("viewBox"))?.Split([' ', ',', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(Number).ToList();
        if (box is [_, _, > 0 and { } boxWidth, > 0 and { } boxHeight])
        {
            if (width is null && height is null) (width, height) = (boxWidth, boxHeight);
            else (width, height) = (width ?? height * boxWidth / boxHeight, height ?? width * boxHeight / boxWidth);
        }

        return width is >= 0.5 and < MaxSide && height is >= 0.5 and < MaxSide ? (Math.Max(1, (int)Math.Round(width.Value)), Math.Max(1, (int)Math.Round(height.Value))) : null;
    }

    /// <summary>A length of CSS in pixels; null for a share of something else.</summary>
    private static double? Pixels(string? length)
    {
        if (length is null) return null;
        var text = length.Trim();
        var unit = new string(text.Reverse().TakeWhile(c => char.IsAsciiLetter(c) || c == '%').Reverse().ToArray()).ToLowerInvariant();
        double? scale = unit switch { "" or "px" => 1, "pt" => 96 / 72.0, "pc" => 16, "mm" => 96 / 25.4, "cm" => 96 / 2.54, "in" => 96, "em" or "rem" => 16, _ => null };
        return Number(text[..^unit.Length]) * scale is > 0 and var pixels ? pixels : null;
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
