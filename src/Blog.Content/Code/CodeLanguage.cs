namespace Blog.Content.Code;

/// <summary>A language that code blocks may be in.</summary>
/// <param name="Label">As readers see it.</param>
/// <param name="Grammar">The grammar of highlight.js that it is read by; null for text that has nothing to highlight.</param>
/// <param name="Names">What authors may write behind the fence, in lower case; the first is the usual one.</param>
public sealed record CodeLanguage(string Label, string? Grammar, params string[] Names);

/// <summary>The languages that code blocks may be in.</summary>
public static class CodeLanguages
{
    /// <summary>The table of contents of this room. Each grammar is a file in <c>src/Blog/Site/Highlighting/hljs</c>.</summary>
    public static readonly IReadOnlyList<CodeLanguage> All =
    [
        new("Text", null, "text", "txt", "plain", "plaintext", "none", "nohighlight", "output", "log", "ascii", "tree", "csv", "tsv"),
        new("Mermaid", null, "mermaid", "mmd"),
        new("TeX", "latex", "tex", "latex", "katex"),
        new("Mathematics", null, "math"),
        new("C#", "csharp", "csharp", "cs", "c#", "csx", "cake"),
        new("F#", "fsharp", "fsharp", "fs", "f#", "fsx"),
        new("Visual Basic", "vbnet", "vbnet", "vb"),
        new("Razor", "xml", "razor", "cshtml", "cshtml-razor", "blazor", "aspnet"),
        new("JavaScript", "javascript", "javascript", "js", "mjs", "cjs", "node", "nodejs"),
        new("JSX", "javascript", "jsx"),
        new("TypeScript", "typescript", "typescript", "ts", "mts", "cts"),
        new("TSX", "typescript", "tsx"),
        new("Vue", "xml", "vue"),
        new("Svelte", "xml", "svelte"),
        new("Astro", "xml", "astro"),
        new("Python", "python", "python", "py", "python3", "py3", "gyp", "ipython"),
        new("Python", "python-repl", "python-repl", "pycon"),
        new("Java", "java", "java", "jsp"),
        new("Go", "go", "go", "golang"),
        new("Rust", "rust", "rust", "rs"),
        new("C", "c", "c", "h"),
        new("C++", "cpp", "cpp", "c++", "cc", "cxx", "hpp", "hh", "hxx"),
        new("Objective-C", "objectivec", "objectivec", "objective-c", "objc", "obj-c", "mm"),
        new("Arduino", "arduino", "arduino", "ino"),
        new("PHP", "php", "php", "php3", "php4", "php5", "php7", "php8"),
        new("Ruby", "ruby", "ruby", "rb", "gemspec", "rake", "irb", "jruby"),
        new("Swift", "swift", "swift"),
        new("Kotlin", "kotlin", "kotlin", "kt", "kts"),
        new("Scala", "scala", "scala", "sbt"),
        new("Groovy", "groovy", "groovy", "jenkinsfile"),
        new("Gradle", "gradle", "gradle"),
        new("Dart", "dart", "dart", "flutter"),
        new("Perl", "perl", "perl", "pl", "pm"),
        new("Lua", "lua", "lua"),
        new("R", "r", "r", "rscript"),
        new("Julia", "julia", "julia", "jl"),
        new("MATLAB", "matlab", "matlab", "octave"),
        new("Haskell", "haskell", "haskell", "hs"),
        new("Elixir", "elixir", "elixir", "ex", "exs", "heex"),
        new("Erlang", "erlang", "erlang", "erl"),
        new("Clojure", "clojure", "clojure", "clj", "cljs", "edn"),
        new("Elm", "elm", "elm"),
        new("OCaml", "ocaml", "ocaml", "ml"),
        new("Lisp", "lisp", "lisp", "common-lisp", "elisp", "emacs-lisp"),
        new("Scheme", "scheme", "scheme", "scm", "racket"),
        new("Nim", "nim", "nim"),
        new("Crystal", "crystal", "crystal"),
        new("D", "d", "d", "dlang"),
        new("Delphi", "delphi", "delphi", "pascal", "objectpascal", "pas"),
        new("Fortran", "fortran", "fortran", "f90", "f95"),
        new("Assembly", "x86asm", "asm", "x86asm", "assembly", "nasm"),
        new("WebAssembly", "wasm", "wasm", "wat"),
        new("GLSL", "glsl", "glsl", "hlsl", "wgsl", "shader"),
        new("SQL", "sql", "sql", "mysql", "sqlite", "tsql", "mssql", "plsql", "mariadb"),
        new("PostgreSQL", "pgsql", "pgsql", "postgresql", "postgres", "plpgsql"),
        new("GraphQL", "graphql", "graphql", "gql"),
        new("HTML", "xml", "html", "xhtml", "htm", "svg", "mathml"),
        new("XML", "xml", "xml", "xsl", "xsd", "xslt", "rss", "atom", "plist", "wsf", "xaml", "csproj", "msbuild", "props"),
        new("CSS", "css", "css", "postcss"),
        new("SCSS", "scss", "scss", "sass"),
        new("Less", "less", "less"),
        new("JSON", "json", "json", "jsonc", "json5", "jsonl", "jsonld", "webmanifest", "geojson"),
        new("YAML", "yaml", "yaml", "yml", "docker-compose", "k8s"),
        new("TOML", "ini", "toml"),
        new("INI", "ini", "ini", "cfg", "conf", "editorconfig", "gitconfig", "systemd", "desktop"),
        new("Properties", "properties", "properties"),
        new(".env", "bash", "env", "dotenv"),
        new("Markdown", "markdown", "markdown", "md", "mkd", "mdown", "mdx"),
        new("AsciiDoc", "asciidoc", "asciidoc", "adoc"),
        new("Liquid", "django", "liquid", "jinja", "jinja2", "django", "nunjucks", "njk"),
        new("Handlebars", "handlebars", "handlebars", "hbs", "mustache", "html.hbs"),
        new("Twig", "twig", "twig"),
        new("ERB", "erb", "erb"),
        new("Bash", "bash", "bash", "sh", "zsh", "ksh", "fish"),
        new("Shell", "shell", "shell", "console", "shellsession", "sh-session", "terminal", "bash-session", "shell-session"),
        new("PowerShell", "powershell", "powershell", "ps1", "ps", "pwsh", "posh"),
        new("Batch", "dos", "bat", "batch", "cmd", "dos"),
        new("Dockerfile", "dockerfile", "dockerfile", "docker", "containerfile"),
        new("Makefile", "makefile", "makefile", "make", "mk", "mak"),
        new("CMake", "cmake", "cmake"),
        new("nginx", "nginx", "nginx", "nginxconf"),
        new("Apache", "apache", "apache", "apacheconf", "htaccess"),
        new("Nix", "nix", "nix"),
        new("Protocol Buffers", "protobuf", "protobuf", "proto"),
        new("Thrift", "thrift", "thrift"),
        new("HTTP", "http", "http", "https", "rest"),
        new("Diff", "diff", "diff", "patch", "udiff"),
        new("Vim script", "vim", "vim", "viml", "vimscript"),
        new("awk", "awk", "awk"),
        new("AppleScript", "applescript", "applescript", "osascript"),
        new("Gherkin", "gherkin", "gherkin", "cucumber", "feature"),
        new("EBNF", "ebnf", "ebnf"),
        new("BNF", "bnf", "bnf"),
    ];

    private static readonly Dictionary<string, CodeLanguage> ByName = All.SelectMany(language => language.Names.Select(name => (name, language))).ToDictionary(pair => pair.name, pair => pair.language, StringComparer.OrdinalIgnoreCase);

    /// <summary>The usual name of each.</summary>
    public static IEnumerable<string> UsualNames => All.Select(language => language.Names[0]);

    /// <summary>Every name that an author may write.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The language of that name, whatever its case; null for an unknown one.</summary>
    public static CodeLanguage? Find(string name) => ByName.GetValueOrDefault(name);
}
