using System.Runtime.InteropServices;
using Blog.Benchmarks;

// Measures the published application, as a process of its own and over HTTP, while it is being read and written to; its search within this process.
const string Help = """
    dotnet run -c Release --project tests/Blog.Benchmarks -- VERB [OPTIONS]

    live    saves articles under load: how long until a reader sees each
      --articles 1000             articles of the corpus
      --saves 100                 half as a plain write, half as an editor's write beside and rename
      --watch events              how the app notices: auto, events, poll
      --poll-seconds 10           with --watch poll
      --requests-per-second 20    constant load of articles, home, a category and the feed; 0 for none
    burst   drops, renames and deletes many files at once beside a small site under load
      --articles 5000             files that are dropped
      --watch, --poll-seconds, --requests-per-second as above
    hugo    the same saves on the same corpus, seen through "hugo server", without load
      --articles 1000
      --saves 20

    search  indexes a corpus and asks it, in this process: 1,000 mixed queries
      --articles 100000
      --data DIR                  keeps the catalogue there, and takes it from there the next time
    serve   finished pages from memory, beside nginx sending the same bytes from files (needs nginx and wrk)
      --articles 10000
      --rounds 3                  of both, alternating
      --seconds 10                each
    compare everything that the README shows: start and export beside Hugo, finished pages beside nginx, articles rendered anew (needs hugo, nginx and wrk)
      --articles, --rounds, --seconds as above
      --out FILE                  writes the Markdown there, too
    builds  of that only start and export, beside Hugo
      --articles, --rounds as above
    scale   three replicas behind Varnish with docker/varnish/default.vcl, under load: are their answers the same, how soon
            do all show what is saved, and what do readers notice when replicas are killed? (needs varnish and varnish-modules)
      --articles 1000
      --saves 20
      --requests-per-second 100   of which half can't be answered from the cache
      --seconds 10                before, between and after the kills

    For all verbs:
      --seed 1                    which articles are saved, and how long the pauses are
      --corpus DIR                this corpus (articles/**.md with a slug) instead of one that is made; it is copied
      --bench DIR                 folder of make_corpus.py and hugo/; by default ../shared/bench beside the repository
      --app DIR                   an application that is published already; else it is published to artifacts/benchmarks/app
    """;

using var cancelled = new CancellationTokenSource();
// Ended from outside, too, it takes the servers that it started with it.
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

try
{
    var options = Options.Parse(args.Skip(1).ToArray());
    switch (args.FirstOrDefault())
    {
        case "live":
            await LiveBenchmark.Run(options, cancelled.Token);
            return 0;
        case "burst":
            await BurstBenchmark.Run(options, cancelled.Token);
            return 0;
        case "hugo":
            await HugoBenchmark.Run(options, cancelled.Token);
            return 0;
        case "search":
            await SearchBenchmark.Run(options, cancelled.Token);
            return 0;
        case "compare":
            await CompareBenchmark.Run(options, cancelled.Token);
            return 0;
        case "builds":
            await CompareBenchmark.RunBuilds(options, cancelled.Token);
            return 0;
        case "serve":
            await ServeBenchmark.Run(options, cancelled.Token);
            return 0;
        case "scale":
            await ScaleBenchmark.Run(options, cancelled.Token);
            return 0;
        case null or "help" or "--help" or "-h":
            Console.WriteLine(Help);
            return 0;
        case var verb:
            await Console.Error.WriteLineAsync($"There is no verb “{verb}”. See --help.");
            return 2;
    }
}
catch (OptionException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
{
    return 130;
}

void Cancel(PosixSignalContext signal)
{
    signal.Cancel = true;
    cancelled.Cancel();
}
