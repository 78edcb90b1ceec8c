using System.Globalization;
using Blog.Export;

namespace Blog.Commands;

/// <summary>A bar in a line of the terminal, drawn over itself; nothing where nobody looks.</summary>
/// <param name="output">The terminal.</param>
/// <param name="width">Its columns, now; 0 for no bar.</param>
/// <param name="time">What says when the next look is worth it.</param>
internal sealed class ExportProgress(TextWriter output, Func<int> width, TimeProvider time) : IProgress<ExportStep>
{
    private const int LongestBar = 40;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private long _drawn;
    private int _length;

    /// <summary>The terminal that the program was started in, or no bar where its output goes elsewhere or it can't draw one.</summary>
    public static ExportProgress OnTerminal(TextWriter output, TimeProvider time) =>
        new(output, () => CheckCommand.IsTerminal(output) && Environment.GetEnvironmentVariable("TERM") != "dumb" ? Console.WindowWidth : 0, time);

    public void Report(ExportStep value)
    {
        // Whoever comes while it is drawn is drawn the next time.
        if (!_lock.TryEnter()) return;
        try
        {
            if (_drawn != 0 && time.GetElapsedTime(_drawn) < Interval) return;
            _drawn = time.GetTimestamp();
            Draw(Line(value, width()));
        }
        finally
        {
            _lock.Exit();
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            if (_length > 0) output.Write($"\r{new string(' ', _length)}\r");
            _length = 0;
        }
    }

    /// <summary>The bar and the numbers, or the numbers alone where there is no room for both; never so long that it breaks.</summary>
    internal static string Line(ExportStep step, int width)
    {
        if (width <= 0) return "";
        if (step.Total == 0) return Cut("Reading the content …");
        var numbers = string.Create(CultureInfo.InvariantCulture, $"{step.Done:N0} of {step.Total:N0}");
        var room = Math.Min(LongestBar, width - numbers.Length - 4);
        if (room < 5) return Cut(numbers);
        var full = (int)((long)room * step.Done / step.Total);
        return $"{new string('█', full)}{new string('░', room - full)}  {numbers}";

        string Cut(string text) => text.Length < width ? text : text[..Math.Max(0, width - 1)];
    }

    private void Draw(string line)
    {
        if (line.Length == 0) return;
        output.Write($"\r{line.PadRight(_length)}");
        _length = line.Length;
    }
}
