using System.Collections.Concurrent;

namespace Blog.Content.Mathematics;

/// <summary>
/// Turns formulas into MathML. It costs nothing until there is one; then it has up to two engines, each on a thread of its own, which go when there has
/// been nothing to do for a while. What was typeset lately is remembered.
/// </summary>
internal static class TexTypesetter
{
    private const int MaxEngines = 2;

    // A machine that stood still for a moment is no fault of the formula.
    private const int MaxTries = 2;

    private const int MaxRemembered = 1_000;
    private const int MaxRememberedLength = 2_000;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    private static readonly Lock Gate = new();
    private static readonly BlockingCollection<Job> Jobs = [];
    private static ConcurrentDictionary<(string, bool), TexResult> _lately = new();
    private static ConcurrentDictionary<(string, bool), TexResult> _before = new();
    private static int _engines;

    /// <summary>Typesets a formula; the same one always with the same result.</summary>
    public static TexResult Typeset(string tex, bool isDisplay)
    {
        var key = (tex, isDisplay);
        if (_lately.TryGetValue(key, out var known)) return known;
        if (!_before.TryGetValue(key, out var result))
        {
            var job = new Job(tex, isDisplay);
            lock (Gate)
            {
                Jobs.Add(job);
                if (_engines < MaxEngines && _engines < Jobs.Count)
                {
                    _engines++;
                    new Thread(Work, TexEngine.StackSize) { IsBackground = true, Name = "KaTeX" }.Start();
                }
            }

            result = job.Result.Task.GetAwaiter().GetResult();
        }

        if (!result.IsTooCostly && tex.Length <= MaxRememberedLength) Remember(key, result);
        return result;
    }

    private static void Remember((string, bool) key, TexResult result)
    {
        if (_lately.Count >= MaxRemembered) (_before, _lately) = (_lately, new ConcurrentDictionary<(string, bool), TexResult>());
        _lately[key] = result;
    }

    private static void Work()
    {
        TexEngine? engine = null;
        while (Next() is { } job) job.Result.SetResult(Typeset(job, ref engine));
    }

    private static TexResult Typeset(Job job, ref TexEngine? engine)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                engine ??= new TexEngine();
                var result = engine.Typeset(job.Tex, job.IsDisplay, out var isWell);
                if (!isWell) engine = null;
                return result;
            }
            catch (Exception e)
            {
                engine = null;
                if (e is not TimeoutException) return new TexResult(null, e.Message) { IsTooCostly = true };
                if (tries == MaxTries) return TexResult.TooCostly;
            }
        }
    }

    private static Job? Next()
    {
        if (Jobs.TryTake(out var job, Idle)) return job;
        lock (Gate)
        {
            // One may have come at the last moment.
            if (Jobs.TryTake(out job)) return job;
            _engines--;
            return null;
        }
    }

    private sealed record Job(string Tex, bool IsDisplay)
    {
        public TaskCompletionSource<TexResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
