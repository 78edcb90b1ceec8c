using System.Text;
using Jint;
using Jint.Native;
using Jint.Runtime;

namespace Blog.Content.Mathematics;

/// <summary>KaTeX in a JavaScript interpreter, which turns TeX into MathML. For one thread, whose stack must be large.</summary>
internal sealed class TexEngine
{
    /// <summary>Bytes that KaTeX, interpreted, may need at the depth that is allowed to it.</summary>
    public const int StackSize = 16 * 1024 * 1024;

    private const int MaxDepth = 600;

    // A page of mathematics takes a fiftieth of it. Steps, so that the same formula always comes to the same.
    private const int MaxSteps = 3_000_000;
    private const long MaxMemory = 256 * 1024 * 1024;

    // What KaTeX shows in this colour it does not trust, such as an address.
    private const string Distrusted = "#bad1d0";

    // No macro that grows for ever, no address, no rule as wide as a house.
    private const string Start = $$"""
        function typeset(tex, isDisplay) {
          try { return katex.renderToString(tex, { displayMode: isDisplay, output: "mathml", throwOnError: true, errorColor: "{{Distrusted}}", strict: "ignore", trust: false, maxExpand: 500, maxSize: 30 }); }
          catch (error) { if (error instanceof katex.ParseError) return [error.rawMessage, error.position ?? -1]; throw error; }
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly Lazy<Prepared<Acornima.Ast.Script>> Katex = new(() => Engine.PrepareScript(Read("katex.min.js"), options: new ScriptPreparationOptions { ParsingOptions = new ScriptParsingOptions { CompileRegex = false } }));

    private readonly Engine _engine = new(options => options.LimitRecursion(MaxDepth).MaxStatements(MaxSteps).TimeoutInterval(Patience).LimitMemory(MaxMemory).RegexTimeoutInterval(TimeSpan.FromSeconds(1)));

    /// <summary>Reads KaTeX, which takes a fifth of a second.</summary>
    public TexEngine() => _engine.Execute(Katex.Value).Execute(Start);

    /// <summary>Typesets a formula.</summary>
    /// <param name="tex">Without its signs.</param>
    /// <param name="isDisplay">True for one that stands by itself.</param>
    /// <param name="isWell">False afterwards when the engine was stopped in the midst of its work and had better be thrown away.</param>
    /// <exception cref="TimeoutException">It took longer than a formula may, or the machine stood still. The engine had better be thrown away.</exception>
    public TexResult Typeset(string tex, bool isDisplay, out bool isWell)
    {
        isWell = true;
        try
        {
            var result = _engine.Invoke("typeset", tex, isDisplay);
            if (result is JsArray error) return new TexResult(null, error[0].AsString().TrimEnd('.'), error[1].AsNumber() is >= 0 and var position ? (int)position : null);
            if (result.AsString().Contains(Distrusted, StringComparison.Ordinal)) return new TexResult(null, "it asks for an address, a picture or HTML, which a formula may not have");
            return MathMarkup.Clean(result.AsString()) is { } markup ? new TexResult(markup) : new TexResult(null, "it makes something that is no mathematics");
        }
        catch (Exception e) when (e is not OutOfMemoryException and not TimeoutException)
        {
            isWell = e is JavaScriptException;
            return e is JavaScriptException ? new TexResult(null, e.Message) : TexResult.TooCostly;
        }
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(TexEngine).Assembly.GetManifestResourceStream($"katex/{name}")!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
