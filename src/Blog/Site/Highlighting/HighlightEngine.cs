using System.Text;
using Jint;
using Jint.Native;

namespace Blog.Site.Highlighting;

/// <summary>highlight.js in a JavaScript interpreter. For one thread, whose stack must be large. It reads a grammar when code in it comes.</summary>
internal sealed class HighlightEngine
{
    /// <summary>Bytes that highlight.js, interpreted, may need at the depth that is allowed to it.</summary>
    public const int StackSize = 16 * 1024 * 1024;

    /// <summary>Of longer code there are no colours.</summary>
    public const int MaxLength = 60_000;

    /// <summary>Identifies what the runs depend on: that of highlight.js, and a number to be raised when <see cref="Start"/> or <see cref="TokenRun.KindOf"/> makes others of it.</summary>
    public const string Version = "11.12.0-1";

    private const int MaxDepth = 1_000;

    // Some four times what the longest code takes. Steps, so that the same code always comes to the same.
    private const int MaxSteps = 10_000_000;
    private const long MaxMemory = 2L * 1024 * 1024 * 1024;
    private const string Folder = "hljs/";

    // Where a grammar leaves it open which of several it goes on in, the first is taken: to try all costs as much as all.
    private const string Start = """
        import hljs from "core";
        const sublanguages = (mode, seen) => {
          if (typeof mode !== "object" || mode === null || seen.has(mode)) return [];
          seen.add(mode);
          const found = [];
          for (const [key, value] of Object.entries(mode)) {
            if (key !== "subLanguage") found.push(...sublanguages(value, seen));
            else found.push(mode.subLanguage = typeof value === "string" ? value : value.find(name => typeof name === "string") ?? "json");
          }
          return found;
        };
        export const has = name => !!hljs.getLanguage(name);
        export const add = (name, grammar) => {
          let found = [];
          hljs.registerLanguage(name, api => { const language = grammar(api); found = sublanguages(language, new Set()); return language; });
          return found.join(" ");
        };
        export const tokens = (name, code) => {
          const result = hljs.highlight(code, { language: name, ignoreIllegals: true });
          if (result.errorRaised) throw result.errorRaised;
          const runs = [];
          const walk = (node, scope) => {
            for (const child of node.children) {
              if (typeof child === "string") runs.push(scope + " " + child.length);
              else walk(child, child.scope ?? scope);
            }
          };
          walk(result._emitter.rootNode, "");
          return runs.join("\n");
        };
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RegexPatience = TimeSpan.FromSeconds(1);

    // Compiled ones take longer to make than they ever save.
    private static readonly ModulePreparationOptions Interpreted = new() { ParsingOptions = new ModuleParsingOptions { CompileRegex = false, RegexTimeout = RegexPatience } };

    private readonly Engine _engine;
    private readonly JsValue _has;
    private readonly JsValue _add;
    private readonly JsValue _tokens;

    /// <summary>Reads highlight.js.</summary>
    /// <param name="stopping">Stops whatever is being done.</param>
    public HighlightEngine(CancellationToken stopping)
    {
        _engine = new Engine(options => options.LimitRecursion(MaxDepth).MaxStatements(MaxSteps).TimeoutInterval(Patience).LimitMemory(MaxMemory).RegexTimeoutInterval(RegexPatience).CancellationToken(stopping));
        Define("core", Read("core.min.js"));
        Define("start", Start);
        var start = _engine.Modules.Import("start");
        (_has, _add, _tokens) = (start.Get("has"), start.Get("add"), start.Get("tokens"));
    }

    /// <summary>The runs of a piece of code, all of it; empty when there is nothing to colour.</summary>
    /// <exception cref="Exception">It took more than a piece of code may, or the engine stumbled. It may have been stopped in the midst of its work, and is to be thrown away.</exception>
    public IReadOnlyList<TokenRun> Tokens(string grammar, string code)
    {
        Load(grammar);
        var runs = new List<TokenRun>();
        foreach (var line in _engine.Invoke(_tokens, grammar, code).AsString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var space = line.LastIndexOf(' ');
            var length = int.Parse(line.AsSpan(space + 1), System.Globalization.CultureInfo.InvariantCulture);
            var kind = TokenRun.KindOf(line[..space]);
            if (length == 0) continue;
            if (runs.Count > 0 && runs[^1].Kind == kind) runs[^1] = new TokenRun(kind, runs[^1].Length + length);
            else runs.Add(new TokenRun(kind, length));
        }

        while (runs.Count > 0 && runs[^1].Kind == TokenKind.Plain) runs.RemoveAt(runs.Count - 1);
        return runs;
    }

    /// <summary>Reads a grammar and those that it goes on in, unless they have been read.</summary>
    private void Load(string grammar)
    {
        var waiting = new Queue<string>([grammar]);
        while (waiting.TryDequeue(out var name))
        {
            if (_engine.Invoke(_has, name).AsBoolean()) continue;
            // Of a grammar that isn't here, what it would be read by stays plain.
            if (Read($"languages/{name}.min.js") is not { Length: > 0 } source) continue;
            Define(name, source);
            foreach (var next in _engine.Invoke(_add, name, _engine.Modules.Import(name).Get("default")).AsString().Split(' ', StringSplitOptions.RemoveEmptyEntries)) waiting.Enqueue(next);
        }
    }

    private void Define(string name, string source) => _engine.Modules.Add(name, module => module.AddModule(Engine.PrepareModule(source, name, Interpreted)));

    /// <summary>The text of a file of highlight.js; empty for one that isn't here.</summary>
    private static string Read(string name)
    {
        using var stream = typeof(HighlightEngine).Assembly.GetManifestResourceStream(Folder + name);
        return stream is null ? "" : new StreamReader(stream, Encoding.UTF8).ReadToEnd();
    }
}
