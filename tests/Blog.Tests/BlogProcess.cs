using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Blog.Tests;

/// <summary>The real application as a process of its own, which can be killed at any moment.</summary>
internal sealed class BlogProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;
    private readonly Task _reading;
    private readonly List<string> _log = [];
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpClient? _client;

    private BlogProcess(Process process) => (_process, _reading) = (process, Task.WhenAll(Read(process.StandardOutput), Read(process.StandardError)));

    /// <summary>What it printed so far, a line each.</summary>
    public IReadOnlyList<string> Log
    {
        get { lock (_log) return [.. _log]; }
    }

    /// <summary>True while a transaction is being written: the lock that SQLite holds for it is one that the system knows of.</summary>
    public bool IsWriting => File.ReadLines("/proc/locks").Any(held => held.Contains($" WRITE {_process.Id} ", StringComparison.Ordinal) && held.EndsWith(" 120 120", StringComparison.Ordinal));

    /// <summary>Starts it and waits for nothing.</summary>
    public static BlogProcess Start(string content, string data, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Blog.dll"), "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment.Prepend(("Blog__ContentPath", content)).Prepend(("Blog__DataPath", data)).Prepend(("Blog__HoldDeletionsSeconds", "0"))) start.Environment[name] = value;
        return new BlogProcess(Process.Start(start)!);
    }

    /// <summary>Waits until it serves a whole catalogue.</summary>
    public async Task<BlogProcess> Ready()
    {
        await Until(async () => await Status("/health/ready") == HttpStatusCode.OK);
        return this;
    }

    /// <summary>What <c>/health/ready</c> says: healthy, degraded or unhealthy, why, and which version of the content is served.</summary>
    public async Task<(string Status, string Reason, string Version)> Health()
    {
        using var response = await (await Client()).GetAsync(new Uri("/health/ready", UriKind.Relative));
        using var health = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var check = health.RootElement.GetProperty("checks").EnumerateObject().Single().Value;
        return (check.GetProperty("status").GetString()!, check.GetProperty("reason").GetString() ?? "", check.GetProperty("data").GetProperty("version").GetString()!);
    }

    public async Task<HttpStatusCode> Status(string url)
    {
        using var response = await (await Client()).GetAsync(new Uri(url, UriKind.Relative));
        return response.StatusCode;
    }

    /// <summary>Waits until something is so; fails, with what was printed, when that takes more than two minutes.</summary>
    public async Task Until(Func<Task<bool>> condition)
    {
        for (var clock = Stopwatch.StartNew(); !await condition(); await Task.Delay(50))
        {
            if (_process.HasExited) Assert.Fail($"It ended with {_process.ExitCode}.\n{Printed()}");
            if (clock.Elapsed > TimeSpan.FromMinutes(2)) Assert.Fail($"It did not happen.\n{Printed()}");
        }
    }

    /// <summary>Kills it: no handler runs, nothing is flushed.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Stop()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        return await Ended();
    }

    /// <summary>Waits until it has ended by itself, and all is read that it printed. Returns its exit code.</summary>
    public async Task<int> Ended()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // So that it takes with it what it keeps in the temporary folder.
            if (!_process.HasExited) await Stop();
        }
        catch (TimeoutException)
        {
            await Kill();
        }

        await _reading;
        _client?.Dispose();
        _process.Dispose();
    }

    /// <summary>Where it listens, once it does.</summary>
    public async Task<Uri> Address()
    {
        var first = await Task.WhenAny(_address.Task, _process.WaitForExitAsync(), Task.Delay(TimeSpan.FromMinutes(1)));
        if (first != _address.Task) Assert.Fail($"It does not listen.\n{Printed()}");
        return await _address.Task;
    }

    private async Task<HttpClient> Client() => _client ??= new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = await Address() };

    private string Printed() => string.Join('\n', Log.TakeLast(30));

    private async Task Read(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_log) _log.Add(line);
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at) _address.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
        }
    }
}
