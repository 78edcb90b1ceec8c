using System.Text;

namespace Blog.Content.Components;

/// <summary>A piece of a line in the making: stretches of the body and what stands in for others, each with its place in the body.</summary>
internal sealed class SourcePiece(string body)
{
    private readonly StringBuilder _text = new();
    private readonly List<(int At, int Body)> _places = [];

    /// <summary>Offsets in the piece, and in the body where what begins there came from.</summary>
    public IReadOnlyList<(int At, int Body)> Places => _places;

    public int Length => _text.Length;

    public bool IsBlank
    {
        get
        {
            for (var i = 0; i < _text.Length; i++)
                if (!char.IsWhiteSpace(_text[i])) return false;
            return true;
        }
    }

    public SourcePiece Copy(int start, int end)
    {
        _places.Add((_text.Length, start));
        _text.Append(body, start, end - start);
        return this;
    }

    public SourcePiece Insert(string text, int place)
    {
        _places.Add((_text.Length, place));
        _text.Append(text);
        return this;
    }

    public override string ToString() => _text.ToString();
}
